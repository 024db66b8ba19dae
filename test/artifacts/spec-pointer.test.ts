import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printSpecPointer, readSpecPointer } from '../../tools/artifacts/index.ts';
import { parseSpecCurrent } from '../../tools/spec/index.ts';
import { fileOf, textAt, treeOf } from './memory.ts';

const SPEC = 'The current authoritative Master Specification is:';
const GOVERNANCE = 'The current authoritative Governance Reference is:';
const read = (text: string, path = '.GOV/roles_shared/SPEC_CURRENT.md') =>
  readSpecPointer(fileOf(path, text));
const markdown = `\ufeff# SPEC_CURRENT (was Acme_Spec_v01.9.md)\r\n\r\n${SPEC}\r\n\r\n**Acme_Master_Spec_v01.10.md**\r\n\r\n(Updated: v01.10, from v01.9)\r\n\r\n${GOVERNANCE}\r\n\r\n**Acme Codex v1.4.md**\r\n\r\nCodex v1.3 is void, and so is \`Acme_Spec_v01.8.md\`.`;
const json = JSON.stringify(
  {
    schema: 'handshake.spec_current@1',
    current_spec: {
      entrypoint_type: 'indexed_manifest',
      entrypoint_path: 'acme-spec-v02.195/m.json',
      version: '02.195',
    },
  },
  null,
  2,
);

describe('readSpecPointer', () => {
  it('the bold file after the marker is the spec, the governance reference has its own, the rest is mentioned', () => {
    const pointer = read(markdown);
    expect([pointer.form, pointer.spec?.text, pointer.version, pointer.governance?.text]).toEqual([
      'markdown',
      'Acme_Master_Spec_v01.10.md',
      'v01.10',
      'Acme Codex v1.4.md',
    ]);
    expect(
      pointer.mentions.map(({ text, version, file, place }) => [
        textAt(pointer.file, place) === text,
        text,
        version,
        file,
      ]),
    ).toEqual([
      [true, 'Acme_Spec_v01.9.md', 'v01.9', true],
      [true, 'v01.10', 'v01.10', false],
      [true, 'v01.9', 'v01.9', false],
      [true, 'Acme_Spec_v01.8.md', 'v01.8', true],
    ]);
    for (const named of [pointer.spec, pointer.governance]) {
      expect(named && textAt(pointer.file, named.place)).toBe(named?.text);
    }
  });

  it('JSON: the entry point, at the top or in current_spec, with the version that it states', () => {
    const pointer = read(json);
    expect([pointer.form, pointer.spec?.text, pointer.spec?.source]).toEqual([
      'json',
      'acme-spec-v02.195/m.json',
      '"acme-spec-v02.195/m.json"',
    ]);
    expect(pointer.spec && textAt(pointer.file, pointer.spec.place)).toBe('"acme-spec-v02.195/m.json"');
    expect(pointer.mentions.map(({ text, version }) => [text, version])).toEqual([['"02.195"', 'v02.195']]);
  });

  it.each([
    ['', 0],
    ['# nothing', 0],
    ['{', 1],
    ['{"entrypoint_path": 3}', 0],
    ['{"current_spec": null}', 0],
  ])('%j names no spec', (text, findings) => {
    const pointer = read(text);
    expect([pointer.spec, pointer.findings.length]).toEqual([undefined, findings]);
  });

  it('a spec that is not in bold is not the governance reference', () => {
    const text = `${SPEC}\n\nAcme_Spec_v01.10.md\n\n${GOVERNANCE}\n\n**Acme Codex v1.4.md**\n`;
    expect([read(text).spec, parseSpecCurrent(text)]).toEqual([undefined, undefined]);
  });
});

