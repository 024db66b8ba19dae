import { describe, expect, it } from 'vitest';
import { type Ground, planCreate, planWaive, stateWord } from '../../../tools/gate/index.ts';
import { BOARD, REGISTRY, STUB } from '../../checks/base.ts';
import { itemOf, PACKET, REFINEMENT, WP } from '../demo.ts';
import { by, carriedOut, INPUT, refusals, seen, stubFiles, type Texts, taken } from './taken.ts';

const plan = async (files: Texts, ground: Partial<Ground> = {}) =>
  planCreate(await seen(files, ground), by('Orchestrator', '10:40:00'), INPUT.create);

/** The tree with another text of the stub, taken as far as a packet can be made. */
const stubWith = (from: string, to: string): Texts => {
  const files = stubFiles();
  return { ...files, [STUB]: files[STUB]!.replace(from, to) };
};
const prepared = (from: string, to: string, answer?: (text: string) => string): Promise<Texts> =>
  taken('prepare', stubWith(from, to), answer);

const sectionOf = (text: string, from: string, to: string): string =>
  text.slice(text.indexOf(from), text.indexOf(to, text.indexOf(from)));

describe('planCreate', () => {
  it('writes packet, board, registry and stub, and the entry that owns them', async () => {
    const { writes, said, unmet } = await plan(await taken('prepare'));
    expect([unmet, said]).toEqual([
      [],
      [`wrote ${PACKET}: 3 notes of the stub carried, 0 dropped`, 'rendered board, registry and stub'],
    ]);
    const [entry, ...documents] = [...writes.keys()].sort();
    expect(entry).toMatch(new RegExp(`^\\.GOV/ledger/${WP}/0005-create-[0-9a-f]{16}\\.json$`));
    expect(documents).toEqual([BOARD, REGISTRY, PACKET, STUB]);
    expect(writes.get(PACKET)).toMatch(/^[\t\n\x20-\x7e]*$/);
    expect(writes.get(PACKET)).not.toMatch(/\{\{|<fill/);
    expect(writes.get(BOARD)).toMatch(/## Ready for Dev\n+- \*\*\[WP-1-Demo-v1\]\*\* - \[READY_FOR_DEV\]\n/);
    expect(writes.get(REGISTRY)).toContain(` ${PACKET} `);
    expect(writes.get(STUB)).toContain('- STUB_STATUS: ACTIVATED_TO_PACKET\n');
    expect(writes.get(STUB)).not.toContain('- [ ]');
  });

  it('once is enough: the second time there is nothing to do', async () => {
    const again = await plan(await taken('create'));
    expect([again.done, again.writes.size]).toEqual([`${PACKET} was created at 2026-02-24T10:40:00Z`, 0]);
  });

  it('bullets below bullets stay below them, and are found there', async () => {
    const files = await prepared(
      '  - The session model.\n',
      '  - The session model:\n    - its states:\n      - ACTIVE\n    - its ends\n  - The queue.\n',
    );
    const made = carriedOut(files, await plan(files));
    expect(sectionOf(made[PACKET]!, '- IN_SCOPE:\n', '- OUT_OF_SCOPE')).toBe(
      '- IN_SCOPE:\n  - The session model:\n    - its states:\n      - ACTIVE\n    - its ends\n  - The queue.\n',
    );
    const item = await itemOf(made, 'copy_notes');
    expect([stateWord(item), item.evidence[0]!.detail]).toEqual(['proven', '7 of 7 bullets mapped']);
  });

  it('what hung on a dropped bullet moves up', async () => {
    const files = await prepared(
      '- A session has a state.\n',
      '- A session:\n  - has a state\n    - of three\n- It ends.\n',
      (text) => text.replace('CARRY (A session:)', 'DROPPED: says nothing by itself'),
    );
    const made = carriedOut(files, await plan(files));
    expect(sectionOf(made[PACKET]!, '### DONE_MEANS\n', '### ROLLBACK')).toBe(
      '### DONE_MEANS\n- has a state\n  - of three\n- It ends.\n',
    );
    const item = await itemOf(made, 'copy_notes');
    expect([stateWord(item), item.evidence[0]!.detail]).toEqual(['attested', '6 of 6 bullets mapped']);
  });

  it('what is not ASCII is written as its code', async () => {
    const files = await prepared('- A session has a state.', '- A session \u2192 a state.');
    expect((await plan(files)).writes.get(PACKET)).toContain('- A session \\u2192 a state.');
  });

  it('before anything was taken: every precondition at once', async () => {
    const refused = await plan(stubFiles());
    expect([refused.writes.size, refusals(refused)]).toEqual([
      0,
      [
        [
          'NOT_PREPARED',
          `${REFINEMENT}:1`,
          `Unexpected creation, expected branch, worktree and coder first (just record-prepare ${WP})`,
        ],
        [
          'NO_REFINEMENT',
          `${REFINEMENT}:1`,
          `Unexpected absence of ${REFINEMENT}, expected the refinement that was signed`,
        ],
        [
          'ITEM_OPEN',
          `${STUB}:46`,
          `Unexpected item 2 (refinement_block) that does not hold, expected it to: nothing recorded yet (just record-refinement ${WP})`,
        ],
        [
          'ITEM_OPEN',
          `${STUB}:47`,
          `Unexpected item 3 (signature) that does not hold, expected it to: nothing recorded yet (just record-signature ${WP} {username}{DDMMYYYYHHMM})`,
        ],
        [
          'ITEM_OPEN',
          `${STUB}:48`,
          `Unexpected item 4 (refinement_file) that does not hold, expected it to: ${REFINEMENT} does not exist (just record-refinement ${WP})`,
        ],
      ],
    ]);
  });

  it('what was signed and is changed since closes it', async () => {
    const files = await taken('prepare');
    const changed = files[REFINEMENT]!.replace('RISK_TIER: LOW', 'RISK_TIER: HIGH');
    expect(
      refusals(await plan({ ...files, [REFINEMENT]: changed })).map(([code, , text]) => [code, text]),
    ).toEqual([
      [
        'ITEM_OPEN',
        `Unexpected item 2 (refinement_block) that does not hold, expected it to: PACKET_INPUT.RISK_TIER of the refinement was changed since it was approved (just approve-refinement ${WP})`,
      ],
      [
        'ITEM_OPEN',
        `Unexpected item 3 (signature) that does not hold, expected it to: PACKET_INPUT.RISK_TIER of the refinement was changed since it was signed at 2026-02-24T10:21:00Z (just record-signature ${WP} {username}{DDMMYYYYHHMM})`,
      ],
    ]);
  });

  it('a refinement that is not committed yet is committed with the packet', async () => {
    expect((await plan(await taken('prepare'), { committed: () => 'absent' })).unmet).toEqual([]);
  });

  it('a packet that is there is not overwritten', async () => {
    const files = await taken('prepare');
    const own = { ...files, [PACKET]: `# Task Packet: ${WP}\n` };
    expect(refusals(await plan(own))).toEqual([
      ['PACKET_EXISTS', `${PACKET}:1`, `Unexpected packet ${PACKET}, expected none: it is not overwritten`],
    ]);
  });

  it('a blocker closes it until it is waived, and the packet says by whom', async () => {
    const files = await prepared('nothing that has an id.', 'WP-1-Core-v1.');
    const line = files[STUB]!.split('\n').findIndex((each) => each.includes('WP-1-Core-v1')) + 1;
    expect(refusals(await plan(files))).toEqual([
      [
        'BLOCKED',
        `${STUB}:${line}`,
        `Unexpected blocker WP-1-Core-v1, expected it validated or waived: depends on WP-1-Core-v1, which has no packet (just waive ${WP} WP-1-Core-v1 --reason {reason} --until {YYYY-MM-DD})`,
      ],
    ]);
    const waiver = { blocker: 'WP-1-Core-v1', reason: 'only its types', until: '2026-03-01' };
    const waived = carriedOut(files, planWaive(await seen(files), by('Operator', '10:35:00'), waiver));
    expect((await plan(waived)).writes.get(PACKET)).toContain(
      '## WAIVERS GRANTED\n- WP-1-Core-v1: waived by ilja until 2026-03-01: only its types\n',
    );
    expect(refusals(await plan(waived, { now: Date.parse('2026-03-02T00:00:00Z') }))[0]![0]).toBe('BLOCKED');
  });
});
