import type { Intent } from '../../tools/artifacts/index.ts';
import { GOLDEN } from '../support/golden.ts';

/** One thing of one document that is not as the activation left it. */
export interface Corruption {
  name: string;
  path: string;
  text: string;
  /** The item that reads it. */
  intent: Intent;
  /** What the evidence has to say: the key, or the value as it is now or as it was. */
  names: readonly string[];
  /** Where, where a line is left that could be named. */
  line?: number;
}

export const PATHS = {
  refinement: `.GOV/refinements/${GOLDEN}.md`,
  packet: `.GOV/task_packets/${GOLDEN}.md`,
  stub: `.GOV/task_packets/stubs/${GOLDEN}.md`,
  gates: '.GOV/roles/orchestrator/ORCHESTRATOR_GATES.json',
  audit: '.GOV/roles_shared/SIGNATURE_AUDIT.md',
  board: '.GOV/roles_shared/TASK_BOARD.md',
  registry: '.GOV/roles_shared/WP_TRACEABILITY_REGISTRY.md',
} as const;

const OTHER = 'WP-1-Loom-MVP-v1';
const SIGNATURE = 'ilja240220260346';
const OTHERS = 'ilja220220261648';

/** A field of a document: the line that holds it, its key, its value, and values that it must not have. */
interface Subject {
  intent: Intent;
  key: string;
  line: number;
  value: string;
  /** By kind of corruption. */
  wrong: readonly (readonly [kind: string, value: string])[];
  /** The item that sees a second value, where it is another. */
  doubledIn?: Intent;
  /** Kinds that are left out: they would say the same. */
  without?: readonly Kind[];
}

type Kind = 'emptied' | 'removed' | 'doubled' | 'fenced' | 'misspelt key';

/** `x` for the character at `at`, or `y` where it is one. */
function altered(text: string, at: number): string {
  const from = text[at]!;
  const to = /\d/.test(from) ? String((Number(from) + 1) % 10) : from === 'x' ? 'y' : 'x';
  return text.slice(0, at) + to + text.slice(at + 1);
}

/** A character changed at the start, in the middle and at the end of what may not change at all. */
function everywhere(value: string, places = 4): (readonly [string, string])[] {
  const steps = Math.min(places, value.length);
  return Array.from({ length: steps }, (_, step) => {
    const at = Math.floor((step * (value.length - 1)) / Math.max(steps - 1, 1));
    return [`character ${at} changed`, altered(value, at)] as const;
  });
}

/** Text with one line replaced by others. */
function withLines(text: string, line: number, ...lines: string[]): string {
  const all = text.split('\n');
  all.splice(line - 1, 1, ...lines);
  return all.join('\n');
}

/** Every corruption of a line `- KEY: value` of a Markdown document. */
function ofField(path: string, text: string, subject: Subject): Corruption[] {
  const { intent, key, line, value, wrong, doubledIn = intent, without = [] } = subject;
  const own = text.split('\n')[line - 1]!;
  const made = (kind: string, changed: string, names: readonly string[], at?: number): Corruption => ({
    name: `${path.split('/').at(-1)}:${line} ${key}: ${kind}`,
    path,
    text: changed,
    intent,
    names,
    ...(at !== undefined && { line: at }),
  });
  const replaced = (to: string): string => own.replace(value, () => to);
  if (!own.includes(value)) throw new Error(`${path}:${line} has no ${value}`);
  const other = wrong[0]![1];
  const all: [Kind | undefined, Corruption][] = [
    ...wrong.map(([kind, to]): [undefined, Corruption] => [
      undefined,
      made(kind, withLines(text, line, replaced(to)), [key, to], line),
    ]),
    ['emptied', made('emptied', withLines(text, line, replaced('').trimEnd()), [key], line)],
    ['removed', made('removed', withLines(text, line), [key])],
    [
      'doubled',
      {
        ...made('given a second value', withLines(text, line, own, replaced(other)), [key], line + 1),
        intent: doubledIn,
      },
    ],
    ['fenced', made('moved into a fence', withLines(text, line, '```text', own, '```'), [key])],
    [
      'misspelt key',
      made('given another key', withLines(text, line, own.replace(key, `X${key.slice(1)}`)), [key]),
    ],
  ];
  return all.filter(([kind]) => kind === undefined || !without.includes(kind)).map(([, each]) => each);
}

