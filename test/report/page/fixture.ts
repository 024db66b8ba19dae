import type { CardItem, GovernanceData, PacketCard } from '../../../tools/report/data/governance.ts';
import type { PageData, Sources } from '../../../tools/report/data/page.ts';
import type { TracedClause, TraceReport } from '../../../tools/trace/index.ts';

/** Text that is markup, a script and an attribute at once, if it is ever taken for anything but text. */
export const HOSTILE = `"><img src=x onerror="document.title='owned'"></script><script>document.title='owned'</script>`;

const SPEC = '.GOV/spec/Handshake_Master_Spec_v02.137.md';
const stubOf = (wp_id: string) => `.GOV/task_packets/stubs/${wp_id}.md`;

const ITEMS: [string, string][] = [
  ['main_body', 'Confirm the requirement exists in Master Spec Main Body (not just Roadmap).'],
  ['refinement_block', 'Produce the in-chat Technical Refinement Block.'],
  ['signature', 'Obtain USER_SIGNATURE for the WP.'],
  ['refinement_file', 'Create the refinement file.'],
  ['packet', 'Create the official task packet.'],
  ['copy_notes', 'Copy relevant scope and acceptance notes from this stub.'],
  ['board', 'Move the task board entry out of STUB.'],
];

const STATE_OF: Record<string, CardItem['state']> = {
  proven: 'PASS',
  attested: 'ATTESTED',
  'needs you': 'NEEDS_HUMAN',
  open: 'FAIL',
  failed: 'FAIL',
  'not needed': 'NOT_APPLICABLE',
};

function card(
  name: string,
  stage: PacketCard['stage'],
  words: readonly string[],
  more: Partial<PacketCard> = {},
): PacketCard {
  const wp_id = `WP-1-${name}-v1`;
  return {
    wp_id,
    title: `What ${name.replaceAll('-', ' ').toLowerCase()} is about, said in one line`,
    stage,
    work: null,
    ready: stage === 'READY',
    stub: { file: stubOf(wp_id), line: 1 },
    refinement: null,
    packet: null,
    board: { file: '.GOV/roles_shared/TASK_BOARD.md', line: 31, state: 'STUB' },
    items: ITEMS.map(([intent, text], at) => {
      const word = words[at] ?? 'open';
      return {
        index: at + 1,
        intent,
        text,
        state: STATE_OF[word]!,
        word,
        evidence:
          word === 'open'
            ? [{ kind: 'absent', file: null, line: null, detail: 'nothing recorded yet' }]
            : [{ kind: 'spec', file: SPEC, line: 812, detail: '5 anchors, all UNIQUE in v02.137' }],
        next: word === 'proven' ? null : `just record-refinement ${wp_id}`,
      };
    }),
    blockers: [],
    waived: [],
    refusal: null,
    notes: [],
    next: stage === 'READY' ? null : `just record-refinement ${wp_id}`,
    ...more,
  };
}

const ALL = ITEMS.map(() => 'proven');

