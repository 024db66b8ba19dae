import { describe, expect, it } from 'vitest';
import { TreeError, UsageError } from '../../tools/findings/index.ts';
import { stateWord, unknownGround, wpStatus } from '../../tools/gate/index.ts';
import { treeOf } from '../artifacts/memory.ts';
import { baseFiles, baseSpec, REGISTRY, STUB } from '../checks/base.ts';
import {
  AUDIT,
  activatedFiles,
  audit,
  demoGround,
  dossierOf,
  EVENTS,
  GATES,
  gates,
  hashIn,
  itemOf,
  ledger,
  PACKET,
  REFINED,
  REFINEMENT,
  statusOf,
  WP,
  word,
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

  it("upstream's typed records attest; what shows in the documents is proven", async () => {
    const status = await statusOf(activatedFiles());
    expect(status.items.map((item) => [item.intent, stateWord(item)])).toEqual([
      ['main_body', 'proven'],
      ['refinement_block', 'attested'],
      ['signature', 'attested'],
      ['refinement_file', 'proven'],
      ['packet', 'proven'],
      ['copy_notes', 'needs you'],
      ['board', 'proven'],
    ]);
    expect([status.stage, status.ready, status.next]).toEqual([
      'PACKET',
      false,
      `just attest ${WP} 6 --reason {reason}`,
    ]);
    const attested = status.items.filter(({ state }) => state === 'ATTESTED');
    for (const { evidence } of attested) {
      expect(evidence.some(({ detail }) => detail.includes('could have been typed by anyone'))).toBe(true);
    }
  });

  it("a human's recorded word settles what only a human can: the gate is open", async () => {
    const files = activatedFiles();
    const read = await word(files, 'attest', 'copy_notes', { data: { reason: 'read them all' } });
    const status = await statusOf({ ...files, ...read });
    expect([status.stage, status.ready, status.next]).toEqual(['READY', true, null]);
    expect(status.items[5]!.evidence[0]!.detail).toBe(
      'attested by ilja (Operator) at 2026-02-24T04:00:00Z: read them all; could have been typed by anyone',
    );
  });

  it('nobody can attest what has not happened', async () => {
    const trust = await word(baseFiles(), 'attest', 'signature');
    expect((await words({ ...baseFiles(), ...trust }))[2]).toBe('open');
  });

  it.each([
    ['STUB', 'nothing', {}, `just record-refinement ${WP}`],
    [
      'REFINEMENT',
      'a refinement that waits for its approval',
      { [REFINEMENT]: REFINED.replace('APPROVED', 'PENDING') },
      `just approve-refinement ${WP}`,
    ],
    [
      'REFINEMENT',
      'a refinement that is not complete',
      { [REFINEMENT]: REFINED.replace('APPROVED', 'PENDING').replace('NEEDED: NO', 'NEEDED: <YES or NO>') },
      `just approve-refinement ${WP}`,
    ],
    [
      'APPROVAL',
      'an approval',
      { [REFINEMENT]: REFINED, [GATES]: gates(EVENTS.slice(0, 1)) },
      `just record-signature ${WP} {username}{DDMMYYYYHHMM}`,
    ],
    ['PREPARE', 'a preparation', { [REFINEMENT]: REFINED }, `just create-task-packet ${WP}`],
    [
      'SIGNATURE',
      'a preparation before the signature, which moves nothing',
      {
        [REFINEMENT]: REFINED,
        [GATES]: gates([...EVENTS.slice(0, 2), { ...EVENTS[2]!, timestamp: '2026-02-24T02:00:00Z' }]),
      },
      `just record-prepare ${WP}`,
    ],
    [
      'STUB',
      'a preparation that stands alone',
      { [GATES]: gates([{ type: 'PREPARE', timestamp: '2026-02-24T02:00:00Z' }]) },
      `just record-refinement ${WP}`,
    ],
  ] as const)('stage %s with %s', async (stage, _what, change, next) => {
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
      'refinement_file PASS',
      'packet PASS',
      'board PASS',
      'registry PASS',
    ]);
  });

  it.each([
    ['actor', {}, { actor: '' }],
    ['role', {}, { role: undefined }],
    ['time', {}, { time: 'yesterday' }],
    ['reason', { reason: ' ' }, {}],
    ['subject', { subject: undefined }, {}],
  ])('a word without its %s settles nothing', async (_, data, change) => {
    const files = activatedFiles();
    const read = await word(files, 'attest', 'copy_notes', { data, entry: change });
    expect((await words({ ...files, ...read }))[5]).toBe('needs you');
  });

  it("a Validator's word settles it too, and a Coder's claim is only shown", async () => {
    const files = activatedFiles();
    const confirmed = await itemOf(
      { ...files, ...(await word(files, 'confirm', 'copy_notes')) },
      'copy_notes',
    );
    expect([stateWord(confirmed), confirmed.evidence[0]!.detail]).toEqual([
      'attested',
      'confirmed by ilja (Validator) at 2026-02-24T04:00:00Z: read; could have been typed by anyone',
    ]);
    const claimed = await itemOf({ ...files, ...(await word(files, 'claim', 'copy_notes')) }, 'copy_notes');
    expect([stateWord(claimed), claimed.evidence[0]!.detail]).toEqual([
      'needs you',
      'claimed by ilja (Coder) at 2026-02-24T04:00:00Z: read; a claim settles nothing until a Validator or the Operator says so',
    ]);
  });

  it('a word counts for what it was said of: a packet that changed since asks for another', async () => {
    const files = activatedFiles();
    const read = await word(files, 'attest', 'copy_notes');
    const changed = { ...files, [PACKET]: files[PACKET]!.replace('src/demo.ts', 'src/other.ts') };
    const item = await itemOf({ ...changed, ...read }, 'copy_notes');
    expect([stateWord(item), item.evidence[0]!.detail]).toEqual([
      'needs you',
      'attested by ilja (Operator) at 2026-02-24T04:00:00Z: read; what it was said of has changed since',
    ]);
  });

  it.each([
    ['signature', { [AUDIT]: audit() }],
    ['refinement_file', { [REFINEMENT]: REFINED.replace('APPROVED', 'PENDING') }],
    ['packet', { [GATES]: gates(EVENTS.slice(0, 2)) }],
    ['refinement_block', { [REFINEMENT]: REFINED.replace(/- USER_APPROVAL.*\n/, '') }],
  ] as const)('no word of anybody stands for %s', async (intent, change) => {
    const files = { ...activatedFiles(), ...change };
    const { items } = await statusOf({ ...files, ...(await word(files, 'attest', intent)) });
    expect(items.find((item) => item.intent === intent)!.state).toBe('NEEDS_HUMAN');
  });

  it('a ledger of which an entry was taken away settles nothing, and says so', async () => {
    const files = activatedFiles();
    const first = await word(files, 'claim', 'copy_notes');
    const second = await word(files, 'attest', 'copy_notes', { seq: 2, entry: { parents: [hashIn(first)] } });
    expect((await statusOf({ ...files, ...first, ...second })).ready).toBe(true);
    const status = await statusOf({ ...files, ...second });
    expect([status.ready, status.notes]).toEqual([
      false,
      [
        `what the ledger says does not count: ${Object.keys(second)[0]}: Unexpected parent ${hashIn(first).slice(0, 12)}, expected an entry of ${WP}: there is none, or it was taken away`,
      ],
    ]);
  });

  it.each([
    [
      'nothing at all is known of the repository',
      unknownGround(0),
      {
        refinement_file: `cannot prove that ${REFINEMENT} is committed: this is no repository of its own`,
        packet: 'cannot prove its branch and worktree: this is no repository of its own',
      },
    ],
    [
      'the branch is gone',
      demoGround({ branches: new Set(['main']) }),
      { packet: `its branch feat/${WP} is not here` },
    ],
    [
      'the worktree is gone',
      demoGround({ worktrees: [] }),
      { packet: `no worktree has its branch feat/${WP}` },
    ],
    [
      'nothing is committed',
      demoGround({ committed: () => 'absent' }),
      {
        refinement_file: `${REFINEMENT}: not committed yet`,
        packet: `${PACKET}: not committed yet`,
      },
    ],
    [
      'what is committed says something else',
      demoGround({ committed: () => 'differs' }),
      {
        refinement_file: `${REFINEMENT}: it differs from what is committed`,
        packet: `${PACKET}: it differs from what is committed`,
      },
    ],
  ])('what the repository does not show is not proven: %s', async (_, ground, expected) => {
    const files = activatedFiles();
    const status = await statusOf({ ...files, ...(await word(files, 'attest', 'copy_notes')) }, ground);
    const open = status.items.filter(({ state }) => state !== 'PASS' && state !== 'ATTESTED');
    expect([
      status.ready,
      Object.fromEntries(open.map(({ intent, evidence }) => [intent, evidence[0]!.detail])),
    ]).toEqual([false, expected]);
  });

  it('what other branches have, and what a shallow clone cannot show, is noted', async () => {
    const what = (
      await treeOf({ ...activatedFiles(), ...(await word(activatedFiles(), 'claim', 'copy_notes')) })
    ).ledger[0]!;
    const ground = demoGround({
      entries: [{ where: 'refs/heads/feat/x', what }],
      incomplete: 'this clone is shallow (git fetch --unshallow)',
    });
    expect((await statusOf(activatedFiles(), ground)).notes).toEqual([
      'refs/heads/feat/x has claim of 2026-02-24T04:00:00Z, which is not here',
      'not everything can be proven here: this clone is shallow (git fetch --unshallow)',
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

  /** All items settled, and one dependency that is not. */
  async function blocked(): Promise<Record<string, string>> {
    const settled = activatedFiles();
    const files = { ...settled, [STUB]: settled[STUB]!.replace('nothing that has an id.', 'WP-1-Core-v1.') };
    return { ...files, ...(await word(files, 'attest', 'copy_notes')) };
  }

  it('a blocker closes a gate whose items are all settled', async () => {
    const status = await statusOf(await blocked());
    expect([status.ready, status.stage, status.next]).toEqual([
      false,
      'PACKET',
      `just waive ${WP} WP-1-Core-v1 --reason {reason} --until {YYYY-MM-DD}`,
    ]);
  });

  it('a waiver opens it to the end of its last day, by the clock of the zone, and is shown', async () => {
    const files = await blocked();
    const [head] = (await dossierOf(files)).fold.heads;
    const waiver = ledger(
      2,
      'waive',
      { blocker: 'WP-1-Core-v1', reason: 'only types of it are used', until: '2026-03-01' },
      { parents: [head!.hash] },
    );
    const at = async (now: string, timeZone: string) =>
      statusOf({ ...files, ...waiver }, demoGround({ now: Date.parse(now), timeZone }));
    const open = await at('2026-03-01T23:59:59Z', 'UTC');
    expect([open.ready, open.blockers, open.waived]).toEqual([
      true,
      [],
      [
        {
          wp_id: 'WP-1-Core-v1',
          detail: 'waived by ilja until 2026-03-01: only types of it are used',
          file: Object.keys(waiver)[0],
          line: 1,
        },
      ],
    ]);
    expect((await at('2026-03-02T00:00:00Z', 'UTC')).ready).toBe(false);
    // In Auckland the day is over while it goes on in Greenwich; in Los Angeles it has hardly begun.
    expect((await at('2026-03-01T12:00:00Z', 'Pacific/Auckland')).ready).toBe(false);
    expect((await at('2026-03-02T07:00:00Z', 'America/Los_Angeles')).ready).toBe(true);
    const over = await at('2026-03-02T00:00:00Z', 'UTC');
    expect(over.blockers).toEqual([
      {
        wp_id: 'WP-1-Core-v1',
        detail: 'depends on WP-1-Core-v1, which has no packet; the waiver of ilja ended with 2026-03-01',
        file: STUB,
        line: 37,
      },
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
    const settled = activatedFiles();
    const files = { ...settled, ...(await word(settled, 'attest', 'copy_notes')) };
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
