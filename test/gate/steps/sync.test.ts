import { describe, expect, it } from 'vitest';
import { planApprove, planSync } from '../../../tools/gate/index.ts';
import { AUDIT, BOARD, Chain, REGISTRY, STUB, WP } from './chain.ts';

describe('planSync', () => {
  it('all that drifted, in one plan: each surface with what stood there and who owns the truth', async () => {
    const chain = await new Chain().upTo('create');
    const whole = { ...chain.files };
    const paths = Object.keys(whole).filter((path) => path.includes('/ledger/'));
    const [signed, created] = ['sign', 'create'].map((kind) =>
      paths.find((path) => path.includes(`-${kind}-`)),
    );
    Object.assign(chain.files, new Chain().documents());
    const plan = planSync(await chain.tree());
    expect([plan.unmet, plan.done]).toEqual([[], undefined]);
    expect(plan.said).toEqual([
      `${BOARD}:7  ${WP}: the board said [STUB] under Stub Backlog (Not Activated); [READY_FOR_DEV] by ${created}`,
      `${REGISTRY}:5  ${WP}: the registry said ${STUB}; .GOV/task_packets/${WP}.md by ${created}`,
      `${REGISTRY}:5  ${WP}: the registry said Stub Backlog (Not Activated): ${WP}; Ready for Dev: ${WP} by ${created}`,
      `${REGISTRY}:5  ${WP}: the registry said stub; active=${WP}; activated from stub ${STUB} by ${created}`,
      `${AUDIT}:1  ${WP}: the audit said no row for ilja010320261200; Task packet activation: ${WP} by ${signed}`,
      `${STUB}:14  ${WP}: the stub said STUB (NOT READY FOR DEV); ACTIVATED_TO_PACKET by ${created}`,
    ]);
    expect([...plan.writes.keys()].sort()).toEqual([BOARD, REGISTRY, AUDIT, STUB].sort());
    chain.take(plan);
    expect(chain.files).toEqual(whole);
    expect(planSync(await chain.tree()).done).toBe(
      '1 work packet with a ledger: board, registry, audit and stubs are as it has them',
    );
  });

  it('ticks by hand are drift too', async () => {
    const chain = await new Chain().upTo('refine');
    chain.files[STUB] = chain.files[STUB]!.replace('- [ ] Obtain', '- [x] Obtain');
    const plan = planSync(await chain.tree());
    const [entry] = Object.keys(chain.files).filter((path) => path.includes('/ledger/'));
    expect(plan.said).toEqual([`${STUB}:47  ${WP}: the stub said a ticked item; an open item by ${entry}`]);
  });

  it('a ledger with two heads is left, and told', async () => {
    const chain = await new Chain().upTo('refine');
    const other = chain.branched();
    await chain.done(planApprove);
    await other.done(planApprove);
    Object.assign(chain.files, other.files);
    chain.files[BOARD] = chain.files[BOARD]!.replace('[STUB]', '[BLOCKED]');
    const plan = planSync(await chain.tree());
    expect([plan.writes.size, plan.done]).toEqual([
      0,
      `left ${WP}: its entries do not hang together (gov wp status ${WP})`,
    ]);
  });

  it('what there is no place for is refused, and nothing is written', async () => {
    const chain = await new Chain().upTo('create');
    chain.files[BOARD] = '# Board\n';
    const plan = planSync(await chain.tree());
    expect(plan.unmet.map(({ message, args }) => [args.code, message])).toEqual([
      ['NOWHERE_TO_RECORD', 'Unexpected no section, expected a section for READY_FOR_DEV to record in'],
    ]);
    expect(plan.writes.size).toBe(0);
  });
});
