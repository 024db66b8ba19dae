import { describe, expect, it } from 'vitest';
import { TreeError, UsageError } from '../../tools/findings/index.ts';
import { stateWord, wpStatus } from '../../tools/gate/index.ts';
import { treeOf } from '../artifacts/memory.ts';
import { baseFiles, baseSpec, REGISTRY, STUB } from '../checks/base.ts';
import {
  AUDIT,
  activatedFiles,
  audit,
  EVENTS,
  GATES,
  gates,
  hashIn,
  ledger,
  PACKET,
  REFINED,
  REFINEMENT,
  statusOf,
  WP,
} from './demo.ts';

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
      'attested by ilja (Operator) at 2026-02-24T04:00:00Z: read them all; could have been typed by anyone',
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
    [
      'SIGNATURE',
      {
        [REFINEMENT]: REFINED,
        [GATES]: gates([EVENTS[1]!, { ...EVENTS[2]!, timestamp: '2026-02-24T02:00:00Z' }]),
      },
      `prepare branch and worktree of ${WP}`,
    ],
    [
      'STUB',
      { [GATES]: gates([{ type: 'PREPARE', timestamp: '2026-02-24T02:00:00Z' }]) },
      `just record-refinement ${WP}`,
    ],
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

  it.each([
    ['actor', {}, { actor: '' }],
    ['role', {}, { role: undefined }],
    ['time', {}, { time: 'yesterday' }],
    ['reason', { reason: ' ' }, {}],
  ])('a word without its %s settles nothing', async (_, data, change) => {
    const word = ledger(1, 'attest', { intent: 'copy_notes', reason: 'read', ...data }, change);
    expect((await words({ ...activatedFiles(), ...word }))[5]).toBe('needs you');
  });

  it.each([
    ['signature', { [AUDIT]: audit() }],
    ['refinement_file', { [REFINEMENT]: REFINED.replace('APPROVED', 'PENDING') }],
    ['packet', { [GATES]: gates(EVENTS.slice(0, 2)) }],
    ['refinement_block', { [REFINEMENT]: REFINED.replace(/- USER_APPROVAL.*\n/, '') }],
  ])('no word of anybody stands for %s', async (intent, change) => {
    const word = ledger(1, 'attest', { intent, reason: 'trust me' });
    const { items } = await statusOf({ ...activatedFiles(), ...change, ...word });
    expect(items.find((item) => item.intent === intent)!.state).toBe('NEEDS_HUMAN');
  });

  it('a ledger of which an entry was taken away settles nothing, and says so', async () => {
    const first = ledger(1, 'create', {});
    const word = ledger(2, 'attest', { intent: 'copy_notes', reason: 'read' }, { parents: [hashIn(first)] });
    expect((await statusOf({ ...activatedFiles(), ...first, ...word })).ready).toBe(true);
    const status = await statusOf({ ...activatedFiles(), ...word });
    expect([status.ready, status.notes]).toEqual([
      false,
      [expect.stringMatching(/^what the ledger says does not count: .*expected an entry of WP-1-Demo-v1/)],
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
      ...ledger(1, 'attest', { intent: 'copy_notes', reason: 'read' }),
      [STUB]: files[STUB]!.replace('nothing that has an id.', 'WP-1-Core-v1.'),
    });
    expect([status.ready, status.stage, status.next]).toEqual([
      false,
      'PACKET',
      'gov wp status WP-1-Core-v1',
    ]);
  });
});