function lineOf(text: string, start: string, from = 1): number {
  const at = text.split('\n').findIndex((line, index) => index >= from - 1 && line.startsWith(start));
  if (at < 0) throw new Error(`no line begins with ${start}`);
  return at + 1;
}

const PENDING = ['a placeholder', '<pending>'] as const;

function ofRefinement(text: string): Corruption[] {
  const field = (
    key: string,
    value: string,
    wrong: Subject['wrong'],
    intent: Intent = 'refinement_file',
    without: Subject['without'] = [],
  ): Corruption[] =>
    ofField(PATHS.refinement, text, {
      // Two values of one field are what is wrong with the file, whoever reads the field.
      doubledIn: 'refinement_file',
      intent,
      key,
      line: lineOf(text, `- ${key}:`),
      value,
      wrong,
      without,
    });
  const sha1 = '258012967E37EECAF5EABF3B163D7A363AFAD5B1';
  return [
    ...field('WP_ID', GOLDEN, [['of another packet', OTHER], ...everywhere(GOLDEN)]),
    ...field(
      'SPEC_TARGET_RESOLVED',
      'Handshake_Master_Spec_v02.137.md',
      [
        ['another version', 'Handshake_Master_Spec_v02.134.md'],
        ['a version that is nowhere', 'Handshake_Master_Spec_v02.999.md'],
        ['no file', 'the current one'],
      ],
      'refinement_file',
      ['emptied', 'doubled'],
    ),
    ...field('SPEC_TARGET_SHA1', sha1, [
      ['of another packet', 'B846F04093F1BD6FAE885876AFFC99A21065EC95'],
      ['no hash', 'see git'],
      ['a digit too few', sha1.slice(1)],
      ...everywhere(sha1, 20)
        .map(([kind, to]) => [kind, to.replace(/[xy]/g, 'C')] as const)
        .filter(([, to]) => to !== sha1),
    ]),
    ...field('USER_REVIEW_STATUS', 'APPROVED', [
      ['pending', 'PENDING'],
      ['another word', 'REJECTED'],
      ...everywhere('APPROVED'),
    ]),
    ...field(
      'USER_SIGNATURE',
      SIGNATURE,
      [['of another packet', OTHERS], ...everywhere(SIGNATURE, 16)],
      'signature',
    ),
    ...field(
      'USER_APPROVAL_EVIDENCE',
      `APPROVE REFINEMENT ${GOLDEN}`,
      [
        ['of another packet', `APPROVE REFINEMENT ${OTHER}`],
        ['in small letters', `approve refinement ${GOLDEN}`],
        ['with a word more', `DO NOT APPROVE REFINEMENT ${GOLDEN}`],
        ['with a note behind it', `APPROVE REFINEMENT ${GOLDEN} (later)`],
        PENDING,
        ...everywhere(`APPROVE REFINEMENT ${GOLDEN}`, 8),
      ],
      'refinement_block',
      ['doubled'],
    ),
    ...[
      'Appears in Main Body',
      'Explicitly named',
      'Specific',
      'Measurable acceptance criteria',
      'No ambiguity',
    ].flatMap((box) =>
      field(box, '[x] PASS', [
        ['not ticked', '[ ] PASS'],
        ['failed', '[ ] FAIL'],
        ['ticked as failed', '[x] FAIL'],
        ['words for a tick', 'PASS'],
      ]),
    ),
    ...field('CLEARLY_COVERS_VERDICT', 'PASS', [
      ['failed', 'FAIL'],
      ['both', 'PASS or FAIL'],
      ...everywhere('PASS'),
    ]),
    ...field(
      'CLEARLY_COVERS_REASON',
      text.split('\n')[lineOf(text, '- CLEARLY_COVERS_REASON:') - 1]!.slice(25),
      [['left open', '<fill>'], PENDING],
      'refinement_file',
      ['doubled'],
    ),
    ...field(
      'AMBIGUITY_FOUND',
      'NO',
      [
        ['found', 'YES'],
        ['neither', 'MAYBE'],
        ['both', '<YES or NO>'],
      ],
      'refinement_file',
      ['removed', 'fenced', 'misspelt key'],
    ),
    ...field('ENRICHMENT_NEEDED', 'NO', [
      ['needed', 'YES'],
      ['both', '<YES or NO>'],
      ['another word', 'PERHAPS'],
    ]),
    ...field(
      'REASON_NO_ENRICHMENT',
      text.split('\n')[lineOf(text, '- REASON_NO_ENRICHMENT:') - 1]!.slice(24),
      [['left open', '<fill>'], PENDING],
      'refinement_file',
      ['doubled'],
    ),
    ...[1, 2, 3, 4, 5].flatMap((number) => ofAnchor(text, number)),
    ...[
      ['- NONE (no Master Spec', '- \u201cNONE\u201d (no Master Spec', '\u201c'],
      ['- Dual schema drift', '- Dual\u00a0schema drift', '\u00a0'],
    ].map(
      ([from, to, found]): Corruption => ({
        name: `refinement: ${JSON.stringify(found)} for what was ASCII`,
        path: PATHS.refinement,
        text: text.replace(from!, () => to!),
        intent: 'refinement_file',
        names: [found!],
        line: lineOf(text, from!),
      }),
    ),
  ];
}

