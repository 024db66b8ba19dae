import { describe, expect, it } from 'vitest';
import { notesOf, stateWord, type WpItem } from '../../tools/gate/index.ts';
import { sha256 } from '../../tools/text/index.ts';
import { treeOf } from '../artifacts/memory.ts';
import { BOARD, baseFiles, REGISTRY, STUB } from '../checks/base.ts';
import {
  AUDIT,
  activatedFiles,
  audit,
  EVENTS,
  GATES,
  gates,
  itemOf,
  ledger,
  PACKED,
  PACKET,
  REFINED,
  REFINEMENT,
  ROW,
  SIGNATURE,
  WP,
} from './demo.ts';

type Case = readonly [name: string, change: Record<string, string>, word: string, detail: string];

/** One row a case: what is changed in an activated tree, how the item then stands, and what is said first. */
function cases(intent: WpItem['intent'], rows: readonly Case[]): void {
  describe(intent, () => {
    it.each(rows)('%s', async (_, change, word, detail) => {
      const item = await itemOf({ ...activatedFiles(), ...change }, intent);
      expect([stateWord(item), item.evidence[0]!.detail]).toEqual([word, detail]);
    });
  });
}

const stub = (from: string, to: string): Record<string, string> => ({
  [STUB]: baseFiles()[STUB]!.replace(from, to),
});
const anchors = (...lines: string[]): Record<string, string> =>
  stub(
    '  - Demo_Spec_v02.137.md 1.1.1 Session Model (Normative)\n',
    lines.map((line) => `  - ${line}\n`).join(''),
  );

cases('main_body', [
  ['every anchor UNIQUE', {}, 'proven', '1 anchor, all UNIQUE in v02.137'],
  [
    'one in a template fence',
    anchors('1.1.1 Session Model', '1.1.4 Pasted Rule'),
    'needs you',
    '1 of 2 anchors UNIQUE in v02.137',
  ],
  ['only the roadmap', anchors('7.6.1 Phases'), 'failed', '0 of 1 anchor UNIQUE in v02.137'],
  ['one that is gone', anchors('9.9.9 Gone'), 'failed', '0 of 1 anchor UNIQUE in v02.137'],
  ['one gone, one there', anchors('9.9.9 Gone', '1.1.1'), 'needs you', '1 of 2 anchors UNIQUE in v02.137'],
  ['none', anchors(), 'open', 'no anchor is named'],
]);

cases('refinement_block', [
  [
    'approved in so many words',
    {},
    'attested',
    'recorded 2026-02-24T02:06:42Z; could have been typed by anyone',
  ],
  [
    'the wrong work packet approved',
    {
      [REFINEMENT]: REFINED.replace('APPROVE REFINEMENT WP-1-Demo-v1', 'APPROVE REFINEMENT WP-1-Other-v1'),
      [GATES]: gates([]),
    },
    'needs you',
    '"APPROVE REFINEMENT WP-1-Other-v1", expected "APPROVE REFINEMENT WP-1-Demo-v1"',
  ],
  [
    'an approval line that was deleted (5.1 #9)',
    { [REFINEMENT]: REFINED.replace(/- USER_APPROVAL.*\n/, ''), [GATES]: gates([]) },
    'needs you',
    'nobody recorded that the block was shown and approved',
  ],
  [
    'an entry of the ledger',
    ledger(1, 'approve', {}),
    'attested',
    'approved by ilja at 2026-02-24T04:00:00Z',
  ],
]);

cases('signature', [
  ['the same everywhere', {}, 'attested', `${SIGNATURE}; could have been typed by anyone`],
  ['not in the audit', { [AUDIT]: audit() }, 'needs you', 'not in the signature audit'],
  ['not in the gate log', { [GATES]: gates([]) }, 'needs you', 'not in the gate log'],
  [
    'a time that does not exist (5.1 #2)',
    {
      [GATES]: gates([{ ...EVENTS[1]!, signature: 'ilja999999999999' }]),
      [REFINEMENT]: REFINED.replace(SIGNATURE, 'ilja999999999999'),
      [PACKET]: PACKED.replace(SIGNATURE, 'ilja999999999999'),
      [AUDIT]: audit(ROW.replace(SIGNATURE, 'ilja999999999999')),
    },
    'failed',
    'ilja999999999999 is no {username}{DDMMYYYYHHMM} of a real time',
  ],
  [
    'another in the packet',
    { [PACKET]: PACKED.replace(SIGNATURE, 'ilja240220260347') },
    'failed',
    `2 different signatures: ${SIGNATURE}, ilja240220260347`,
  ],
  ['two rows', { [AUDIT]: audit(ROW, ROW) }, 'failed', `${SIGNATURE} has 2 rows in the audit`],
  [
    'used by another refinement (5.1 #11)',
    { '.GOV/refinements/WP-1-Other-v1.md': REFINED },
    'failed',
    `${SIGNATURE} is used elsewhere too`,
  ],
  [
    'prose in the audit is no row (5.1 #8)',
    { [AUDIT]: `Use \`| ${SIGNATURE} |\` as an example.\n\n${audit()}` },
    'needs you',
    'not in the signature audit',
  ],
]);

