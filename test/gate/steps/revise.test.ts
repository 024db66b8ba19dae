import { describe, expect, it } from 'vitest';
import { RULES } from '../../../tools/checks/index.ts';
import { checkAcross } from '../../../tools/checks/judge/across.ts';
import {
  admit,
  type planApprove,
  planRevise,
  type ReviseInput,
  type StepPlan,
  wpStatus,
} from '../../../tools/gate/index.ts';
import { baseSpec } from '../../checks/base.ts';
import { ROLES } from '../demo.ts';
import { AUDIT, BOARD, Chain, PACKET, REGISTRY, STUB, WP } from './chain.ts';

const NEXT = 'WP-1-Demo-v2';
const NEXT_STUB = `.GOV/task_packets/stubs/${NEXT}.md`;

const revise =
  (input: Partial<ReviseInput> = {}) =>
  (...[dossier, by]: Parameters<typeof planApprove>): StepPlan =>
    planRevise(dossier, by, { reason: 'the scope is too large', ...input });
const said = ({ unmet }: StepPlan): string[] => unmet.map(({ message }) => message);

const FAMILY_L = `# Task Packet Stub: ${WP}

**Status:** STUB (Not Activated)

## Identity

- WP_ID: ${WP}
- BASE_WP_ID: WP-1-Demo
- Created: 2026-01-11
- SPEC_TARGET: .GOV/roles_shared/SPEC_CURRENT.md (currently Demo_Spec_v02.137.md)
- SPEC_ANCHOR_CANDIDATES:
  - Demo_Spec_v02.137.md 1.1.1 Session Model (Normative)

## Why this stub exists

- Beside ${WP}0 and WP-1-Demo, and in \`${STUB}\`.

## Activation checklist (before any coding)

1. In-chat Technical Refinement Block.
2. USER_SIGNATURE.
3. Create \`.GOV/refinements/${WP}.md\`.
4. Create official task packet via \`just create-task-packet ${WP}\`.
5. Update \`.GOV/roles_shared/WP_TRACEABILITY_REGISTRY.md\` to point \`WP-1-Demo\` -> \`${WP}\`.
6. Update \`.GOV/roles_shared/TASK_BOARD.md\` to move \`${WP}\` out of STUB when activated.
`;