/** The clause that an anchor names, its window, its token, and every tenth line that it quotes. */
function ofAnchor(text: string, number: number): Corruption[] {
  const heading = lineOf(text, `#### ANCHOR ${number}`);
  const lines = text.split('\n');
  const field = (
    key: string,
    wrong: (value: string) => Subject['wrong'],
    without: Subject['without'] = [],
  ): Corruption[] => {
    const line = lineOf(text, `- ${key}:`, heading);
    const value = lines[line - 1]!.slice(key.length + 4);
    return ofField(PATHS.refinement, text, {
      intent: 'refinement_file',
      key,
      line,
      value,
      wrong: wrong(value),
      without,
    });
  };
  const open = lineOf(text, '  ```text', heading) + 1;
  const next = lines.findIndex((line, at) => at > open && line.startsWith('#### ANCHOR'));
  const quoted = lines
    .map((line, at) => ({ line, at: at + 1 }))
    .filter(
      ({ line, at }) =>
        at >= open &&
        at < (next < 0 ? lines.length : next - 1) &&
        /[a-z]{4}/.test(line) &&
        !line.includes('```'),
    );
  const number2 = (value: string): string => /\d+(?:\.\d+)+/.exec(value)![0];
  return [
    ...field('SPEC_ANCHOR', (value) => [
      ['a section that is nowhere', value.replace(number2(value), '999.999')],
      [
        'another section',
        value.replace(/ \d+(?:\.\d+)+(?:-\d+(?:\.\d+)+)? .*$/, ' 2.6.8.10 Role Mailbox (Normative)'),
      ],
      ['the roadmap', value.replace(/ \d+(?:\.\d+)+(?:-\d+(?:\.\d+)+)? .*$/, ' 7.6.3 Phase 1')],
      ['another version', value.replace('v02.137', 'v02.134')],
      ['a version that is nowhere', value.replace('v02.137', 'v02.99')],
    ]),
    ...field('CONTEXT_START_LINE', (value) => [
      ['the start of the file', '1'],
      ['before its section', String(Number(value) - 30)],
      ['behind its end', String(Number(value) + 500)],
      ['no number', 'see there'],
      ['nothing', '0'],
      ['a number below it', `-${value}`],
      ['the line after', String(Number(value) + 1)],
    ]),
    ...field('CONTEXT_END_LINE', (value) => [
      ['the end of the file', '69477'],
      ['behind its section', String(Number(value) + 80)],
      ['before its start', String(Number(value) - 500)],
      ['no number', 'see there'],
      ['beyond the file', '6947700'],
      ['some lines less', String(Number(value) - 8)],
    ]),
    ...field('CONTEXT_TOKEN', (value) => [
      ['words of another section', 'Role Mailbox (Normative)'],
      ['words of nowhere', 'lorem ipsum dolor'],
      ...everywhere(value, 3),
    ]),
    ...quoted
      .filter((_, index) => index % 4 === 0)
      .map(({ line, at }): Corruption => {
        const first = line.search(/[a-z]{4}/);
        return {
          name: `refinement:${at} anchor ${number}: a quoted word changed`,
          path: PATHS.refinement,
          text: withLines(text, at, altered(line, first)),
          intent: 'refinement_file',
          names: [/\S{4,}/.exec(altered(line, first).slice(first))![0]],
          line: at,
        };
      }),
    {
      name: `refinement: anchor ${number}: its excerpt emptied`,
      path: PATHS.refinement,
      text: [...lines.slice(0, open - 1), ...lines.slice(quoted.at(-1)!.at)].join('\n'),
      intent: 'refinement_file',
      names: [`anchor ${number}`],
    },
  ];
}

