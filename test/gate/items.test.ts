import { describe, expect, it } from 'vitest';
import { lastOf, signatureUses } from '../../tools/artifacts/index.ts';
import { type SshVerdict, stateWord, type WpItem } from '../../tools/gate/index.ts';
import { treeOf } from '../artifacts/memory.ts';
import { BOARD, baseFiles, REGISTRY, STUB } from '../checks/base.ts';
import {
  ANCHOR,
  AUDIT,
  activatedFiles,
  audit,
  demoGround,
  dossierOf,
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
  statusOf,
  WP,
} from './demo.ts';
import { SIGNED, stubFiles, taken } from './steps/taken.ts';

type Case = readonly [name: string, change: Record<string, string>, word: string, detail: string];

const SIGN_DATA = { signature: SIGNATURE, time_zone: 'UTC', digest: '0'.repeat(64), parts: {} };

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
  [
    "used in another work packet's ledger",
    ledger(1, 'sign', SIGN_DATA, { wp_id: 'WP-1-Other-v1' }),
    'failed',
    `${SIGNATURE} is used elsewhere too`,
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
  ['complete', {}, 'proven', '1 anchor: 2 of 2 lines quoted, each as it stands in v02.137'],
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
  [
    'not filled in',
    { [REFINEMENT]: REFINED.replace('REASON: section 1.1.1 says it', 'REASON: <fill>') },
    'failed',
    '<fill> is not filled in',
  ],
  [
    'a box that is not ticked',
    { [REFINEMENT]: REFINED.replace('Specific: [x]', 'Specific: [ ]') },
    'failed',
    '"Specific" is not ticked',
  ],
  [
    'a box that was deleted',
    { [REFINEMENT]: REFINED.replace('- No ambiguity: [x] PASS\n', '') },
    'failed',
    '"No ambiguity" is not ticked',
  ],
  [
    'a verdict from another section',
    {
      [REFINEMENT]: REFINED.replace('- CLEARLY_COVERS_VERDICT: PASS\n', '').replace(
        '### ENRICHMENT\n',
        '### ENRICHMENT\n- CLEARLY_COVERS_VERDICT: PASS\n',
      ),
    },
    'failed',
    'CLEARLY_COVERS_VERDICT is ""',
  ],
  [
    'a second verdict',
    { [REFINEMENT]: `${REFINED}- CLEARLY_COVERS_VERDICT: FAIL\n` },
    'failed',
    'CLEARLY_COVERS_VERDICT is "PASS" and "FAIL" (line 14 and line 31)',
  ],
  [
    'in raw HTML',
    {
      [REFINEMENT]: REFINED.replace('### ENRICHMENT\n', '<?php\n### ENRICHMENT\n').replace(
        '### SPEC_ANCHORS',
        '?>\n\n### SPEC_ANCHORS',
      ),
    },
    'failed',
    'ENRICHMENT_NEEDED is ""',
  ],
  ['without anchors', { [REFINEMENT]: REFINED.replace(ANCHOR, '') }, 'failed', 'it has no anchor'],
  [
    'G10: with the hash of other bytes, before anything else',
    { [REFINEMENT]: REFINED.replace(/SHA1: \w+/, `SHA1: ${'0'.repeat(40)}`).replace('PASS\n', 'FAIL\n') },
    'failed',
    'SPEC_HASH_MISMATCH: Demo_Spec_v02.137.md has another sha1 than 000000000000; only the spec in force was looked at',
  ],
  [
    'with what is no hash',
    { [REFINEMENT]: REFINED.replace(/SHA1: \w+/, 'SHA1: see git') },
    'failed',
    'SPEC_TARGET_SHA1 is "see git", expected 40 hexadecimal digits',
  ],
  [
    'quoting a spec that is not at hand: never proven',
    {
      [REFINEMENT]: REFINED.replaceAll('v02.137', 'v02.099').replace(/SHA1: \w+/, `SHA1: ${'0'.repeat(40)}`),
    },
    'needs you',
    'cannot prove its excerpts (SPEC_FILE_ABSENT): Demo_Spec_v02.099.md is not at hand: only the spec in force was looked at',
  ],
  [
    'G05: with an excerpt that was invented',
    { [REFINEMENT]: REFINED.replace('  A session has a state.', '  A session has a mind.') },
    'failed',
    'anchor 1: EXCERPT_MISMATCH: "A session has a mind." is not in lines 7-9 of the spec after line 7',
  ],
  [
    'with an excerpt from another place',
    { [REFINEMENT]: REFINED.replace('  A session has a state.', '  A child is bounded.') },
    'failed',
    'anchor 1: EXCERPT_MISMATCH: "A child is bounded." is not in lines 7-9 of the spec after line 7, but at line 13',
  ],
  [
    'G06: with a token that stands outside the window',
    { [REFINEMENT]: REFINED.replace('TOKEN: 1.1.1 Session Model', 'TOKEN: A child') },
    'failed',
    'anchor 1: TOKEN_OUTSIDE_WINDOW: "A child" is not in lines 7-9: the nearest is line 13',
  ],
  [
    'with a window beyond the end',
    { [REFINEMENT]: REFINED.replace('END_LINE: 9', 'END_LINE: 900') },
    'failed',
    'anchor 1: WINDOW_OUTSIDE_FILE: lines 7-900 are not in v02.137, which has 46',
  ],
]);