/** Packets in every stage, findings of three severities, anchors and pins of every kind. */
export const governance: GovernanceData = {
  documents: { stub: 6, refinement: 4, packet: 3 },
  packets: [
    card('Spawn-Contract', 'READY', ALL, { packet: { file: '.GOV/task_packets/a.md', line: 1 } }),
    card('Spans', 'STUB', ['proven', 'open', 'open'], {
      blockers: [
        {
          wp_id: 'WP-1-Scheduler-v1',
          detail: 'depends on it, and it has no packet',
          file: stubOf('WP-1-Spans-v1'),
          line: 14,
        },
      ],
    }),
    card('Scheduler', 'REFINEMENT', ['needs you', 'proven', 'open']),
    card('Approval', 'APPROVAL', ['proven', 'attested', 'open']),
    card('Signing', 'SIGNATURE', ['proven', 'attested', 'proven', 'failed']),
    card('Prepared', 'PREPARE', ['proven', 'proven', 'proven', 'proven', 'open'], {
      waived: [
        { wp_id: 'WP-1-Spans-v1', detail: 'waived by the Operator', file: '.GOV/ledger/w.json', line: 1 },
      ],
      notes: ['what the ledger says does not count: its heads compete'],
    }),
    card('Written', 'PACKET', ['proven', 'proven', 'proven', 'proven', 'proven', 'not needed', 'failed']),
    card('Working', 'READY', ALL, { work: 'in progress' }),
    card('Finished', 'READY', ALL, { work: 'done' }),
    card('Old', 'PACKET', ALL, { work: 'superseded', ready: false, refusal: 'its stub is superseded' }),
    card('Twice', 'APPROVAL', ['proven', 'attested', 'failed'], {
      refusal: 'WP-1-Twice-v1 must not be activated: it was activated as WP-1-Twice-v2',
    }),
    card('Hostile', 'STUB', [], { title: HOSTILE, notes: [HOSTILE], next: `echo '${HOSTILE}'` }),
  ],
  rules: [
    {
      rule: 'anchor/title-mismatch',
      summary: 'An anchor names the title that its section has.',
      severity: 'error',
      findings: [
        {
          message:
            'Unexpected title "Workspace Rules" for 4.3.9.17, expected "Workspace Safety Boundaries for Parallel Sessions"',
          file: stubOf('WP-1-Spawn-Contract-v1'),
          line: 26,
          column: 5,
          endLine: 26,
        },
        { message: HOSTILE, file: `.GOV/${HOSTILE}.md`, line: 2, column: 1, endLine: 2 },
      ],
    },
    {
      rule: 'checklist/item-missing',
      summary: 'A checklist asks for everything that activation needs.',
      severity: 'warning',
      findings: Array.from({ length: 240 }, (_, at) => ({
        message: `Unexpected end of the checklist after ${at} items, expected an item about copying scope and acceptance notes`,
        file: stubOf('WP-1-Spans-v1'),
        line: at + 1,
        column: 1,
        endLine: at + 1,
      })),
    },
    {
      rule: 'text/bom',
      summary: 'A text begins with its text.',
      severity: 'info',
      findings: [
        {
          message: 'Unexpected byte order mark, expected text',
          file: '.GOV/roles_shared/TASK_BOARD.md',
          line: 1,
          column: 1,
          endLine: 1,
        },
      ],
    },
  ],
  baselined: 3,
  anchors: (
    [
      ['UNIQUE', []],
      ['UNIQUE', ['STALE_VERSION']],
      ['TITLE_MISMATCH', []],
      ['UNRESOLVED', []],
      ['IN_TEMPLATE_FENCE', ['TIE_BROKEN_BY_PLACE']],
    ] as [string, string[]][]
  ).map(([status, flags], at) => ({
    query: `Handshake_Master_Spec_v02.137.md 4.3.9.${at + 12} Session Spawn Contract`,
    wp_id: at === 3 ? null : 'WP-1-Spawn-Contract-v1',
    status,
    flags,
    file: stubOf('WP-1-Spawn-Contract-v1'),
    line: 20 + at,
    section:
      status === 'UNRESOLVED'
        ? null
        : {
            number: `4.3.9.${at + 12}`,
            title: 'Session Spawn Contract',
            file: SPEC,
            line: 800 + at,
            authority: 'main_body',
          },
    reasons: status === 'UNIQUE' ? [] : ['it stands under 7.5, not where its number says'],
  })),
  drift: (['MOVED', 'CHANGED', 'RENUMBERED', 'GONE', 'UNPROVABLE'] as const).map((fate, at) => ({
    wp_id: 'WP-1-Spawn-Contract-v1',
    anchor: `4.3.9.${at + 12}`,
    pinned: 'v02.136',
    fate,
    detail: 'one line of it says otherwise',
    file: '.GOV/refinements/WP-1-Spawn-Contract-v1.md',
    line: 40 + at,
    to: fate === 'GONE' ? null : { file: SPEC, line: 805 },
  })),
};