function ofPacket(text: string): Corruption[] {
  const field = (
    key: string,
    value: string,
    wrong: Subject['wrong'],
    without: Subject['without'] = [],
    intent: Intent = 'packet',
  ): Corruption[] =>
    ofField(PATHS.packet, text, { intent, key, line: lineOf(text, `- ${key}:`), value, wrong, without });
  const base = 'WP-1-Unified-Tool-Surface-Contract';
  const title = lineOf(text, '# Task Packet:');
  const made = (kind: string, changed: string, names: string[], line?: number): Corruption => ({
    name: `packet: ${kind}`,
    path: PATHS.packet,
    text: changed,
    intent: 'packet',
    names,
    ...(line !== undefined && { line }),
  });
  return [
    made('the title of another', withLines(text, title, `# Task Packet: ${OTHER}`), [OTHER], title),
    made('the title emptied', withLines(text, title, '# Task Packet:'), ['the title']),
    made('the title removed', withLines(text, title), ['the title']),
    ...everywhere(GOLDEN, 4).map(([kind, to]) =>
      made(`title: ${kind}`, withLines(text, title, `# Task Packet: ${to}`), [to], title),
    ),
    ...field('TASK_ID', GOLDEN, [['of another packet', OTHER], PENDING, ...everywhere(GOLDEN)]),
    ...field('WP_ID', GOLDEN, [['of another packet', OTHER], PENDING, ...everywhere(GOLDEN)]),
    ...field(
      'BASE_WP_ID',
      base,
      [['of another packet', 'WP-1-Loom-MVP'], ['another revision', `${base}-v2`], ...everywhere(base)],
      ['emptied'],
    ),
    ...field('USER_SIGNATURE', SIGNATURE, [
      ['of another packet', OTHERS],
      PENDING,
      ...everywhere(SIGNATURE, 8),
    ]),
    ...field(
      'REFINEMENT_FILE',
      PATHS.refinement,
      [['of another packet', `.GOV/refinements/${OTHER}.md`], ...everywhere(PATHS.refinement, 3)],
      ['removed', 'fenced', 'misspelt key'],
    ),
    ...(
      [
        'DATE',
        'MERGE_BASE_SHA',
        'REQUESTOR',
        'AGENT_ID',
        'ROLE',
        'RISK_TIER',
        'SPEC_BASELINE',
        'What',
        'Why',
      ] as const
    ).flatMap((key) => {
      const line = lineOf(text, `- ${key}:`);
      const value = text.split('\n')[line - 1]!.slice(key.length + 4);
      return ofField(PATHS.packet, text, {
        intent: 'packet',
        key,
        line,
        value,
        wrong: [
          ['left open', '<fill>'],
          ['a name of the template', '{{VALUE}}'],
          ['a choice', 'LOW | MEDIUM | HIGH'],
          ['to be done', 'TBD'],
        ],
        without: ['removed', 'doubled', 'fenced', 'misspelt key'],
      }).map((each) => ({
        ...each,
        names: [...each.names, '<fill>', '{{VALUE}}', 'LOW | MEDIUM | HIGH', 'TBD'],
      }));
    }),
    ...[
      '  - assets/schemas/htc_v1.json',
      '  - Phase 2+ Design Studio',
      '  - Handshake_Master_Spec_v02.137.md 6.0.2.9',
      '  - "Dual schema drift"',
      '- Every tool invocation emits',
      '  - Tool Gate validates HTC',
    ].flatMap((start) => {
      const line = lineOf(text, start);
      const indent = /^\s*- /.exec(start)![0];
      return ['path/to/file', '<fill>', 'TBD', '<fill: what is done>'].map((to) =>
        made(`line ${line} left as ${to}`, withLines(text, line, `${indent}${to}`), [to.slice(0, 5)], line),
      );
    }),
    ...(
      [
        'IN_SCOPE_PATHS',
        'OUT_OF_SCOPE',
        'FILES_TO_OPEN',
        'SEARCH_TERMS',
        'RISK_MAP',
        'VERIFICATION_PLAN',
        'SERVER_SOURCES_OF_TRUTH',
      ] as const
    ).map((key) => {
      const line = lineOf(text, `- ${key}:`);
      const lines = text.split('\n');
      let end = line;
      while (/^\s{2}/.test(lines[end]!)) end++;
      return made(
        `${key}: everything below it removed`,
        [...lines.slice(0, line), ...lines.slice(end)].join('\n'),
        [key],
        line,
      );
    }),
    made('the file emptied', '', ['the title']),
  ];
}