cases('packet', [
  ['prepared and there', {}, 'proven', 'exists, its ids agree, nothing is left open'],
  ['never prepared', { [GATES]: gates([]) }, 'needs you', 'exists'],
  [
    'of another',
    { [PACKET]: PACKED.replace(`# Task Packet: ${WP}`, '# Task Packet: X') },
    'failed',
    `the title is "X", expected "${WP}"`,
  ],
  ['of 0 bytes', { [PACKET]: '' }, 'failed', `the title "# Task Packet: ${WP}" is missing`],
  [
    'without an id',
    { [PACKET]: PACKED.replace(/- (?:TASK|WP)_ID: .*\n/g, '') },
    'failed',
    'TASK_ID or WP_ID is missing',
  ],
  [
    'without a signature',
    { [PACKET]: PACKED.replace(/- USER_SIGNATURE.*\n/, '') },
    'failed',
    'USER_SIGNATURE is missing',
  ],
  [
    'with what the template left to the Orchestrator',
    { [PACKET]: PACKED.replace('  - src/demo.ts', '  - path/to/file') },
    'failed',
    'path/to/file is not filled in',
  ],
  [
    'with what the template leaves to the Coder and the Validator',
    {
      [PACKET]:
        `${PACKED}## VALIDATION\n- **Target File**: \`path/to/file\`\n- **Start**: <line>\n  - [ ] anchors\n`.replace(
          '- WP_ID',
          '- CODER_REASONING_STRENGTH: <unclaimed> (LOW | MEDIUM)\n- WP_ID',
        ),
    },
    'proven',
    'exists, its ids agree, nothing is left open',
  ],
  [
    'prepared before it was signed',
    { [GATES]: gates([EVENTS[1]!, { ...EVENTS[2]!, timestamp: '2026-02-24T02:47:07Z' }]) },
    'failed',
    'prepared 2026-02-24T02:47:07Z, and no signature was recorded before that',
  ],
  [
    'prepared whenever (5.1 #8)',
    { [GATES]: gates([EVENTS[1]!, { ...EVENTS[2]!, timestamp: 'whenever' }]) },
    'needs you',
    'exists',
  ],
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
  [
    'in the section of another state',
    { [BOARD]: `## Superseded (Archive)\n- **[${WP}]** - [VALIDATED]\n` },
    'failed',
    'TASK_BOARD.md:2 says [VALIDATED]',
  ],
  [
    'active under Ready for Dev, as upstream writes it',
    { [BOARD]: `## Ready for Dev\n- **[${WP}]** - [ACTIVE]\n` },
    'proven',
    'TASK_BOARD.md:2 says [ACTIVE]',
  ],
  [
    'a line under Active beside it',
    { [BOARD]: `## Active\n- **[${WP}]** - [ACTIVE]\n## In Progress\n- **[${WP}]** - [IN_PROGRESS]\n` },
    'proven',
    'TASK_BOARD.md:4 says [IN_PROGRESS]',
  ],
  [
    'a line under Active beside a stub',
    { [BOARD]: `## Active\n- **[${WP}]** - [ACTIVE]\n## Stub Backlog\n- **[${WP}]** - [STUB]\n` },
    'open',
    'TASK_BOARD.md:4 says [STUB]',
  ],
  [
    'a word of Object is no state',
    { [BOARD]: `- **[${WP}]** - [constructor]\n` },
    'failed',
    'TASK_BOARD.md:1 says [constructor]',
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

describe('under the policy ssh', () => {
  it.each([
    ['signature', 'the policy is ssh, and a typed signature is bound to nothing'],
    ['refinement_block', 'the policy is ssh, and a typed approval that no signed entry follows is none'],
  ] as const)("upstream's typed %s fails", async (intent, detail) => {
    const item = await itemOf(activatedFiles(), intent, demoGround({ policy: 'ssh' }));
    expect([stateWord(item), item.evidence[0]!.detail]).toEqual(['failed', detail]);
  });

  const verdicts: readonly (readonly [string, SshVerdict | undefined, string, string])[] = [
    [
      'of a key file',
      { state: 'GOOD', signer: 'ilja', key: 'SHA256:abc', hardware: false },
      'proven',
      `${SIGNED}, signed by ilja at 2026-02-24T10:21:00Z; SSH signature of ilja with a key file (SHA256:abc)`,
    ],
    [
      'of a hardware key',
      { state: 'GOOD', signer: 'ilja', key: 'SHA256:abc', hardware: true },
      'proven',
      `${SIGNED}, signed by ilja at 2026-02-24T10:21:00Z; SSH signature of ilja with a hardware key, which somebody touched (SHA256:abc)`,
    ],
    [
      'that does not hold',
      { state: 'BAD', reason: 'ssh-keygen: Could not verify signature.' },
      'failed',
      'its SSH signature does not hold: ssh-keygen: Could not verify signature.',
    ],
    [
      'that cannot be looked at',
      { state: 'UNPROVEN', reason: 'there is no file of allowed signers' },
      'needs you',
      'cannot prove its SSH signature: there is no file of allowed signers',
    ],
    ['that is not there', undefined, 'failed', 'the policy is ssh, and it has no SSH signature'],
  ];

  it.each(verdicts)('an SSH signature %s', async (_, verdict, word, detail) => {
    const files = await taken('create');
    const signed = lastOf((await dossierOf(files)).fold, 'sign')!;
    const ssh = new Map(verdict === undefined ? [] : [[signed.hash, verdict]]);
    const item = await itemOf(files, 'signature', demoGround({ policy: 'ssh', ssh }));
    expect([stateWord(item), item.evidence[0]!.detail]).toEqual([word, detail]);
  });

  it('a bad signature is worse than none, also under the policy typed', async () => {
    const files = await taken('create');
    const signed = lastOf((await dossierOf(files)).fold, 'sign')!;
    const ssh = new Map([[signed.hash, { state: 'BAD', reason: 'why' } as const]]);
    const item = await itemOf(files, 'signature', demoGround({ ssh }));
    expect([stateWord(item), item.evidence[0]!.detail]).toEqual([
      'failed',
      'its SSH signature does not hold: why',
    ]);
  });

  it('a good one covers the approval, which it follows', async () => {
    const files = await taken('create');
    const signed = lastOf((await dossierOf(files)).fold, 'sign')!;
    const good = { state: 'GOOD', signer: 'ilja', key: 'SHA256:abc', hardware: false } as const;
    const ground = demoGround({ policy: 'ssh', ssh: new Map([[signed.hash, good]]) });
    const item = await itemOf(files, 'refinement_block', ground);
    expect([stateWord(item), item.evidence[0]!.detail]).toEqual([
      'attested',
      'approved by ilja (Operator) at 2026-02-24T10:10:30Z; the SSH signature covers it',
    ]);
    expect((await statusOf(files, ground)).ready).toBe(true);
  });
});

describe('what the ledger has', () => {
  it('of a packet that went through every step: each item, and its proof', async () => {
    const { items, ready, notes } = await statusOf(await taken('create'));
    expect([
      ready,
      notes,
      items.map((item) => [item.intent, stateWord(item), item.evidence[0]!.detail]),
    ]).toEqual([
      true,
      [],
      [
        ['main_body', 'proven', '1 anchor, all UNIQUE in v02.137'],
        [
          'refinement_block',
          'attested',
          'approved by ilja (Operator) at 2026-02-24T10:10:30Z; could have been typed by anyone',
        ],
        ['signature', 'attested', `${SIGNED}; could have been typed by anyone`],
        ['refinement_file', 'proven', '1 anchor: 2 of 2 lines quoted, each as it stands in v02.137'],
        ['packet', 'proven', 'as it was created'],
        ['copy_notes', 'proven', '3 of 3 bullets mapped'],
        ['board', 'proven', 'TASK_BOARD.md:4 says [READY_FOR_DEV]'],
      ],
    ]);
  });

  const edits: readonly (readonly [string, WpItem['intent'], string, readonly [string, string], string])[] = [
    [
      'a word of the refinement',
      'signature',
      REFINEMENT,
      ['RISK_TIER: LOW', 'RISK_TIER: HIGH'],
      'PACKET_INPUT.RISK_TIER of the refinement was changed since it was signed at 2026-02-24T10:21:00Z',
    ],
    [
      'the same word, for whoever approved it',
      'refinement_block',
      REFINEMENT,
      ['RISK_TIER: LOW', 'RISK_TIER: HIGH'],
      'PACKET_INPUT.RISK_TIER of the refinement was changed since it was approved',
    ],
    [
      'a criterion of the stub',
      'signature',
      STUB,
      ['- A session has a state.', '- A session has two states.'],
      'ACCEPTANCE_CRITERIA of the stub was changed since it was signed at 2026-02-24T10:21:00Z',
    ],
    [
      'a path of the packet',
      'packet',
      PACKET,
      ['IN_SCOPE_PATHS:\n  - src/demo.ts', 'IN_SCOPE_PATHS:\n  - src/other.ts'],
      'SCOPE.IN_SCOPE_PATHS of the packet was changed since it was created',
    ],
    [
      'a note of the packet',
      'copy_notes',
      PACKET,
      ['  - The session model.', '  - The session.'],
      '2 of 3 bullets mapped',
    ],
  ];

  it.each(edits)(
    '%s that was changed is named, and where it stands',
    async (_, intent, path, [from, to], detail) => {
      const files = await taken('create');
      expect(files[path]).toContain(from);
      const item = await itemOf({ ...files, [path]: files[path]!.replace(from, to) }, intent);
      expect([stateWord(item), item.evidence[0]!.detail]).toEqual([
        intent === 'copy_notes' ? 'needs you' : 'failed',
        detail,
      ]);
      if (intent !== 'copy_notes') expect(item.evidence[0]!.file).toBe(path);
    },
  );

  it("the Coder's status and sections are the Coder's", async () => {
    const files = await taken('create');
    const worked = files[PACKET]!.replace('Ready for Dev', 'In Progress')
      .replace('CODER_MODEL: <unclaimed>', 'CODER_MODEL: some model')
      .replace('## EVIDENCE\n', '## EVIDENCE\n- it runs\n');
    const item = await itemOf({ ...files, [PACKET]: worked }, 'packet');
    expect([stateWord(item), item.evidence[0]!.detail]).toEqual(['proven', 'as it was created']);
  });

  it.each([
    ['SIGNED', [REFINEMENT], 'signature', 'the refinement that was signed is gone'],
    ['APPROVED', [REFINEMENT], 'refinement_block', 'the refinement that was approved is gone'],
  ] as const)('%s and taken away: %s', async (_, [path], intent, detail) => {
    const { [path]: __, ...files } = await taken('create');
    const item = await itemOf(files, intent);
    expect([stateWord(item), item.evidence[0]!.detail]).toEqual(['failed', detail]);
  });

  it('branch and worktree that are gone stop the work, and prove nothing against the packet', async () => {
    const ground = demoGround({ branches: new Set(['main']), worktrees: [] });
    const item = await itemOf(await taken('create'), 'packet', ground);
    expect([stateWord(item), item.evidence.map(({ detail }) => detail)]).toEqual([
      'proven',
      [
        'as it was created',
        'created by ilja at 2026-02-24T10:40:00Z',
        `prepared at 2026-02-24T10:30:00Z: feat/${WP} in ../wt-${WP} for Coder-A`,
        `its branch feat/${WP} is not here`,
      ],
    ]);
  });

  it('a signature that another branch has for another packet is used twice', async () => {
    const files = await taken('create');
    const foreign = ledger(1, 'sign', { ...SIGN_DATA, signature: SIGNED }, { wp_id: 'WP-1-Other-v1' });
    const uses = signatureUses(await treeOf(foreign)).get(SIGNED)!;
    const ground = demoGround({ uses: uses.map((what) => ({ where: 'refs/heads/feat/x', what })) });
    const item = await itemOf(files, 'signature', ground);
    expect([stateWord(item), item.evidence[0]!.detail]).toEqual([
      'failed',
      `${SIGNED} is used elsewhere too`,
    ]);
  });
});

describe('copy_notes', () => {
  it('what was dropped is told, with who dropped it and why', async () => {
    const dropped = await taken('create', stubFiles(), (text) =>
      text.replace('172129e8a40e: CARRY (Everything else.)', '172129e8a40e: DROPPED: says nothing'),
    );
    const item = await itemOf(dropped, 'copy_notes');
    expect([stateWord(item), item.evidence.map(({ detail }) => detail)]).toEqual([
      'attested',
      ['3 of 3 bullets mapped', '"Everything else." dropped by ilja (Orchestrator): says nothing'],
    ]);
  });

  it('a bullet that the stub got later is mapped to nothing', async () => {
    const files = await taken('create');
    const later = files[STUB]!.replace('  - The session model.', '  - The session model.\n  - The queue.');
    const item = await itemOf({ ...files, [STUB]: later }, 'copy_notes');
    expect([stateWord(item), item.evidence.map(({ detail }) => detail)]).toEqual([
      'needs you',
      ['3 of 4 bullets mapped', '"The queue." is mapped to nothing'],
    ]);
  });
});