function clause(id: string, state: TracedClause['state'], more: Partial<TracedClause> = {}): TracedClause {
  return {
    id,
    family: id.includes('/AC-') ? 'AC' : id.replace(/-[A-Z]*-?\d+$/, ''),
    text: 'A session MUST NOT have more live children than its cap, however they were asked for.',
    file: SPEC,
    line: 812,
    endLine: 814,
    section: id.includes('/AC-') ? null : '4.3.9.15',
    fingerprint: 'sha256:9be1c0ffee00',
    state,
    because: state === 'untraced' ? 'no test names it' : '2 tests name it',
    stubs: [{ wp_id: 'WP-1-Spawn-Contract-v1', file: stubOf('WP-1-Spawn-Contract-v1'), line: 26 }],
    refinements: [],
    packets: [],
    code: state === 'untraced' ? [] : [{ file: 'tools/kernel/spawn.ts', line: 40 }],
    tests:
      state === 'untraced'
        ? []
        : [
            {
              name: `${id}: the fifth child at cap four is rejected`,
              file: 'test/kernel/spawn.test.ts',
              line: 12,
              result: state === 'failing' ? 'failed' : state === 'covered' ? 'absent' : 'passed',
            },
          ],
    ...more,
  };
}

export const trace: TraceReport = {
  schema: 'govkit.trace@1',
  looked: { code: 40, tests: 12 },
  notes: [],
  spec: { file: SPEC, version: 'v02.137', sha256: 'a'.repeat(64) },
  clauses: [
    clause('INV-SPAWN-001', 'verified'),
    clause('INV-SPAWN-002', 'failing'),
    clause('INV-SESS-001', 'suspect'),
    clause('TRUST-001', 'covered'),
    clause('INV-WS-001', 'out_of_scope', { because: 'work spaces are made by the operator' }),
    clause('FR-EVT-SESS-001', 'untraced', { stubs: [], text: HOSTILE }),
    clause('WP-1-Spawn-Contract-v1/AC-1', 'verified'),
  ],
  orphans: [
    { id: 'INV-SPWAN-001', in: 'test', file: 'test/kernel/spawn.test.ts', line: 9, nearest: 'INV-SPAWN-001' },
    { id: 'INV-NONE-001', in: 'code', file: 'tools/kernel/spawn.ts', line: 3 },
  ],
  results: [{ file: 'coverage/results.json', passed: 12, failed: 1, skipped: 0 }],
  counts: { verified: 2, failing: 1, suspect: 1, covered: 1, untraced: 1, out_of_scope: 1 },
  required: [
    { pattern: 'INV-SPAWN-*', clauses: 2, unmet: ['INV-SPAWN-002'] },
    { pattern: 'TRUST-*', clauses: 0, unmet: [] },
  ],
};

export const page: PageData = {
  schema: 'govkit.report@1',
  version: '0.1.0',
  repository: 'handshake',
  spec: { file: SPEC, version: 'v02.137', sha256: '04caffa2'.repeat(8), sections: 214 },
  governance,
  trace,
  sessions: null,
  link: 'https://example.org/blob/main/{file}#L{line}',
};

export const sources: Sources = {
  [stubOf('WP-1-Spawn-Contract-v1')]: {
    lines: 90,
    pieces: [
      { from: 1, text: ['# Work Packet Stub: WP-1-Spawn-Contract-v1', '', '## STUB_METADATA'] },
      {
        from: 18,
        text: Array.from(
          { length: 16 },
          (_, at) => `- SPEC_ANCHOR ${18 + at}: 4.3.9.${at} ${'a word '.repeat(at)}`,
        ),
      },
    ],
  },
  [SPEC]: {
    lines: 2000,
    pieces: [{ from: 790, text: Array.from({ length: 40 }, (_, at) => `line ${790 + at} of the spec`) }],
  },
  [`.GOV/${HOSTILE}.md`]: { lines: 3, pieces: [{ from: 1, text: [HOSTILE, HOSTILE, HOSTILE] }] },
};