interface Event {
  wpId: string;
  type: string;
  timestamp: string;
  [key: string]: unknown;
}

/** The three events: each value changed, emptied, swapped, of another kind, removed; each event taken away or doubled. */
function ofGates(text: string): Corruption[] {
  const log = (JSON.parse(text) as { gate_logs: Event[] }).gate_logs;
  const own = log.map((event, at) => ({ event, at })).filter(({ event }) => event.wpId === GOLDEN);
  const print = (events: readonly unknown[]): string => JSON.stringify({ gate_logs: events }, null, 2);
  const lineAt = (events: readonly unknown[], at: number, key: string): number | undefined => {
    const before = print([...events.slice(0, at), '@@'])
      .split('\n')
      .findIndex((line) => line.includes('"@@"'));
    const keys = Object.keys(events[at] as object);
    return keys.includes(key) ? before + 2 + keys.indexOf(key) : undefined;
  };
  const intents: Record<string, Intent> = {
    REFINEMENT: 'refinement_block',
    SIGNATURE: 'signature',
    PREPARE: 'packet',
  };
  const wrong: Record<string, Record<string, readonly unknown[]>> = {
    REFINEMENT: {
      wpId: [OTHER, ...everywhere(GOLDEN, 3).map(([, to]) => to), '', null],
      type: ['REFINED', 'refinement', '', null],
      refinement_path: [
        `.GOV/refinements/${OTHER}.md`,
        'evil.md',
        '',
        ...everywhere(PATHS.refinement, 3).map(([, to]) => to),
      ],
      spec_target_resolved: [
        '.GOV/roles_shared/SPEC_CURRENT.md -> Handshake_Master_Spec_v02.134.md',
        'nowhere',
        '',
      ],
      spec_target_sha1: [
        'b846f04093f1bd6fae885876affc99a21065ec95',
        '0'.repeat(40),
        'x',
        '',
        '358012967e37eecaf5eabf3b163d7a363afad5b1',
      ],
      timestamp: ['whenever', '', null, 7, '2026-02-30T02:06:42Z', '2026-02-24 02:06'],
    },
    SIGNATURE: {
      wpId: [OTHER, ...everywhere(GOLDEN, 3).map(([, to]) => to), ''],
      type: ['SIGNED', 'signature', ''],
      signature: [
        OTHERS,
        'ilja999999999999',
        'NOT-A-SIGNATURE',
        'ilja',
        '',
        ...everywhere(SIGNATURE, 16).map(([, to]) => to),
      ],
      refinement_path: [`.GOV/refinements/${OTHER}.md`, ''],
      timestamp: [
        'whenever',
        '',
        null,
        '2026-02-24T02:00:00Z',
        '2025-02-24T02:47:07Z',
        '2026-02-30T02:06:42Z',
        '2026-02-22T02:47:07Z',
      ],
    },
    PREPARE: {
      wpId: [OTHER, ...everywhere(GOLDEN, 3).map(([, to]) => to), ''],
      type: ['PREPARED', 'prepare', ''],
      coder_id: ['', null, '<pending>', 'TBD'],
      branch: [
        `feat/${OTHER}`,
        'main',
        '',
        null,
        '--upload-pack=x',
        ...everywhere(`feat/${GOLDEN}`, 3).map(([, to]) => to),
      ],
      worktree_dir: [
        `../wt-${OTHER}`,
        '/nonexistent/abs/dir',
        'D:\\wt',
        '\\\\host\\wt',
        '',
        null,
        ...everywhere(`../wt-${GOLDEN}`, 3).map(([, to]) => to),
      ],
      timestamp: [
        'whenever',
        'before that',
        '',
        '2026-02-24T02:30:00Z',
        '2025-02-24T03:47:21Z',
        '2026-02-24T25:47:21Z',
      ],
    },
  };
  const found: Corruption[] = [];
  for (const { event, at } of own) {
    const intent = intents[event.type]!;
    const made = (kind: string, events: readonly unknown[], names: string[], line?: number): void => {
      found.push({
        name: `${event.type}: ${kind}`,
        path: PATHS.gates,
        text: print(events),
        intent,
        names,
        ...(line !== undefined && { line }),
      });
    };
    for (const [key, values] of Object.entries(wrong[event.type]!)) {
      // An event of nobody, or of no type, is told by what is missing.
      const gone = key === 'wpId' || key === 'type';
      const names = gone
        ? ['gate log', 'no worktree', 'REFINEMENT', 'SIGNATURE', 'PREPARE', SIGNATURE]
        : [key];
      for (const value of values) {
        const events = log.with(at, { ...event, [key]: value });
        made(
          `${key} is ${JSON.stringify(value)}`,
          events,
          gone ? names : [key, String(value)],
          gone ? undefined : lineAt(events, at, key),
        );
      }
      const { [key]: _, ...rest } = event;
      // The first days had neither.
      if (!['refinement_path', 'spec_target_resolved', 'spec_target_sha1'].includes(key))
        made(`${key} removed`, log.with(at, rest as Event), gone ? names : [key]);
    }
    made('removed', log.toSpliced(at, 1), ['gate log', 'no worktree', 'REFINEMENT']);
  }
  const [refined, signed, prepared] = own as [(typeof own)[0], (typeof own)[0], (typeof own)[0]];
  const made = (kind: string, intent: Intent, events: readonly unknown[], names: string[]): void => {
    found.push({ name: `gate log: ${kind}`, path: PATHS.gates, text: print(events), intent, names });
  };
  made('a second SIGNATURE', 'signature', [...log, signed.event], ['SIGNATURE events']);
  made(
    'a second SIGNATURE with another',
    'signature',
    [...log, { ...signed.event, signature: 'ilja240220260347' }],
    ['ilja240220260347'],
  );
  made(
    'the SIGNATURE of another packet too',
    'signature',
    [...log, { ...signed.event, wpId: OTHER }],
    [SIGNATURE],
  );
  made(
    'a later PREPARE elsewhere',
    'packet',
    [...log, { ...prepared.event, branch: 'feat/x', timestamp: '2026-02-24T05:00:00Z' }],
    ['feat/x'],
  );
  made(
    'refined only after it was signed',
    'signature',
    log.with(refined.at, { ...refined.event, timestamp: '2026-02-24T03:00:00Z' }),
    ['refined'],
  );
  made('emptied', 'signature', [], ['gate log']);
  found.push({
    name: 'gate log: cut off',
    path: PATHS.gates,
    text: text.slice(0, text.length / 2),
    intent: 'packet',
    names: ['no worktree'],
  });
  return found;
}

