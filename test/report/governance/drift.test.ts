import { describe, expect, it } from 'vitest';
import { diffOf, specDrift } from '../../../tools/gate/index.ts';
import { driftRows } from '../../../tools/report/governance/drift.ts';
import type { SpecIndex } from '../../../tools/spec/index.ts';
import {
  BOARD,
  BY,
  demoFiles,
  MODEL,
  MOVES,
  NEW,
  OLD,
  PACKET,
  REFINEMENT,
  SIGNATURE,
  SPAWN,
  STUB,
  specText,
  stubText,
  WP,
} from '../../gate/drift/demo-spec.ts';
import { open } from '../../gate/drift/opened.ts';

async function rowsOf(files: Record<string, string>) {
  const { tree, to, library } = await open(files);
  const drift = specDrift(tree, {
    to,
    file: NEW,
    sha1: to.sha1,
    library,
    diffFrom: (from: SpecIndex) => diffOf(from, to),
  });
  return driftRows(drift, to, library);
}

const brief = async (files: Record<string, string>) =>
  (await rowsOf(files)).map(({ file, line, fate, detail, to }) => [
    file,
    line,
    fate,
    detail,
    to?.line ?? null,
  ]);

const REOPENED = `; the signature ${SIGNATURE} is re-opened`;

describe('what a bump of the spec did', () => {
  it('lines that moved: of the refinement, its packet and the stub', async () => {
    const rows = await rowsOf(demoFiles({ [NEW]: specText(MOVES) }));
    expect(rows[0]).toEqual({
      wp_id: WP,
      file: REFINEMENT,
      line: 10,
      anchor: MODEL.text,
      pinned: 'v02.134',
      fate: 'MOVED',
      detail: `1.1.1 Session Model, lines 7-15 are now ${7 + BY}-${15 + BY}`,
      to: { file: NEW, line: 7 + BY },
    });
    expect(rows.slice(1).map(({ file, fate, to }) => [file, fate, to?.line])).toEqual([
      [REFINEMENT, 'MOVED', 17 + BY],
      [PACKET, 'MOVED', 7 + BY],
      [STUB, 'MOVED', 25 + BY],
    ]);
  });

  it('a clause that says something else re-opens the signature', async () => {
    const files = demoFiles({ [NEW]: specText(['in depth and in number', 'in depth']) });
    expect(await brief(files)).toEqual([
      [REFINEMENT, 28, 'CHANGED', `the text of 1.1.2 Spawn Rules changed (line 17)${REOPENED}`, 17],
    ]);
  });

  it('a clause with another number, and one that is gone', async () => {
    const renumbered = demoFiles({
      [NEW]: specText(['### 1.1.2 Spawn', '### 1.1.4 Spawn'], ['1.1.2.1', '1.1.4.1']),
    });
    expect(await brief(renumbered)).toEqual([
      [REFINEMENT, 28, 'RENUMBERED', `1.1.2 Spawn Rules is now 1.1.4 Spawn Rules (line 17)${REOPENED}`, 17],
    ]);
    const text = '### 1.1.3 Recovery (Normative)\n\nA crash is recovered from the log, and nothing else.\n';
    const [row] = await brief(demoFiles({ [NEW]: specText([text, '']) }));
    expect([row?.[0], row?.[2], row?.[4]]).toEqual([STUB, 'GONE', null]);
  });

  it('what pins a spec that is not at hand can be proven neither way', async () => {
    const files = demoFiles({
      [NEW]: specText(),
      [STUB]: stubText('Demo_Spec_v02.101.md 1.1.3 Recovery'),
    });
    const row = (await rowsOf(files)).at(-1);
    expect([row?.file, row?.pinned, row?.fate, row?.to]).toEqual([STUB, 'v02.101', 'UNPROVABLE', null]);
    expect(row?.detail).toMatch(/^Demo_Spec_v02\.101\.md is not at hand/);
  });

  it('what stands where it stood is no drift', async () => {
    expect(await brief(demoFiles({ [NEW]: specText() }))).toEqual([]);
  });

  it('the documents of work that is over are history', async () => {
    const board = `## Done\n- **[${WP}]** - [VALIDATED]\n`;
    const rows = await rowsOf(demoFiles({ [NEW]: specText(MOVES), [BOARD]: board }));
    expect(rows.map(({ file }) => file)).toEqual([STUB]);
  });

  it('the demo pins what it says it pins', () => {
    expect([MODEL.text, SPAWN.text].every((text) => text.startsWith(OLD))).toBe(true);
  });
});