describe('planRevise', () => {
  it.each([
    ['sign', 'STUB (NOT READY FOR DEV)'],
    ['create', 'ACTIVATED_TO_PACKET'],
  ] as const)('of a packet after %s: the next stub is the old one under its own id', async (last, status) => {
    const chain = await new Chain().upTo(last);
    const before = chain.files[STUB]!;
    expect(before).toContain(`STUB_STATUS: ${status}`);
    const { said: told } = await chain.done(revise());
    expect(told).toEqual([`${WP} is superseded; wrote ${NEXT_STUB}`]);
    const original = new Chain().files[STUB]!;
    expect(chain.files[NEXT_STUB]).toBe(
      original
        .replaceAll(WP, NEXT)
        .replace('2026-02-24T00:00:00Z', last === 'sign' ? '2026-03-01T08:04:00Z' : '2026-03-01T08:06:00Z'),
    );
    expect(chain.files[BOARD]).toContain(`- **[${NEXT}]** - [STUB]\n`);
    expect(chain.files[BOARD]).toContain(`## Superseded (Archive)\n\n- **[${WP}]** - [SUPERSEDED]\n`);
    expect(chain.files[REGISTRY]).toContain(NEXT_STUB);
    const [row] = (await chain.tree()).registry!.rows;
    expect([row!.activePacket, row!.taskBoard, row!.notes]).toEqual([
      NEXT_STUB,
      `Stub Backlog (Not Activated): ${NEXT}`,
      `stub; supersedes: ${WP}`,
    ]);
    expect(chain.entries(NEXT)).toEqual(['stub']);
  });

  it('the tree is clean after it, by every rule across documents', async () => {
    const chain = await new Chain().upTo('create');
    const errors = async () =>
      checkAcross(await chain.tree(), 'v02.137').filter(({ severity }) => severity === 'error');
    expect(RULES.length).toBeGreaterThan(100);
    const before = (await errors()).map(({ message }) => message);
    await chain.done(revise());
    expect((await errors()).map(({ message }) => message)).toEqual(before);
  });

  it('the old one admits nobody, and says where it goes on', async () => {
    const chain = await new Chain().upTo('create');
    chain.files['.GOV/roles.yaml'] = ROLES;
    await chain.done(revise());
    const { ready, refusal, next } = wpStatus(await chain.tree(), baseSpec(), WP, undefined, chain.ground);
    expect([ready, refusal, next]).toEqual([
      false,
      `${WP} is superseded and must not be activated: it goes on as ${NEXT}`,
      null,
    ]);
    expect(admit(await chain.tree(), baseSpec(), WP, 'Coder', undefined, chain.ground)).toMatchObject({
      code: expect.any(String),
    });
    expect(said(await chain.step(revise()))[0]).toContain(`it goes on as ${NEXT}`);
  });

  it('the next one goes through the gate, and its packet names the old one', async () => {
    const chain = await new Chain().upTo('create');
    await chain.done(revise());
    await chain.upTo('create', NEXT);
    expect(chain.files[`.GOV/task_packets/${NEXT}.md`]).toContain(
      `## LINEAGE_AUDIT\n- ${WP} was superseded by this packet; see its ledger for the reason\n`,
    );
    const [row] = (await chain.tree()).registry!.rows;
    expect([row!.activePacket, row!.active, row!.supersedes]).toEqual([
      `.GOV/task_packets/${NEXT}.md`,
      NEXT,
      [WP],
    ]);
    expect(chain.files[AUDIT]).toContain(`Task packet activation: ${WP} `);
    expect(chain.files[PACKET]).toBeDefined();
    const third = await chain.done(revise(), NEXT);
    expect(third.said).toEqual([`${NEXT} is superseded; wrote .GOV/task_packets/stubs/WP-1-Demo-v3.md`]);
    expect((await chain.tree()).registry!.rows[0]!.supersedes).toEqual([WP, NEXT]);
  });

  it.each([
    ['in this tree', {}, 'WP-1-Demo-v3', '- **[WP-1-Demo-v3]** - [STUB]\n'],
    ['on another branch', { taken: ['WP-1-Demo-v3', 'WP-1-Demolition-v9'] }, 'WP-1-Demo-v3', ''],
  ])('an id that is taken %s is not given again', async (_, input, __, line) => {
    const chain = await new Chain().upTo('sign');
    chain.files[BOARD] += `\n${line}`;
    const { said: told } = await chain.done(revise(input));
    expect(told[0]).toContain('WP-1-Demo-v4.md');
  });

  it('a stub of the other family keeps its wording, its base, and ids that only begin alike', async () => {
    const chain = new Chain();
    chain.files[STUB] = FAMILY_L;
    await chain.upTo('create');
    expect(chain.files[STUB]).toContain('**Status:** ACTIVATED_TO_PACKET\n');
    await chain.done(revise());
    expect(chain.files[NEXT_STUB]).toBe(
      FAMILY_L.replaceAll(`${WP}0`, '\0')
        .replaceAll(WP, NEXT)
        .replace('\0', `${WP}0`)
        .replace('2026-01-11', '2026-03-01T08:06:00Z'),
    );
  });
});

describe('a revision is refused', () => {
  it('of a packet that was not signed', async () => {
    const chain = await new Chain().upTo('approve');
    expect(said(await chain.step(revise()))).toEqual([
      `Unexpected revision of ${WP}, expected one that was signed: nothing rests on it yet, so that it is changed as it is`,
    ]);
  });

  it.each([[''], ['  '], ['two\nlines'], ['<reason>']])('with the reason %j', async (reason) => {
    const chain = await new Chain().upTo('sign');
    const plan = await chain.step(revise({ reason }));
    expect(plan.unmet.map(({ args }) => args.code)).toEqual(['NO_REASON']);
    expect(plan.writes.size).toBe(0);
  });

  it('while another branch goes on with it', async () => {
    const chain = await new Chain().upTo('sign');
    const [what] = (await chain.tree()).ledger;
    chain.ground = { ...chain.ground, entries: [{ where: 'refs/heads/other', what: what! }] };
    expect(said(await chain.step(revise()))).toEqual([
      'Unexpected entry "refine" on refs/heads/other, expected none that is not here: merge it first (git merge other)',
    ]);
  });

  it('where the board has no section for what was superseded', async () => {
    const chain = await new Chain().upTo('sign');
    chain.files[BOARD] = chain.files[BOARD]!.replace('## Superseded (Archive)\n', '');
    const plan = await chain.step(revise());
    expect(said(plan)).toEqual(['Unexpected no section, expected a section for SUPERSEDED to record in']);
    expect(plan.writes.size).toBe(0);
  });
});