function ofAudit(text: string): Corruption[] {
  const line = lineOf(text, `| ${SIGNATURE}`);
  const row = text.split('\n')[line - 1]!;
  const made = (kind: string, lines: string[], names: string[], at?: number): Corruption => ({
    name: `audit: ${kind}`,
    path: PATHS.audit,
    text: withLines(text, line, ...lines),
    intent: 'signature',
    names,
    ...(at !== undefined && { line: at }),
  });
  const purpose = `Task packet creation: ${GOLDEN}`;
  const missing = ['signature audit'];
  return [
    made('the row removed', [], missing),
    made('the row fenced', ['```', row, '```'], ['signature audit']),
    made('the signature of another packet', [row.replace(SIGNATURE, OTHERS)], [OTHERS], line),
    ...everywhere(SIGNATURE, 16).map(([kind, to]) =>
      made(`signature: ${kind}`, [row.replace(SIGNATURE, to)], [to], line),
    ),
    made('the signature emptied', [row.replace(SIGNATURE, '')], ['signature audit', 'different']),
    made(
      'the purpose of another packet',
      [row.replace(purpose, `Task packet creation: ${OTHER}`)],
      [SIGNATURE],
      line,
    ),
    made('the purpose without a packet', [row.replace(purpose, 'Task packet creation')], missing),
    made('the purpose emptied', [row.replace(purpose, '')], missing),
    made('the purpose of no packet', [row.replace(purpose, 'Spec update: v02.137')], missing),
    made(
      'set aside by hand',
      [row.replace(purpose, `(INVALID - REUSED BY ERROR) ${purpose}`)],
      [SIGNATURE],
      line,
    ),
    ...everywhere(GOLDEN, 4).map(([kind, to]) =>
      made(
        `purpose: ${kind}`,
        [row.replace(purpose, `Task packet creation: ${to}`)],
        [SIGNATURE, 'signature audit'],
      ),
    ),
    made('the row twice', [row, row], [SIGNATURE], line + 1),
    made(
      'a second row of it for another packet',
      [row, row.replace(purpose, `Override: ${OTHER}`)],
      [SIGNATURE],
      line + 1,
    ),
    made(
      'a second row with another signature',
      [row, row.replace(SIGNATURE, 'ilja240220260347')],
      ['ilja240220260347'],
    ),
    {
      name: 'audit: no table',
      path: PATHS.audit,
      text: text.replace('| Signature |', '| Signed |'),
      intent: 'signature',
      names: missing,
    },
  ];
}