describe('a stub cannot ask for less', () => {
  const checklist = (...items: string[]): string =>
    `${baseFiles()[STUB]!.replace(/## ACTIVATION_CHECKLIST[\s\S]*$/, '')}## ACTIVATION_CHECKLIST\n\n${items.join('\n')}\n`;

  it('one item and a packet of 0 bytes: the rest is asked for all the same', async () => {
    const text = checklist('- [x] Confirm the requirement exists in the Main Body.');
    const status = await statusOf({ ...baseFiles(), [STUB]: text, [PACKET]: '' });
    expect([
      status.ready,
      status.items.map((item) => `${item.index} ${item.intent} ${stateWord(item)}`),
    ]).toEqual([
      false,
      [
        '1 main_body proven',
        '2 refinement_block open',
        '3 signature open',
        '4 refinement_file open',
        '5 packet failed',
        '6 copy_notes needs you',
        '7 board open',
        '8 registry failed',
      ],
    ]);
    expect(status.items[2]!.text).toBe(
      'the USER_SIGNATURE (the stub does not ask for it; it is asked for all the same)',
    );
  });

  it('a signature that a sentence about the board mentions is still asked for', async () => {
    const files = baseFiles();
    const text = files[STUB]!.replace(
      'Obtain USER_SIGNATURE for the WP.',
      'TASK_BOARD shows the USER_SIGNATURE.',
    );
    const { items } = await statusOf({ ...files, [STUB]: text });
    expect(items.map(({ intent }) => intent)).toContain('signature');
  });

  it('a section before the real one takes nothing away from it', async () => {
    const files = baseFiles();
    const decoy = '## ACTIVATION_CHECKLIST (old)\n\n- [x] Feed the cat.\n\n## ACTIVATION_CHECKLIST';
    const { items } = await statusOf({
      ...files,
      [STUB]: files[STUB]!.replace('## ACTIVATION_CHECKLIST', decoy),
    });
    expect([items.length, items[0]!.intent, items[1]!.intent]).toEqual([8, 'other', 'main_body']);
  });

  it('a registry that contradicts the packet closes the gate', async () => {
    const word = ledger(1, 'attest', { intent: 'copy_notes', reason: 'read' });
    const files = { ...activatedFiles(), ...word };
    expect((await statusOf(files)).ready).toBe(true);
    const status = await statusOf({ ...files, [REGISTRY]: baseFiles()[REGISTRY]! });
    expect([status.ready, status.items.at(-1)!.intent]).toEqual([false, 'registry']);
  });

  it.each([
    ['lists', '- '.repeat(4000)],
    ['quotes', '>'.repeat(9000)],
  ])('%s that nobody can read close the gate, and nothing overflows', async (_, text) => {
    const { items, ready } = await statusOf({ ...activatedFiles(), [STUB]: checklist(text) });
    expect([ready, items.at(-1)!.state, items.at(-1)!.evidence[0]!.detail]).toEqual([
      false,
      'FAIL',
      'the checklist at line 43 is nested too deeply to be read',
    ]);
  });

  it('a bare CR within an item is a blank', async () => {
    const { items } = await statusOf({
      ...baseFiles(),
      [STUB]: checklist('- [ ] Obtain\rUSER_SIGNATURE\r\r.'),
    });
    expect([items[0]!.intent, items[0]!.text]).toEqual(['signature', 'Obtain\rUSER_SIGNATURE\r\r.']);
  });

  it('two statuses are none, wherever they stand', async () => {
    const status = await statusOf({
      ...activatedFiles(),
      [STUB]: baseFiles()[STUB]!.replace('## RISKS', '- STUB_STATUS: SUPERSEDED\n\n## RISKS'),
    });
    expect([status.ready, status.refusal]).toEqual([
      false,
      `${WP} must not be activated: its status is stated twice, and differs: ${STUB}:14 says "STUB (NOT READY FOR DEV)", line 39 "SUPERSEDED"`,
    ]);
  });

  it('a status is STUB and nothing more', async () => {
    const text = baseFiles()[STUB]!.replace('STUB (NOT READY FOR DEV)', 'STUB - SUPERSEDED, do not activate');
    expect((await statusOf({ ...activatedFiles(), [STUB]: text })).refusal).toContain('is superseded');
  });

  it('dependencies of every section block', async () => {
    const text = `${baseFiles()[STUB]}\n## DEPENDENCIES (more)\n\n- Depends on: WP-1-Core-v1.\n`;
    const { blockers } = await statusOf({ ...baseFiles(), [STUB]: text });
    expect(blockers.map(({ wp_id }) => wp_id)).toEqual(['WP-1-Core-v1']);
  });
});
