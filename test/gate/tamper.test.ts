import { beforeAll, describe, expect, it } from 'vitest';
import type { Intent } from '../../tools/artifacts/index.ts';
import { diffOf, isSettled, openLibrary, pinsOf, planRebase } from '../../tools/gate/index.ts';
import { loadSpec } from '../../tools/spec/index.ts';
import { memorySnapshot } from '../artifacts/memory.ts';
import { SPEC, STUB } from '../checks/base.ts';
import { activation, judged, pointer, statusIn, type Texts } from './activation.ts';
import { PACKET, REFINEMENT, WP } from './demo.ts';

const NEXT = 'Demo_Spec_v02.138.md';
const POINTER = '.GOV/roles_shared/SPEC_CURRENT.md';

let files: Texts;
beforeAll(async () => {
  files = await activation();
});

/** The items that are not settled, each with all that is said of it. */
async function unsettled(changed: Texts): Promise<Map<Intent, string[]>> {
  const { items } = await statusIn(changed);
  return new Map(
    items
      .filter(({ state }) => !isSettled(state))
      .map(({ intent, evidence }) => [
        intent,
        evidence.map(({ file, line, detail }) => `${file ?? ''}:${line ?? ''} ${detail}`),
      ]),
  );
}

/** One byte of meaning in a line: its first letter, or figure, after `from`. */
function altered(text: string, line: string, from = line): string {
  const at = text.indexOf(line);
  if (at < 0) throw new Error(`no line ${line}`);
  const start = text.indexOf(from, at);
  return `${text.slice(0, start)}${text[start] === 'Z' ? 'Y' : 'Z'}${text.slice(start + 1)}`;
}

const lineIn = (text: string, start: string): number =>
  text.split('\n').findIndex((line) => line.includes(start)) + 1;