function ofBoard(text: string): Corruption[] {
  const line = lineOf(text, `- **[${GOLDEN}]**`);
  const entry = text.split('\n')[line - 1]!;
  const made = (kind: string, lines: string[], names: string[], at?: number): Corruption => ({
    name: `board: ${kind}`,
    path: PATHS.board,
    text: withLines(text, line, ...lines),
    intent: 'board',
    names,
    ...(at !== undefined && { line: at }),
  });
  const moved = (section: string): Corruption => {
    const without = withLines(text, line);
    const at = lineOf(without, section);
    return {
      name: `board: moved to ${section}`,
      path: PATHS.board,
      text: withLines(without, at, without.split('\n')[at - 1]!, '', entry),
      intent: 'board',
      names: [section.slice(3, 8)],
    };
  };
  return [
    made('the entry removed', [], ['no entry']),
    made('the entry fenced', ['```', entry, '```'], ['no entry']),
    made('in a comment', ['<!--', entry, '-->'], ['no entry']),
    made('of another packet', [entry.replace(GOLDEN, OTHER)], ['no entry']),
    ...everywhere(GOLDEN, 4).map(([kind, to]) =>
      made(`id: ${kind}`, [entry.replace(GOLDEN, to)], ['no entry']),
    ),
    ...['STUB', 'BANANA', 'SUPERSEDED', 'active', '', 'ACTIVATED', 'VALIDATED', 'IN_PROGRESS', 'BLOCKED'].map(
      (token) => made(`[${token}]`, [entry.replace('[ACTIVE]', `[${token}]`)], [`[${token}]`, 'says'], line),
    ),
    ...everywhere('ACTIVE', 6).map(([kind, to]) =>
      made(`token: ${kind}`, [entry.replace('[ACTIVE]', `[${to}]`)], [to], line),
    ),
    made('twice', [entry, entry], ['2 entries']),
    made('a second entry that says STUB', [entry, `- **[${GOLDEN}]** - [STUB]`], ['[STUB]'], line + 1),
    made(
      'a second entry that says VALIDATED',
      [entry, `- **[${GOLDEN}]** - [VALIDATED]`],
      ['[VALIDATED]'],
      line + 1,
    ),
    ...['## Stub Backlog', '## Done', '## Superseded', '## Blocked', '## In Progress'].map(moved),
  ];
}

