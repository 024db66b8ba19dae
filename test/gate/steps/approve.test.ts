import { describe, expect, it } from 'vitest';
import { planApprove, planRefine } from '../../../tools/gate/index.ts';
import { baseFiles, STUB } from '../../checks/base.ts';
import { REFINEMENT, WP } from '../demo.ts';
import { by, carriedOut, INPUT, refusals, seen, stubFiles, type Texts, taken } from './taken.ts';

const plan = async (files: Texts, who = by('Operator', '10:10:30')) => planApprove(await seen(files), who);
const edited = (files: Texts, from: string, to: string): Texts => ({
  ...files,
  [REFINEMENT]: files[REFINEMENT]!.replace(from, to),
});

describe('planApprove', () => {
  it("writes the Operator's two lines and the entry that binds them to what they say", async () => {
    const files = await taken('refine');
    const { writes, said, git } = await plan(files);
    const text = writes.get(REFINEMENT)!;
    expect(text).toBe(
      files[REFINEMENT]!.replace('STATUS: PENDING', 'STATUS: APPROVED').replace(
        'EVIDENCE: <pending>',
        `EVIDENCE: APPROVE REFINEMENT ${WP}`,
      ),
    );
    const [path] = [...writes.keys()];
    expect(path).toMatch(new RegExp(`^\\.GOV/ledger/${WP}/0002-approve-[0-9a-f]{16}\\.json$`));
    const { data, role, actor, time } = JSON.parse(writes.get(path!)!);
    expect([actor, role, time]).toEqual(['ilja', 'Operator', '2026-02-24T10:10:30Z']);
    expect(Object.keys(data.parts)).toContain('clause:1.1.1');
    expect([said, git]).toEqual([
      [
        `approved ${REFINEMENT} as it stands (${data.digest.slice(0, 12)}, ${Object.keys(data.parts).length} parts)`,
      ],
      [],
    ]);
  });

  it('once is enough: the second time there is nothing to do', async () => {
    const again = await plan(await taken('approve'));
    expect([again.done, again.writes.size]).toEqual([`${REFINEMENT} is approved as it stands`, 0]);
  });

  it('what changed after it is approved anew', async () => {
    const files = edited(await taken('approve'), 'RISK_TIER: LOW', 'RISK_TIER: HIGH');
    const again = await plan(files, by('Operator', '10:15:00'));
    expect([...again.writes.keys()]).toEqual([expect.stringMatching(/0003-approve-/), REFINEMENT]);
    expect((await plan(carriedOut(files, again))).done).toBeDefined();
  });

  it('lines of the Operator that somebody took away are written again', async () => {
    const files = edited(await taken('approve'), 'STATUS: APPROVED', 'STATUS: PENDING');
    expect((await plan(files)).writes.get(REFINEMENT)).toContain('USER_REVIEW_STATUS: APPROVED');
  });

  it('tells everything that speaks against it at once, each with its place', async () => {
    const files = await taken('refine');
    const line = (text: string): number =>
      files[REFINEMENT]!.split('\n').findIndex((each) => each.startsWith(text)) + 1;
    const wrong = edited(
      edited(
        edited(files, 'ENRICHMENT_NEEDED: NO', 'ENRICHMENT_NEEDED: YES'),
        '- REASON_NO_ENRICHMENT: as the section says',
        '- REASON_NO_ENRICHMENT: <fill>',
      ),
      '  A session has a state.',
      '  A session has a mind.',
    );
    expect(refusals(await plan(wrong, by('Coder')))).toEqual([
      [
        'ROLE_MAY_NOT_WRITE',
        `.GOV/ledger/${WP}:1`,
        'Unexpected role "Coder", expected Operator: nobody else records "approve"',
      ],
      [
        'OPEN_ROW',
        `${REFINEMENT}:${line('- REASON_NO')}`,
        'Unexpected open row of REASON_NO_ENRICHMENT, expected a value',
      ],
      [
        'EXCERPT_MISMATCH',
        `${REFINEMENT}:${line('  A session has a state.')}`,
        'Unexpected refinement, expected one that holds: anchor 1: EXCERPT_MISMATCH: "A session has a mind." is not in lines 7-10 of the spec after line 7; the spec says "A session has a state."',
      ],
      [
        'REFINEMENT',
        `${REFINEMENT}:${line('- ENRICHMENT_NEEDED')}`,
        'Unexpected refinement, expected one that holds: ENRICHMENT_NEEDED is "YES"',
      ],
    ]);
  });

  it('a missing line of the Operator is asked for, not invented', async () => {
    const files = await taken('refine');
    const without = edited(files, '- USER_SIGNATURE: <pending>\n', '');
    expect(refusals(await plan(without))).toEqual([
      [
        'NO_FIELD',
        `${REFINEMENT}:1`,
        'Unexpected absence of USER_SIGNATURE, expected that field in METADATA',
      ],
    ]);
  });

  it('without a refinement there is nothing to approve', async () => {
    expect(refusals(await plan(stubFiles()))).toEqual([
      [
        'NO_REFINEMENT',
        `${REFINEMENT}:1`,
        `Unexpected absence of ${REFINEMENT}, expected a refinement to approve (just record-refinement ${WP})`,
      ],
    ]);
  });

  it('a scaffold nobody answered is refused row by row', async () => {
    const start = stubFiles();
    const files = carriedOut(start, planRefine(await seen(start), by('Orchestrator'), INPUT.refine));
    const codes = refusals(await plan(files)).map(([code]) => code);
    expect(codes.filter((code) => code === 'OPEN_ROW').length).toBeGreaterThan(15);
  });

  it('a stub that is superseded is approved no more', async () => {
    const files = await taken('refine');
    files[STUB] = baseFiles()[STUB]!.replace('STUB (NOT READY FOR DEV)', 'SUPERSEDED');
    expect(refusals(await plan(files))).toEqual([
      [
        'NOT_ACTIVATABLE',
        `${STUB}:14`,
        `Unexpected step "approve", expected none: ${WP} is superseded and must not be activated: ${STUB}:14 says "SUPERSEDED"`,
      ],
    ]);
  });
});