cases('refinement_file', [
  ['complete', {}, 'attested', 'approved and signed; could have been typed by anyone'],
  [
    'pending',
    { [REFINEMENT]: REFINED.replace('APPROVED', 'PENDING') },
    'needs you',
    'USER_REVIEW_STATUS is "PENDING"',
  ],
  ['unsigned', { [REFINEMENT]: REFINED.replace(SIGNATURE, '<pending>') }, 'needs you', 'it is not signed'],
  [
    'enriching',
    { [REFINEMENT]: REFINED.replace('NEEDED: NO', 'NEEDED: YES') },
    'failed',
    'ENRICHMENT_NEEDED is "YES"',
  ],
  [
    'of another',
    { [REFINEMENT]: REFINED.replace(`WP_ID: ${WP}`, 'WP_ID: WP-1-X-v1') },
    'failed',
    'WP_ID is "WP-1-X-v1"',
  ],
  ['without anchors', { [REFINEMENT]: REFINED.replace('#### ANCHOR 1\n', '') }, 'failed', 'it has no anchor'],
]);

cases('packet', [
  ['prepared and there', {}, 'attested', 'exists, its ids agree'],
  ['never prepared', { [GATES]: gates([]) }, 'needs you', 'exists'],
  [
    'of another',
    { [PACKET]: PACKED.replace(`# Task Packet: ${WP}`, '# Task Packet: X') },
    'failed',
    `the title is "X", expected "${WP}"`,
  ],
  [
    'as the ledger has it',
    ledger(1, 'create', { packet_sha256: sha256(PACKED) }),
    'attested',
    'as it was created',
  ],
  ['changed since', ledger(1, 'create', { packet_sha256: 'x' }), 'attested', 'changed since it was created'],
]);

cases('board', [
  ['ready for dev', {}, 'proven', 'TASK_BOARD.md:2 says [READY_FOR_DEV]'],
  [
    'bare under Ready for Dev',
    { [BOARD]: `## Ready for Dev\n- **[${WP}]**\n` },
    'proven',
    'TASK_BOARD.md:2 says the section "Ready for Dev"',
  ],
  [
    'two entries',
    { [BOARD]: `- **[${WP}]** - [STUB]\n- **[${WP}]** - [VALIDATED]\n` },
    'failed',
    '2 entries, expected one',
  ],
  [
    'superseded',
    { [BOARD]: `- **[${WP}]** - [SUPERSEDED]\n` },
    'failed',
    'TASK_BOARD.md:1 says [SUPERSEDED]',
  ],
  [
    'among the stubs',
    { [BOARD]: `## Stub Backlog\n- **[${WP}]** - [READY_FOR_DEV]\n` },
    'failed',
    'TASK_BOARD.md:2 says [READY_FOR_DEV]',
  ],
  ['no entry', { [BOARD]: '# Board\n' }, 'open', 'TASK_BOARD.md has no entry for it'],
]);

describe('registry', () => {
  const asking = stub(
    '- [ ] Obtain',
    '- [ ] Update `.GOV/roles_shared/WP_TRACEABILITY_REGISTRY.md`.\n- [ ] Obtain',
  );
  const base = baseFiles()[REGISTRY]!;

  it.each([
    ['the packet', activatedFiles()[REGISTRY]!, 'proven', `it names ${PACKET}`],
    [
      'another packet',
      base.replace(STUB, '.GOV/task_packets/WP-1-Demo-v2.md'),
      'failed',
      'it names .GOV/task_packets/WP-1-Demo-v2.md',
    ],
    ['no row', '# R\n', 'open', 'no row for WP-1-Demo'],
    ['two rows', `${base}| WP-1-Demo | x | y | z |\n`, 'failed', '2 rows for WP-1-Demo, expected one'],
  ])('%s', async (_, registry, word, detail) => {
    const item = await itemOf({ ...activatedFiles(), ...asking, [REGISTRY]: registry }, 'registry');
    expect([stateWord(item), item.evidence[0]!.detail]).toEqual([word, detail]);
  });

  it('before the packet the row names the stub', async () => {
    const item = await itemOf({ ...baseFiles(), ...asking }, 'registry');
    expect([stateWord(item), item.evidence[0]!.detail]).toEqual(['open', 'it still names the stub']);
  });
});

describe('copy_notes', () => {
  it('every bullet mapped or dropped, in the ledger', async () => {
    const notes = notesOf((await treeOf(baseFiles())).stubs[0]!);
    const map = Object.fromEntries(notes.map(({ id }) => [id, 'DROPPED: covered']));
    const all = await itemOf({ ...activatedFiles(), ...ledger(1, 'create', { notes: map }) }, 'copy_notes');
    expect([stateWord(all), all.evidence[0]!.detail]).toEqual(['attested', '3 of 3 bullets mapped']);
    delete map[notes[0]!.id];
    const some = await itemOf({ ...activatedFiles(), ...ledger(1, 'create', { notes: map }) }, 'copy_notes');
    expect([stateWord(some), some.evidence[0]!.detail]).toEqual(['needs you', '2 of 3 bullets mapped']);
  });
});
