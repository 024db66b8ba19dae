import { describe, expect, it } from 'vitest';
import { foldLedger } from '../../../tools/artifacts/index.ts';
import {
  planApprove,
  planSettle,
  planUndo,
  type SettleInput,
  type StepPlan,
} from '../../../tools/gate/index.ts';
import { attest, BOARD, Chain, create, SIGNATURE, STUB, sign, WP } from './chain.ts';

type Step = (...args: Parameters<typeof planApprove>) => StepPlan;

const settle =
  (input: SettleInput = {}): Step =>
  (dossier, by) =>
    planSettle(dossier, by, input);
const undo: Step = (dossier, by) => planUndo(dossier, by, {});
const said = ({ unmet }: StepPlan): string[] => unmet.map(({ message }) => message);

/** Each branch goes on by itself; then all are merged, the documents as the last of them has them. */
async function merged(chain: Chain, ...branches: Step[][]): Promise<Chain> {
  const ends: Chain[] = [];
  for (const [index, steps] of branches.entries()) {
    const branch = chain.branched();
    for (let waited = 0; waited < index; waited++) branch.by();
    for (const step of steps) await branch.done(step);
    ends.push(branch);
  }
  const all = chain.branched();
  for (const end of ends) Object.assign(all.files, end.files);
  for (let waited = 0; waited < 20; waited++) all.by();
  return all;
}

async function kinds(chain: Chain): Promise<string[]> {
  return (await chain.dossier()).fold.entries.map(({ kind }) => kind);
}

/** The head that a branch ended with, by a kind that is on it alone. */
async function headOf(chain: Chain, find: (kind: string, data: Record<string, unknown>) => boolean) {
  const own = (await chain.tree()).ledger;
  return foldLedger(own).heads.find(({ kind, data }) => find(kind, data))!.hash;
}

const withItem = async (last: Parameters<Chain['upTo']>[0]): Promise<Chain> => {
  const chain = new Chain();
  chain.files[STUB] += '- [ ] Feed the cat.\n';
  await chain.upTo(last);
  return chain;
};