describe('a work packet that the steps have activated', () => {
  it('is open, every item settled', async () => {
    const { ready, items, ...rest } = await statusIn(files);
    expect([items.filter(({ state }) => !isSettled(state)), ready, rest.stage, rest.notes]).toEqual([
      [],
      true,
      'READY',
      [],
    ]);
  });

  describe('one byte of meaning changed is named', () => {
    it.each([
      ['GAPS_IDENTIFIED', 'said by a person'],
      ['FLIGHT_RECORDER_INTERACTION.NONE', '- NONE: said', 'said'],
      ['CLEARLY_COVERS.CLEARLY_COVERS_REASON', '- CLEARLY_COVERS_REASON: said', 'said'],
      ['ENRICHMENT.REASON_NO_ENRICHMENT', '- REASON_NO_ENRICHMENT: said', 'said'],
      ['PACKET_INPUT.REQUESTOR', '- REQUESTOR: said', 'said'],
      ['PACKET_INPUT.IN_SCOPE_PATHS', '  - src/demo.ts', 'src'],
      ['PACKET_INPUT.ROLLBACK_HINT', '- ROLLBACK_HINT: said', 'said'],
      ['METADATA.CREATED_AT', '- CREATED_AT: 2026', '2026'],
      ['ANCHOR 1.SPEC_ANCHOR', '- SPEC_ANCHOR: ', 'Session Model'],
    ])('refinement: %s', async (part, line, from = line) => {
      const text = files[REFINEMENT]!;
      const found = await unsettled({ ...files, [REFINEMENT]: altered(text, line, from) });
      const changed = (since: string): string =>
        `${part} of the refinement was changed since it was ${since}`;
      expect(found.get('refinement_block')!.join('\n')).toContain(changed('approved'));
      const [first] = found.get('signature')!;
      expect(first).toContain(changed('signed'));
      const field = part.split('.').at(-1)!;
      expect(first).toMatch(new RegExp(`^${REFINEMENT.replaceAll('.', '\\.')}:\\d+ `));
      const at = Number(/:(\d+) /.exec(first!)![1]);
      expect(
        text
          .split('\n')
          .slice(at - 1, at + 2)
          .join('\n'),
      ).toContain(field.replace(/ \d$/, ''));
    });

    it.each([
      ['STUB_METADATA.CREATED_AT', '- CREATED_AT: 2026', '2026'],
      ['STUB_METADATA.SPEC_ANCHOR_CANDIDATES', '  - Demo_Spec_v02.137.md 1.1.1 Session', 'Session'],
      ['INTENT.What', '- What: a demo', 'a demo'],
      ['SCOPE_SKETCH.IN_SCOPE', '  - The session model.', 'The session'],
      ['SCOPE_SKETCH.OUT_OF_SCOPE', '  - Everything else.', 'Everything'],
      ['ACCEPTANCE_CRITERIA', '- A session has a state.', 'A session'],
      ['RISKS / UNKNOWNs.Risk', '- Risk: none', 'none'],
      ['ACTIVATION_CHECKLIST', '- [ ] Obtain USER_SIGNATURE', 'Obtain'],
    ])('stub: %s', async (part, line, from) => {
      const text = files[STUB]!.replace(/\[[xX]\]/g, '[ ]');
      const found = await unsettled({ ...files, [STUB]: altered(text, line, from) });
      expect(found.get('signature')![0]).toMatch(
        new RegExp(
          `^${STUB.replaceAll('.', '\\.')}:\\d+ ${part} of the stub was changed since it was signed at `,
        ),
      );
    });

    it.each([
      ['METADATA.REQUESTOR', '- REQUESTOR: said', 'said'],
      ['METADATA.RISK_TIER', '- RISK_TIER: LOW', 'LOW'],
      ['METADATA.MERGE_BASE_SHA', '- MERGE_BASE_SHA: a', 'aaaa'],
      ['TECHNICAL_REFINEMENT.BRANCH', '- BRANCH: feat', 'feat'],
      ['SCOPE.What', '- What: a demo', 'a demo'],
      ['SCOPE.IN_SCOPE_PATHS', '  - src/demo.ts', 'src'],
      ['SCOPE.OUT_OF_SCOPE', '  - Everything else.', 'Everything'],
    ])('packet: %s', async (part, line, from) => {
      const text = files[PACKET]!;
      const found = await unsettled({ ...files, [PACKET]: altered(text, line, from) });
      const key = part.split('.')[1]!;
      const at = lineIn(text.slice(text.indexOf(`## ${part.split('.')[0]}`)), `- ${key}:`);
      const before = text.slice(0, text.indexOf(`## ${part.split('.')[0]}`)).split('\n').length - 1;
      expect(found.get('packet')![0]).toBe(
        `${PACKET}:${before + at} ${part} of the packet was changed since it was created`,
      );
    });

    it('ledger: an entry that is not what its name says counts for nothing, and the others neither', async () => {
      const entries = Object.keys(files).filter((path) => path.includes('/ledger/'));
      expect(entries).toHaveLength(5);
      for (const path of entries) {
        const text = files[path]!;
        const at = text.indexOf('"ilja"') + 1;
        const { ready, notes } = await statusIn({
          ...files,
          [path]: `${text.slice(0, at)}x${text.slice(at + 1)}`,
        });
        expect([path, ready, notes.some((note) => note.includes(path))]).toEqual([path, false, true]);
      }
    });

    it('ledger: an entry that was taken away', async () => {
      const entries = Object.keys(files).filter((path) => path.includes('/ledger/'));
      for (const gone of entries) {
        const { [gone]: _, ...rest } = files;
        expect([gone, (await statusIn(rest)).ready]).toEqual([gone, false]);
      }
    });

    it('the spec: other bytes under the same name are not what was pinned', async () => {
      const text = files[SPEC]!.replace('A session has a state.', 'A session has a stake.');
      const found = await unsettled({ ...files, [SPEC]: text });
      expect(found.get('refinement_file')![0]).toMatch(
        new RegExp(
          `^${REFINEMENT.replaceAll('.', '\\.')}:${lineIn(files[REFINEMENT]!, 'SPEC_TARGET_SHA1')} SPEC_HASH_MISMATCH: `,
        ),
      );
      expect(found.get('signature')!.join('\n')).toContain(
        'the clause 1.1.1 was changed since it was signed at ',
      );
    });

    it('the clause, in the next version of the spec: signature and file re-open, at the anchor', async () => {
      const text = files[SPEC]!.replace('A session has a state.', 'A session has a stake.');
      const found = await unsettled({ ...files, [NEXT]: text, [POINTER]: pointer(NEXT) });
      const at = `${REFINEMENT}:${lineIn(files[REFINEMENT]!, '- SPEC_ANCHOR:')}`;
      expect(found.get('signature')!.find((line) => line.startsWith(`${at} re-opened: `))).toContain(
        'CHANGED',
      );
      expect(found.get('refinement_file')![0]).toMatch(/ CHANGED since v02\.137: /);
    });
  });

  describe('what means nothing changes nothing', () => {
    const everywhere = (change: (text: string) => string): Texts =>
      Object.fromEntries(
        Object.entries(files).map(([path, text]) => [path, path.endsWith('.md') ? change(text) : text]),
      );

    it.each([
      ['line ends', (text: string) => text.replaceAll('\n', '\r\n')],
      ['a byte order mark', (text: string) => `\uFEFF${text}`],
    ])('%s, in every document and in the spec', async (_, change) => {
      const { items, ready } = await statusIn(everywhere(change));
      expect([items.filter(({ state }) => !isSettled(state)), ready]).toEqual([[], true]);
    });

    it.each([
      ['blanks at the ends of lines', (text: string) => text.replaceAll('\n', '  \n')],
      ['a further blank line before each heading', (text: string) => text.replaceAll('\n## ', '\n\n## ')],
      ['blank lines at the end', (text: string) => `${text}\n\n`],
      ['no end of the last line', (text: string) => text.trimEnd()],
    ])('%s, in the refinement, the stub and the packet', async (_, change) => {
      const changed = Object.fromEntries(
        [REFINEMENT, STUB, PACKET].map((path) => [path, change(files[path]!)]),
      );
      const { items, ready } = await statusIn({ ...files, ...changed });
      expect([items.filter(({ state }) => !isSettled(state)), ready]).toEqual([[], true]);
    });

    it("the Coder's own lines of the packet, and the ticks of the stub", async () => {
      const packet = files[PACKET]!.replace(
        '- CODER_MODEL: <unclaimed>',
        '- CODER_MODEL: some model',
      ).replace('**Status:** Ready for Dev', '**Status:** In Progress');
      const stub = files[STUB]!.replace(/- \[[ x]\] Copy/, '- [x] Copy');
      expect(packet).not.toBe(files[PACKET]);
      expect((await statusIn({ ...files, [PACKET]: packet, [STUB]: stub })).ready).toBe(true);
    });

    it('lines of the spec that moved, in the next version', async () => {
      const text = files[SPEC]!.replace('# 1. Sessions', '## 0.9 Preface\n\nRead it.\n\n# 1. Sessions');
      const found = await unsettled({ ...files, [NEXT]: text, [POINTER]: pointer(NEXT) });
      expect([found.get('signature'), found.get('refinement_block'), found.get('refinement_file')]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    });

    it('and the same after the refinement was rebased onto it', async () => {
      const text = files[SPEC]!.replace('# 1. Sessions', '## 0.9 Preface\n\nRead it.\n\n# 1. Sessions');
      const next: Record<string, string> = { ...files, [NEXT]: text, [POINTER]: pointer(NEXT) };
      const snapshot = memorySnapshot(next);
      const { tree } = await judged(next);
      const to = await loadSpec(snapshot, { root: '/nowhere', spec: NEXT });
      const library = await openLibrary(snapshot, '/nowhere', pinsOf(tree), [to]);
      const target = {
        to,
        file: NEXT,
        sha1: to.files[0]!.sha1,
        library,
        diffFrom: (spec: typeof to) => diffOf(spec, to),
      };
      const { writes } = await planRebase(snapshot, tree, target, new Set([WP]));
      // The stub has its packet: it is history, and stays as it was signed.
      expect(writes.map(({ path }) => path)).toEqual([REFINEMENT]);
      for (const { path, after } of writes) next[path] = after;
      const found = await unsettled(next);
      expect([...found.keys()]).toEqual([]);
    });
  });
});
