import { describe, expect, it } from 'vitest';
import { BOARD, baseFiles, STUB } from '../../checks/base.ts';
import { activatedFiles, ledger, PACKET, REFINED, REFINEMENT, WP } from '../../gate/demo.ts';
import { dataOf, type Given } from './input.ts';

const cardOf = async (files: Record<string, string>, given?: Given) =>
  (await dataOf(files, given)).packets.find(({ wp_id }) => wp_id === WP)!;

describe('the card of a work packet', () => {
  it('of a stub says what it is about, where it stands, and what comes next', async () => {
    const { items, ...card } = await cardOf(baseFiles());
    expect(card).toEqual({
      wp_id: WP,
      title: 'a demo.',
      stage: 'STUB',
      work: null,
      ready: false,
      stub: { file: STUB, line: 1 },
      refinement: null,
      packet: null,
      board: { file: BOARD, line: 7, state: 'STUB' },
      blockers: [],
      waived: [],
      refusal: null,
      notes: [],
      next: `just record-refinement ${WP}`,
    });
    expect(items.map(({ index, intent, word }) => [index, intent, word])).toEqual([
      [1, 'main_body', 'proven'],
      [2, 'refinement_block', 'open'],
      [3, 'signature', 'open'],
      [4, 'refinement_file', 'open'],
      [5, 'packet', 'open'],
      [6, 'copy_notes', 'open'],
      [7, 'board', 'open'],
    ]);
    expect(items[6]).toEqual({
      index: 7,
      intent: 'board',
      text: 'Move `.GOV/roles_shared/TASK_BOARD.md` entry from STUB to Ready for Dev.',
      state: 'FAIL',
      word: 'open',
      evidence: [{ kind: 'absent', file: BOARD, line: 7, detail: 'TASK_BOARD.md:7 says [STUB]' }],
      next: `bring ${BOARD} in line`,
    });
    expect(items[1]!.evidence).toEqual([
      { kind: 'absent', file: null, line: null, detail: 'nothing recorded yet' },
    ]);
  });

  it('of an activated packet has its three documents, and no work until somebody takes it up', async () => {
    const card = await cardOf(activatedFiles());
    expect([card.stub, card.refinement, card.packet].map((place) => place?.file)).toEqual([
      STUB,
      REFINEMENT,
      PACKET,
    ]);
    expect([card.stage, card.work, card.board?.state]).toEqual(['PACKET', null, 'READY_FOR_DEV']);
  });

  it.each([
    ['IN_PROGRESS', 'In Progress', 'in progress'],
    ['BLOCKED', 'Blocked', 'blocked'],
    ['VALIDATED', 'Done', 'done'],
    ['SUPERSEDED', 'Superseded (Archive)', 'superseded'],
  ])('on the board as %s its work is %s', async (state, section, work) => {
    const board = `## ${section}\n- **[${WP}]** - [${state}]\n`;
    const card = await cardOf({ ...activatedFiles(), [BOARD]: board });
    expect([card.work, card.board]).toEqual([work, { file: BOARD, line: 2, state }]);
  });

  it('whose entry has a token that nobody knows shows it as it is', async () => {
    const card = await cardOf({ ...baseFiles(), [BOARD]: `## Blocked\n- **[${WP}]** - [ODD]\n` });
    expect(card.board?.state).toBe('ODD');
  });

  it('says which other packet it waits for, and where that is written', async () => {
    const files = baseFiles();
    files[STUB] = files[STUB]!.replace('nothing that has an id.', '`WP-1-Other-v1`.');
    expect((await cardOf(files)).blockers).toEqual([
      {
        wp_id: 'WP-1-Other-v1',
        detail: 'depends on WP-1-Other-v1, which has no packet',
        file: STUB,
        line: 37,
      },
    ]);
  });

  it('says who lets a blocker pass, and until when', async () => {
    const files = baseFiles();
    files[STUB] = files[STUB]!.replace('nothing that has an id.', '`WP-1-Other-v1`.');
    const waive = ledger(1, 'waive', {
      blocker: 'WP-1-Other-v1',
      reason: 'in the code',
      until: '2026-03-31',
    });
    const { blockers, waived } = await cardOf({ ...files, ...waive });
    expect(blockers).toEqual([]);
    expect(waived).toEqual([
      {
        wp_id: 'WP-1-Other-v1',
        detail: 'waived by ilja until 2026-03-31: in the code',
        file: Object.keys(waive)[0],
        line: 1,
      },
    ]);
  });

  it('says why it is never to be activated, and names no next step then', async () => {
    const files = baseFiles();
    files[STUB] = files[STUB]!.replace('STUB (NOT READY FOR DEV)', 'SUPERSEDED');
    const card = await cardOf(files);
    expect([card.refusal, card.next]).toEqual([
      `${WP} is superseded and must not be activated: ${STUB}:14 says "SUPERSEDED"`,
      null,
    ]);
  });

  it('keeps hostile text as it is: the page escapes it', async () => {
    const files = baseFiles();
    const hostile = '<img src=x onerror=alert(1)>`$x`\u202e</script>';
    files[STUB] = files[STUB]!.replace('What: a demo.', `What: ${hostile}`);
    expect((await cardOf(files)).title).toBe(hostile);
  });
});

describe('a work packet that has neither a stub nor a packet', () => {
  const only = async (files: Record<string, string>, id: string) =>
    (await dataOf({ ...baseFiles(), ...files })).packets.find(({ wp_id }) => wp_id === id);

  it('is there when the board names it, and says so', async () => {
    const id = 'WP-1-Ghost-v1';
    const board = `## Superseded (Archive)\n- **[${id}]** - [SUPERSEDED]\n## Done\n- **[WP-1-Gone-v1]** - [VALIDATED]\n`;
    const card = await only({ [BOARD]: board }, id);
    expect([card?.stage, card?.work, card?.ready, card?.items, card?.next]).toEqual([
      'STUB',
      'superseded',
      false,
      [],
      null,
    ]);
    expect(card?.board).toEqual({ file: BOARD, line: 2, state: 'SUPERSEDED' });
    expect(card?.notes).toEqual([
      'it has neither a stub nor a packet under .GOV: only the Task Board names it',
    ]);
    expect((await only({ [BOARD]: board }, 'WP-1-Gone-v1'))?.work).toBe('done');
  });

  it('in the backlog has no work behind it', async () => {
    const board = '## Stub Backlog\n- **[WP-1-Ghost-v1]** - [STUB]\n';
    expect((await only({ [BOARD]: board }, 'WP-1-Ghost-v1'))?.work).toBe(null);
  });

  it('is there when it has a refinement', async () => {
    const path = '.GOV/refinements/WP-1-Alone-v1.md';
    const card = await only({ [path]: REFINED.replaceAll(WP, 'WP-1-Alone-v1') }, 'WP-1-Alone-v1');
    expect([card?.stage, card?.refinement, card?.notes]).toEqual([
      'REFINEMENT',
      { file: path, line: 1 },
      ['it has neither a stub nor a packet under .GOV: only its refinement names it'],
    ]);
  });

  it('stands in the order of the ids with the others', async () => {
    const board = '## Stub Backlog\n- **[WP-1-A-v1]** - [STUB]\n- **[WP-1-Z-v1]** - [STUB]\n';
    const { packets } = await dataOf({ ...baseFiles(), [BOARD]: board });
    expect(packets.map(({ wp_id }) => wp_id)).toEqual(['WP-1-A-v1', WP, 'WP-1-Z-v1']);
  });
});
