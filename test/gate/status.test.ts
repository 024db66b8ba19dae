import { describe, expect, it } from 'vitest';
import { TreeError, UsageError } from '../../tools/findings/index.ts';
import { stateWord, wpStatus } from '../../tools/gate/index.ts';
import { treeOf } from '../artifacts/memory.ts';
import { baseFiles, baseSpec, STUB } from '../checks/base.ts';
import { activatedFiles, GATES, gates, ledger, PACKET, REFINED, REFINEMENT, statusOf, WP } from './demo.ts';

const words = async (files: Record<string, string>): Promise<string[]> =>
  (await statusOf(files)).items.map((item) => stateWord(item));

describe('wpStatus', () => {
  it('a fresh stub: the main body is proven, the rest is open', async () => {
    const status = await statusOf(baseFiles());
    expect([status.schema, status.wp_id, status.stage, status.ready, status.next]).toEqual([
      'govkit.wp@1',
      WP,
      'STUB',
      false,
      `just record-refinement ${WP}`,
    ]);
    expect(
      status.items.map((item) => [item.index, item.intent, stateWord(item), item.evidence[0]!.detail]),
    ).toEqual([
      [1, 'main_body', 'proven', '1 anchor, all UNIQUE in v02.137'],
      [2, 'refinement_block', 'open', 'nothing recorded yet'],
      [3, 'signature', 'open', 'nothing recorded yet'],
      [4, 'refinement_file', 'open', `.GOV/refinements/${WP}.md does not exist`],
      [5, 'packet', 'open', `.GOV/task_packets/${WP}.md does not exist; it comes last`],
      [6, 'copy_notes', 'open', '0 of 3 bullets mapped'],
      [7, 'board', 'open', 'TASK_BOARD.md:7 says [STUB]'],
    ]);
  });

  it('a ticked box in the stub is no evidence', async () => {
    const files = baseFiles();
    const ticked = { ...files, [STUB]: files[STUB]!.replaceAll('- [ ]', '- [x]') };
    expect(await words(ticked)).toEqual(await words(files));
    expect((await statusOf(ticked)).notes).toEqual(['ticks in the stub are no evidence']);
  });

  it("upstream's typed records attest and never prove", async () => {
    const status = await statusOf(activatedFiles());
    expect(status.items.map((item) => [item.intent, stateWord(item)])).toEqual([
      ['main_body', 'proven'],
      ['refinement_block', 'attested'],
      ['signature', 'attested'],
      ['refinement_file', 'attested'],
      ['packet', 'attested'],
      ['copy_notes', 'needs you'],
      ['board', 'proven'],
    ]);
    expect([status.stage, status.ready, status.next]).toEqual([
      'PACKET',
      false,
      'a person has to judge this',
    ]);
    const attested = status.items.filter(({ state }) => state === 'ATTESTED');
    for (const { evidence } of attested) {
      expect(evidence.some(({ detail }) => detail.includes('could have been typed by anyone'))).toBe(true);
    }
  });

  it("a human's recorded word settles what only a human can: the gate is open", async () => {
    const word = ledger(1, 'attest', { intent: 'copy_notes', reason: 'read them all' });
    const status = await statusOf({ ...activatedFiles(), ...word });
    expect([status.stage, status.ready, status.next]).toEqual(['READY', true, null]);
    expect(status.items[5]!.evidence[0]!.detail).toBe(
      'attested by ilja at 2026-02-24T04:00:00Z: read them all',
    );
  });

  it('nobody can attest what has not happened', async () => {
    const word = ledger(1, 'attest', { intent: 'signature', reason: 'trust me' });
    expect((await words({ ...baseFiles(), ...word }))[2]).toBe('open');
  });

  it.each([
    ['STUB', {}, `just record-refinement ${WP}`],
    [
      'REFINEMENT',
      { [REFINEMENT]: REFINED.replace('APPROVED', 'PENDING') },
      `show the block to the Operator, who approves it in ${REFINEMENT} (USER_APPROVAL_EVIDENCE)`,
    ],
    [
      'APPROVAL',
      { [REFINEMENT]: REFINED, [GATES]: gates([]) },
      `ask the Operator for a signature in ${REFINEMENT} (USER_SIGNATURE)`,
    ],
    ['PREPARE', { [REFINEMENT]: REFINED }, `write .GOV/task_packets/${WP}.md`],
    // A PREPARE that stands alone moves nothing.
    ['STUB', { [GATES]: gates([{ type: 'PREPARE', timestamp: 't' }]) }, `just record-refinement ${WP}`],
  ] as const)('stage %s with %j', async (stage, change, next) => {
    const { [PACKET]: _, [REFINEMENT]: __, ...files } = activatedFiles();
    const status = await statusOf({ ...files, ...change });
    expect([status.stage, status.next]).toEqual([stage, next]);
  });

  it('a superseded stub is refused with its reason', async () => {
    const files = baseFiles();
    const status = await statusOf({
      ...files,
      [STUB]: files[STUB]!.replace('STUB (NOT READY FOR DEV)', 'SUPERSEDED (do not activate)'),
    });
    expect([status.ready, status.next, status.refusal]).toEqual([
      false,
      null,
      `${WP} is superseded and must not be activated: ${STUB}:14 says "SUPERSEDED (do not activate)"`,
    ]);
  });

  it('a packet without a stub gets the usual items, and says so', async () => {
    const { [STUB]: _, ...files } = activatedFiles();
    const status = await statusOf(files);
    expect(status.notes).toEqual([
      'there is no stub: these items are the usual ones, and no document asks for them',
    ]);
    expect(status.items.map(({ intent, state }) => `${intent} ${state}`)).toEqual([
      'main_body NEEDS_HUMAN',
      'refinement_block ATTESTED',
      'signature ATTESTED',
      'refinement_file ATTESTED',
      'packet ATTESTED',
      'board PASS',
      'registry PASS',
    ]);
  });

  it('unknown items need a human', async () => {
    const files = baseFiles();
    const status = await statusOf({ ...files, [STUB]: `${files[STUB]}- [ ] Feed the cat.\n` });
    expect(status.items.at(-1)).toMatchObject({
      intent: 'other',
      text: 'Feed the cat.',
      state: 'NEEDS_HUMAN',
    });
  });

  it('an id without a document is a finding', async () => {
    const tree = await treeOf(baseFiles());
    const ask = (): unknown => wpStatus(tree, baseSpec(), 'WP-1-Nobody-v1');
    expect(ask).toThrow(TreeError);
    expect(ask).toThrow(
      'Unexpected work packet WP-1-Nobody-v1, expected one with a stub or a packet under .GOV/task_packets',
    );
    expect(() => wpStatus(tree, baseSpec(), 'WP-1-../x')).toThrow(UsageError);
  });

  it('without a spec nothing is proven', async () => {
    const status = wpStatus(await treeOf(baseFiles()), undefined, WP);
    expect([status.items[0]!.state, status.items[0]!.evidence[0]!.detail]).toEqual([
      'FAIL',
      'no Master Spec was read',
    ]);
  });
});