function ofRegistry(text: string): Corruption[] {
  const line = lineOf(text, '| WP-1-Unified-Tool-Surface-Contract |');
  const row = text.split('\n')[line - 1]!;
  const made = (kind: string, lines: string[], names: string[], at?: number): Corruption => ({
    name: `registry: ${kind}`,
    path: PATHS.registry,
    text: withLines(text, line, ...lines),
    intent: 'registry',
    names,
    ...(at !== undefined && { line: at }),
  });
  const base = 'WP-1-Unified-Tool-Surface-Contract';
  const swap = (from: string, to: string, kind: string): Corruption =>
    made(kind, [row.replace(from, to)], [/[^ ]*WP-1\S+/.exec(to)?.[0] ?? 'it names'], line);
  return [
    made('the row removed', [], ['no row']),
    made('the row fenced', ['```', row, '```'], ['no row']),
    made('of another base', [row.replace(`| ${base} |`, '| WP-1-Loom-MVP |')], ['no row']),
    ...everywhere(base, 4).map(([kind, to]) =>
      made(`base: ${kind}`, [row.replace(`| ${base} |`, `| ${to} |`)], ['no row']),
    ),
    swap(`| ${PATHS.packet} |`, `| ${PATHS.stub} |`, 'it names the stub'),
    swap(`| ${PATHS.packet} |`, `| .GOV/task_packets/${OTHER}.md |`, 'it names the packet of another'),
    swap(`| ${PATHS.packet} |`, '| |', 'it names nothing'),
    ...everywhere(PATHS.packet, 4).map(([kind, to]) =>
      made(`packet: ${kind}`, [row.replace(`| ${PATHS.packet} |`, `| ${to} |`)], [to], line),
    ),
    swap(`Ready for Dev: ${GOLDEN}`, `Ready for Dev: ${OTHER}`, 'the board cell names another'),
    ...everywhere(GOLDEN, 4)
      .slice(1)
      .map(([kind, to]) =>
        made(`board cell: ${kind}`, [row.replace(`Dev: ${GOLDEN}`, `Dev: ${to}`)], [to], line),
      ),
    swap(`active=${GOLDEN}`, `active=${OTHER}`, 'the notes name another'),
    ...everywhere(GOLDEN, 4).map(([kind, to]) =>
      made(`active: ${kind}`, [row.replace(`active=${GOLDEN}`, `active=${to}`)], [to], line),
    ),
    swap(
      `stub ${PATHS.stub}`,
      `stub .GOV/task_packets/stubs/WP-1-Spec-Authoring-Rubric-v1.md`,
      'the notes name the stub of another',
    ),
    ...everywhere(PATHS.stub, 4).map(([kind, to]) =>
      made(`stub: ${kind}`, [row.replace(`stub ${PATHS.stub}`, `stub ${to}`)], [to], line),
    ),
    made('a cell too few', [row.replace(/\| active=.*$/, '|')], ['cells'], line),
    made('a cell too many', [`${row} more |`], ['cells'], line),
    made('a second row', [row, row], ['2 rows']),
    made(
      'a second row for the stub',
      [row, row.replace(`| ${PATHS.packet} |`, `| ${PATHS.stub} |`)],
      ['stubs/'],
      line + 1,
    ),
  ];
}

/** Of the stub the anchors: what a human said of them does not count for others. */
function ofStub(text: string): Corruption[] {
  return [24, 25, 26, 27, 28, 29].flatMap((line) => {
    const own = text.split('\n')[line - 1]!;
    const number = /\d+(?:\.\d+)+(?= )/.exec(own)![0];
    const made = (kind: string, lines: string[], names: string[], at?: number): Corruption => ({
      name: `stub:${line} ${number}: ${kind}`,
      path: PATHS.stub,
      text: withLines(text, line, ...lines),
      intent: 'main_body',
      names,
      ...(at !== undefined && { line: at }),
    });
    const swapped = (to: string): string => own.replace(` ${number} `, ` ${to} `);
    return [
      made('a section that is nowhere', [swapped('999.999')], ['999.999'], line),
      made('the roadmap', [swapped('7.6.3')], ['7.6.3'], line),
      made('another section', [swapped('2.6.8.10')], ['2.6.8.10'], line),
      made('no number', [swapped('x')], ['NO_NUMBER', 'UNRESOLVED'], line),
      made('another title', [own.replace(/ (\d[\d.]*) .*$/, ' $1 Role Mailbox')], [number], line),
      made('another version', [own.replace('v02.137', 'v02.134')], [number], line),
      made('removed', [], ['of 5 anchors']),
      made('doubled with another', [own, swapped('7.6.3')], ['7.6.3'], line + 1),
    ];
  });
}

export function corruptionsOf(text: (path: string) => string): Corruption[] {
  return [
    ...ofRefinement(text(PATHS.refinement)),
    ...ofPacket(text(PATHS.packet)),
    ...ofGates(text(PATHS.gates)),
    ...ofAudit(text(PATHS.audit)),
    ...ofBoard(text(PATHS.board)),
    ...ofRegistry(text(PATHS.registry)),
    ...ofStub(text(PATHS.stub)),
  ];
}