describe("the spec's own reader and this one name the same file", () => {
  const piece = fc.constantFrom(
    SPEC,
    GOVERNANCE,
    '**A_Spec_v1.2.md**',
    '**`B Spec v1.3.md`** and **C.json**',
    'D_Spec_v1.4.md',
    '```',
    '<!--',
    '-->',
    '',
    '** E.md **',
  );
  const path = fc.oneof(fc.constantFrom('a.md', 'b "c".json', '', 'ä\n.md'), fc.integer());
  const document = fc.record({ entrypoint_path: path, version: path }, { requiredKeys: [] });

  it.each([
    [
      'Markdown',
      fc.array(piece).chain((lines) => fc.constantFrom('\n', '\r\n').map((end) => lines.join(end))),
    ],
    [
      'JSON',
      fc
        .tuple(document, fc.option(document), fc.boolean())
        .map(([top, current_spec, cut]) =>
          JSON.stringify({ ...top, current_spec }).slice(0, cut ? -1 : undefined),
        ),
    ],
  ])('%s', (_, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(read(text).spec?.text).toBe(parseSpecCurrent(text)?.name);
      }),
      { numRuns: 500 },
    );
  });
});

describe('printSpecPointer', () => {
  it.each([
    ['Markdown', markdown],
    ['JSON', json],
    ['nothing', '# X'],
    ['broken JSON', '{'],
  ])('unchanged it gives back its bytes: %s', (_, text) => {
    expect(printSpecPointer(read(text))).toBe(text);
  });

  it('a new name stands where the old one stood, and nothing else moves', () => {
    const pointer = read(markdown);
    const named = (text: string) => ({ ...pointer.spec!, text });
    const printed = printSpecPointer({
      ...pointer,
      spec: named('Acme_Master_Spec_v01.11.md'),
      governance: named('Codex 2.md'),
    });
    expect(printed).toBe(
      markdown
        .replace('Acme_Master_Spec_v01.10.md', 'Acme_Master_Spec_v01.11.md')
        .replace('Acme Codex v1.4.md', 'Codex 2.md'),
    );
    const back = read(printed);
    expect([back.spec?.text, back.version, back.governance?.text]).toEqual([
      'Acme_Master_Spec_v01.11.md',
      'v01.11',
      'Codex 2.md',
    ]);
  });

  it('what a pointer was changed to is what both readers find, or it is refused', () => {
    const name = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', '_', ' ', '.', '*', '`', '\n', '"', 'é', '/') }),
      fc.constant('Acme_Spec_v3.4'),
    );
    const ending = fc.constantFrom('.md', '.json', '');
    fc.assert(
      fc.property(fc.constantFrom(markdown, json), name, ending, (text, stem, end) => {
        const pointer = read(text);
        const wanted = stem + end;
        let printed: string;
        try {
          printed = printSpecPointer({ ...pointer, spec: { ...pointer.spec!, text: wanted } });
        } catch (error) {
          expect((error as Error).message).toBe(
            `${JSON.stringify(wanted)} is no name of a file that SPEC_CURRENT can hold`,
          );
          return;
        }
        expect(read(printed).spec?.text).toBe(wanted);
        expect(parseSpecCurrent(printed.replace('\ufeff', ''))?.name).toBe(wanted);
      }),
    );
  });

  it('a pointer that names no spec has no place for one', () => {
    const spec = read(markdown).spec!;
    expect(() => printSpecPointer({ ...read('# X'), spec })).toThrow('Unexpected pointer without a spec');
    expect(() => printSpecPointer({ ...read('{'), spec })).toThrow(
      'Unexpected end of the file, expected "}"',
    );
  });
});

describe('the pointer of a tree', () => {
  const named = (version: string) => `${SPEC}\n**A_Spec_${version}.md**\n`;

  it.each([
    [['roles_shared/SPEC_CURRENT.md', 'spec/SPEC_CURRENT.md'], 'roles_shared/SPEC_CURRENT.md'],
    [['spec/SPEC_CURRENT.md', 'spec/SPEC_CURRENT.json'], 'spec/SPEC_CURRENT.md'],
    [['spec/SPEC_CURRENT.json', 'roles_shared/SPEC_CURRENT.json'], 'roles_shared/SPEC_CURRENT.json'],
    [['spec/modules/SPEC_CURRENT.md'], undefined],
  ])('of %j is %s', async (paths, expected) => {
    const files = Object.fromEntries(paths.map((path) => [`.GOV/${path}`, named('v1.2')]));
    const tree = await treeOf({ ...files, '.GOV/spec/A_Spec_v1.2.md': '# 1' });
    expect(tree.pointer?.path).toBe(expected === undefined ? undefined : `.GOV/${expected}`);
    expect(tree.files.map(({ path }) => path)).not.toContain('.GOV/spec/A_Spec_v1.2.md');
  });
});