describe('blockers', () => {
  const depending = (line: string): Record<string, string> => {
    const files = baseFiles();
    return { ...files, [STUB]: files[STUB]!.replace('Depends on: nothing that has an id.', line) };
  };
  const core = '.GOV/task_packets/WP-1-Core-v1.md';

  it.each([
    ['no packet', {}, 'depends on WP-1-Core-v1, which has no packet'],
    [
      'not on the board',
      { [core]: '# Task Packet: WP-1-Core-v1' },
      'depends on WP-1-Core-v1, whose packet WP-1-Core-v1 is not validated (not on the board)',
    ],
    [
      'two states',
      {
        [core]: '# Task Packet: WP-1-Core-v1',
        board: '- **[WP-1-Core-v1]** - [VALIDATED]\n- **[WP-1-Core-v1]** - [STUB]',
      },
      'depends on WP-1-Core-v1, whose packet WP-1-Core-v1 is not validated ([VALIDATED] and [STUB])',
    ],
  ])('%s', async (_, { board, ...change }: Record<string, string>, detail) => {
    const files = { ...depending('Depends on: the core (WP-1-Core-v1).'), ...change };
    if (board) files['.GOV/roles_shared/TASK_BOARD.md'] = board;
    const { blockers } = await statusOf(files);
    expect(blockers).toEqual([{ wp_id: 'WP-1-Core-v1', detail, file: STUB, line: 37 }]);
  });

  it('a validated packet blocks nothing, and neither does what is only related', async () => {
    const files = {
      ...depending('Depends on: the core (WP-1-Core-v1).\n- Coordinates with: WP-1-Panel-v1.'),
      [core]: '# Task Packet: WP-1-Core-v1',
      '.GOV/roles_shared/TASK_BOARD.md': '- **[WP-1-Core-v1]** - [VALIDATED]',
    };
    expect((await statusOf(files)).blockers).toEqual([]);
  });

  it('a blocker closes a gate whose items are all settled', async () => {
    const files = activatedFiles();
    const status = await statusOf({
      ...files,
      ...ledger(1, 'attest', { intent: 'copy_notes' }),
      [STUB]: files[STUB]!.replace('nothing that has an id.', 'WP-1-Core-v1.'),
    });
    expect([status.ready, status.stage, status.next]).toEqual([
      false,
      'PACKET',
      'gov wp status WP-1-Core-v1',
    ]);
  });
});
