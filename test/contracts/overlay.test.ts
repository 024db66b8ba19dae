import { describe, expect, it } from 'vitest';
import { generate } from '../../tools/contracts/index.ts';
import { readOverlay } from '../../tools/contracts/overlay/overlay.ts';
import { buildIndex, specFileOf } from '../../tools/spec/index.ts';
import { specOf } from './spec-fixture.ts';

const SPEC =
  '## 1.2 Shapes\n\n```yaml\nA:\n  calls: ToolCall[]   # in flight\n```\n\n## 1.3 Other\n\nNothing.\n';

function overlay(...lines: string[]) {
  return { path: 'overlay.yaml', text: ['schema: govkit.overlay@1', 'answers:', ...lines, ''].join('\n') };
}

const answer = (section: string, quote: string) =>
  overlay(
    `  - section: '${section}'`,
    `    quote: '${quote}'`,
    '    define: ToolCall',
    '    record: { id: uuid, args: json, hash: sha256 | null }',
  );

describe('overlay', () => {
  it('an answer whose line stands there, whitespace folded, is used', () => {
    const { ir, diagnostics } = generate(specOf(SPEC), {
      overlay: answer('1.2', 'calls: ToolCall[] # in flight'),
    });
    expect(ir.types.map(({ name }) => name)).toEqual(['A', 'ToolCall']);
    expect(diagnostics.map(({ severity, message }) => [severity, message])).toEqual([
      [
        'info',
        'Unexpected type ToolCall, expected one that the spec or the overlay defines; answered by overlay',
      ],
    ]);
  });

  it('a line of a section that goes on in the next module is found, its front matter is not', () => {
    const files = [
      '# 1. A\n',
      '---\ntitle: x\n---\n\n## 1.2 Shapes\n\n```yaml\nA:\n  calls: ToolCall[]\n```\n',
    ];
    const index = buildIndex(
      'x',
      files.map((text, at) => specFileOf(`${at}.md`, new TextEncoder().encode(text))),
    );
    const stale = (quote: string) => readOverlay(answer('1', quote), index).findings.map(({ rule }) => rule);
    expect([stale('calls: ToolCall[]'), stale('# 1. A'), stale('title: x')]).toEqual([
      [],
      [],
      ['codegen/overlay-stale'],
    ]);
  });

  it.each([
    ['changed line', '1.2', 'calls: ToolCall[]', 'section 1.2 has no such line', 1],
    ['line of another section', '1.3', 'calls: ToolCall[] # in flight', 'section 1.3 has no such line', 8],
    [
      'section that is gone',
      '9.9',
      'calls: ToolCall[] # in flight',
      'the spec has no section 9.9',
      undefined,
    ],
  ])('%s: stale, with both places, and not used', (_, section, quote, why, specLine) => {
    const { ir, diagnostics } = generate(specOf(SPEC), { overlay: answer(section, quote) });
    const stale = diagnostics.find(({ rule }) => rule === 'codegen/overlay-stale');
    expect(stale).toMatchObject({
      severity: 'error',
      place: { file: 'overlay.yaml', line: 3 },
      message: `Unexpected quote "${quote}": ${why}, expected the line that the entry answers`,
    });
    expect(stale?.related?.[0]?.place.line).toBe(specLine);
    expect(ir.types.map(({ name }) => name)).toEqual(['A']);
    expect(diagnostics.find(({ rule }) => rule === 'codegen/undefined-type')?.severity).toBe('error');
  });

  it.each([
    ['no YAML', { path: 'o.yaml', text: 'answers: [' }, /^Unexpected YAML: /],
    [
      'another schema',
      { path: 'o.yaml', text: 'schema: x\nanswers: []\n' },
      /^Unexpected "x" at schema, expected govkit\.overlay@1$/,
    ],
    [
      'no schema',
      { path: 'o.yaml', text: 'answers: []\n' },
      /^Unexpected nothing at schema, expected govkit\.overlay@1$/,
    ],
    [
      'an unknown key',
      overlay("  - section: '1.2'", '    quote: A', '    guess: int'),
      /^Unexpected key guess at answers\.0, expected one of: section, quote, why, define, /,
    ],
    [
      'an unknown key of a line',
      overlay("  - section: '1.2'", '    quote: A', '    contradicts: { section: "1.2", quote: A, line: 1 }'),
      /^Unexpected key line at answers\.0\.contradicts, expected one of: section, quote$/,
    ],
    [
      'a section that YAML takes for a number',
      overlay('  - section: 1.2', '    quote: A', '    prefer: A'),
      /^Unexpected 1\.2 at answers\.0\.section, expected a text in quotes$/,
    ],
    [
      'a list for a map',
      overlay("  - section: '1.2'", '    quote: A', '    correlation: [A]'),
      /^Unexpected \["A"\] at answers\.0\.correlation, expected a map$/,
    ],
    [
      'no answer',
      overlay("  - section: '1.2'", "    quote: 'A:'"),
      /^Unexpected entry with 0 answers, expected exactly one of /,
    ],
  ])('%s is a finding of the overlay', (_, source, message) => {
    const { findings } = readOverlay(source, specOf(SPEC));
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      rule: 'codegen/overlay-invalid',
      severity: 'error',
      message: expect.stringMatching(message),
    });
  });

  it.each([
    [
      'a type outside the grammar',
      ["    quote: 'A:'", '    define: B', '    alias: Map<int>'],
      'codegen/overlay-invalid',
    ],
    [
      'a definition that the spec has',
      ["    quote: 'A:'", '    define: A', '    alias: int'],
      'codegen/overlay-target',
    ],
  ])('%s is refused', (_, lines, rule) => {
    const { diagnostics } = generate(specOf(SPEC), { overlay: overlay("  - section: '1.2'", ...lines) });
    expect(diagnostics.filter((d) => d.rule === rule)).toMatchObject([
      { severity: 'error', place: { file: 'overlay.yaml', line: 3 } },
    ]);
  });

  it.each([
    ['a field', "    quote: 'A:'", '    define: ToolCall', '    record: { id: Ghost }'],
    ['an alias', "    quote: 'A:'", '    define: ToolCall', '    alias: Ghost'],
  ])('%s of the overlay that names no type is refused at its entry', (_, ...lines) => {
    const { diagnostics } = generate(specOf(SPEC), { overlay: overlay("  - section: '1.2'", ...lines) });
    expect(
      diagnostics
        .filter(({ severity }) => severity === 'error')
        .map(({ rule, place, message }) => `${rule} ${place.file}:${place.line} ${message}`),
    ).toEqual([
      'codegen/undefined-type overlay.yaml:3 Unexpected type Ghost, expected one that the spec or the overlay defines',
    ]);
  });

  it.each([
    [
      'payload: FR-EVT-X-001',
      'FR-EVT-X-001, expected an event that the spec defines',
      '    fields: { a: int }',
    ],
    [
      'narrow: FR-EVT-X-001',
      'FR-EVT-X-001, expected an event that the spec defines',
      '    fields: { a: int }',
    ],
    ['correlation: { FR-EVT-X: a }', 'FR-EVT-X, expected an event or a family that the spec defines'],
    ['prefer: Nobody', 'Nobody, expected a definition of it in section 1.2'],
  ])('%s: about nothing that the spec has', (kind, said, ...more) => {
    const lines = ["  - section: '1.2'", "    quote: 'A:'", `    ${kind}`, ...more];
    const { diagnostics } = generate(specOf(SPEC), { overlay: overlay(...lines) });
    expect(
      diagnostics
        .filter(({ rule }) => rule === 'codegen/overlay-target')
        .map(({ place, message }) => `${place.line} ${message}`),
    ).toEqual([`3 Unexpected answer about ${said}`]);
  });

  it('limits of a number stand behind a #; what is no limit is an error', () => {
    const text = `## 1.2 Events\n\n\`\`\`yaml\nFR-EVT-X-001:\n  event_type: "x.y"\n  payload: { n: int }\n\`\`\`\n`;
    const told = (type: string) =>
      generate(specOf(text), {
        overlay: overlay(
          "  - section: '1.2'",
          "    quote: 'FR-EVT-X-001:'",
          '    payload: FR-EVT-X-001',
          `    fields: { n: '${type}' }`,
        ),
      });
    expect(told('int | null # >= 2').ir.events[0]?.payload).toMatchObject([
      { name: 'n', nullable: true, bounds: { min: 2, confidence: 'mined' } },
    ]);
    for (const type of ['int # about 2', 'int #', 'string # >= 2'])
      expect(told(type).diagnostics.map(({ message }) => message)).toContain(
        `Unexpected type "${type}" of FR-EVT-X-001.n, expected a type of the schema grammar`,
      );
  });

  it('a definition is preferred in the section that has it, and in no other', () => {
    const text = `${SPEC}\n## 1.4 Again\n\n\`\`\`yaml\nA:\n  calls: int\n\`\`\`\n`;
    const told = (section: string, quote: string) =>
      generate(specOf(text), {
        overlay: overlay(`  - section: '${section}'`, `    quote: '${quote}'`, '    prefer: A'),
      })
        .diagnostics.filter(({ rule, severity }) => severity === 'error' && !rule.endsWith('undefined-type'))
        .map(({ message }) => message);
    expect(told('1.4', 'A:')).toEqual([]);
    expect(told('1.3', 'Nothing.')).toEqual([
      'Unexpected answer about A, expected a definition of it in section 1.3',
    ]);
  });
});