describe('heads that compete', () => {
  it('words of two branches contradict nothing: both count, without a choice', async () => {
    const chain = await merged(await withItem('refine'), [attest('one')], [attest('two')]);
    expect((await chain.dossier()).ledgerProblems.map(({ rule }) => rule)).toEqual([
      'ledger/sequence-repeated',
      'ledger/heads-compete',
    ]);
    await chain.done(settle({ reason: 'both' }));
    expect(await kinds(chain)).toEqual(['refine', 'attest', 'attest', 'settle']);
    expect((await chain.dossier()).ledgerProblems).toEqual([]);
  });

  it('a step on one branch and a word on the other: the step goes on, and the word counts', async () => {
    const chain = await merged(await withItem('refine'), [planApprove], [attest()]);
    await chain.done(settle());
    expect(await kinds(chain)).toEqual(['refine', 'approve', 'attest', 'settle']);
  });

  it('the same step on two branches is a choice, and both lines are told', async () => {
    const chain = await merged(await withItem('refine'), [planApprove], [attest(), planApprove]);
    const plan = await chain.step(settle());
    expect(said(plan)).toEqual([
      expect.stringMatching(
        /^Unexpected 2 lines of steps, expected --keep with the head of the one that goes on: [0-9a-f]{12} \(approve of 2026-03-01T08:0\d:00Z\); [0-9a-f]{12} \(approve of 2026-03-01T08:0\d:00Z\)$/,
      ),
    ]);
    const { heads } = foldLedger((await chain.tree()).ledger);
    await chain.done(settle({ keep: heads[1]!.hash.slice(0, 10).toUpperCase() }));
    const { entries } = (await chain.dossier()).fold;
    expect(entries.filter(({ kind }) => kind === 'approve').map(({ hash }) => hash)).toEqual([
      heads[1]!.hash,
    ]);
    expect(entries.map(({ kind }) => kind)).toContain('attest');
  });

  it('signed on one branch, taken back on the other: whichever is kept, nothing stands without what it rests on', async () => {
    const start = await withItem('approve');
    const chain = await merged(start, [sign()], [undo]);
    expect(said(await chain.step(settle()))[0]).toContain('(sign of ');
    expect(said(await chain.step(settle()))[0]).toContain('(undo of ');
    const signed = chain.branched();
    await signed.done(settle({ keep: await headOf(chain, (kind) => kind === 'sign') }));
    expect(await kinds(signed)).toEqual(['refine', 'approve', 'sign', 'settle']);
    const undone = chain.branched();
    await undone.done(settle({ keep: await headOf(chain, (kind) => kind === 'undo') }));
    expect(await kinds(undone)).toEqual(['refine', 'undo', 'settle']);
    // It was given all the same, and does not serve again.
    const rows = (await undone.tree()).audit!.rows;
    expect(rows.map(({ signature, invalid }) => [signature, invalid])).toEqual([[SIGNATURE, true]]);
  });

  it('a word taken back on one branch is taken back, whichever head is kept', async () => {
    const start = await withItem('refine');
    await start.done(attest());
    const chain = await merged(start, [undo], [planApprove]);
    await chain.done(settle());
    expect(await kinds(chain)).toEqual(['refine', 'undo', 'approve', 'settle']);
  });

  it('made on two branches: the board has it once, by the one that is kept', async () => {
    const chain = await merged(await withItem('refine'), [planApprove, sign()], [planApprove]);
    await chain.done(settle({ keep: await headOf(chain, (kind) => kind === 'sign') }));
    expect(await kinds(chain)).toEqual(['refine', 'approve', 'sign', 'settle']);
    const created = await merged(await new Chain().upTo('prepare'), [create], [create]);
    const [first] = foldLedger((await created.tree()).ledger).heads;
    await created.done(settle({ keep: first!.hash }));
    expect(created.files[BOARD]!.match(/WP-1-Demo-v1/g)).toHaveLength(1);
    expect((await created.dossier()).fold.entries.at(-2)!.hash).toBe(first!.hash);
  });

  it('three heads, of which two share a step that the third has not: no line is dropped without a word', async () => {
    const start = await withItem('refine');
    const approved = start.branched();
    await approved.done(planApprove);
    const shared = await merged(approved, [attest('one')], [attest('two')]);
    const chain = await merged(start, [attest('zero'), planApprove]);
    Object.assign(chain.files, shared.files);
    expect(foldLedger((await chain.tree()).ledger).heads).toHaveLength(3);
    expect(said(await chain.step(settle()))[0]).toMatch(/^Unexpected 3 lines of steps, /);
    await chain.done(settle({ keep: await headOf(chain, (_, data) => data.reason === 'two') }));
    expect((await kinds(chain)).toSorted()).toEqual([
      'approve',
      'attest',
      'attest',
      'attest',
      'refine',
      'settle',
    ]);
  });

  it('settled on two branches, each another way: the settle that is kept is the one that counts', async () => {
    const start = await merged(await withItem('refine'), [planApprove], [attest(), planApprove]);
    const [one, other] = foldLedger((await start.tree()).ledger).heads;
    const chain = await merged(start, [settle({ keep: one!.hash })], [settle({ keep: other!.hash })]);
    expect(said(await chain.step(settle()))[0]).toContain('(settle of ');
    await chain.done(settle({ keep: await headOf(chain, (_, { keep }) => keep === other!.hash) }));
    const { entries } = (await chain.dossier()).fold;
    expect(entries.filter(({ kind }) => kind === 'approve').map(({ hash }) => hash)).toEqual([other!.hash]);
  });
});

describe('settle is refused', () => {
  it.each([
    ['unknown', 'ffffffffffff', 'Unexpected head "ffffffffffff", expected one of '],
    ['empty', '', 'Unexpected head "" of several, expected one of '],
  ])('with a head that is %s', async (_, keep, message) => {
    const chain = await merged(await withItem('refine'), [planApprove], [attest(), planApprove]);
    const plan = await chain.step(settle({ keep }));
    expect(plan.unmet.map(({ args }) => args.code)).toEqual(['NO_SUCH_HEAD']);
    expect(said(plan)[0]!.startsWith(message)).toBe(true);
  });

  it('with a prefix that several heads begin with', async () => {
    const start = await withItem('refine');
    const branches = Array.from({ length: 17 }, (_, at) => [attest(`reason ${at}`)]);
    const chain = await merged(start, ...branches);
    const firsts = foldLedger((await chain.tree()).ledger).heads.map(({ hash }) => hash[0]!);
    const twice = firsts.find((digit, at) => firsts.indexOf(digit) !== at)!;
    expect(said(await chain.step(settle({ keep: twice })))[0]).toContain(
      `Unexpected head "${twice}" of several, expected one of `,
    );
    // No step is in any of them: nothing has to be chosen.
    await chain.done(settle());
    expect((await kinds(chain)).filter((kind) => kind === 'attest')).toHaveLength(17);
  });

  it('where there is nothing to settle it says so', async () => {
    expect((await new Chain().step(settle())).done).toBe(`${WP} has no ledger`);
    const chain = await new Chain().upTo('refine');
    expect((await chain.step(settle())).done).toBe(`the ledger of ${WP} has one head`);
  });

  it('by anybody but the Operator', async () => {
    const chain = await merged(await withItem('refine'), [attest('one')], [attest('two')]);
    const plan = planSettle(await chain.dossier(), chain.by('Orchestrator'), {});
    expect(said(plan)).toEqual([
      'Unexpected role "Orchestrator", expected Operator: nobody else records "settle"',
    ]);
  });
});
