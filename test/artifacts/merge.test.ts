import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type MergedDocument,
  mergeRendered,
  type RenderedKind,
  readRegistry,
  readSignatureAudit,
  readTaskBoard,
} from '../../tools/artifacts/index.ts';
import { mergeFile, proseMerger } from '../../tools/cli/hooks/merge-file.ts';
import { fileOf } from './memory.ts';

/** Board entries by the section that they are listed under. */
type Entries = Partial<Record<'active' | 'ready' | 'stub' | 'progress' | 'done' | 'blocked', string[]>>;

const SECTIONS: readonly (readonly [keyof Entries, string])[] = [
  ['active', 'Active (Cross-Branch Status)'],
  ['ready', 'Ready for Dev'],
  ['stub', 'Stub Backlog (Not Activated)'],
  ['progress', 'In Progress'],
  ['done', 'Done'],
  ['blocked', 'Blocked'],
];

function board(entries: Entries, intro = 'Prose.'): string {
  const sections = SECTIONS.map(
    ([key, title]) => `## ${title}\n\n${(entries[key] ?? []).map((entry) => `- ${entry}\n`).join('')}`,
  );
  return `# Task Board\n\n${intro}\n\n${sections.join('\n')}`;
}

const entry = (id: string, token?: string, detail?: string): string =>
  [`**[WP-1-${id}-v1]**`, ...(token === undefined ? [] : [`[${token}]`]), ...(detail ? [detail] : [])].join(
    ' - ',
  );
const stub = (...ids: string[]): string[] => ids.map((id) => entry(id, 'STUB'));

const registry = (rows: readonly string[], intro = 'Prose.'): string =>
  `# Registry\n\n${intro}\n\n| Base WP ID | Active Packet | Task Board | Notes |\n|---|---|---|---|\n${rows.map((row) => `${row}\n`).join('')}`;
const base = (id: string, section = 'Stub Backlog', notes = 'stub'): string =>
  `| WP-1-${id} | stubs/${id}.md | ${section}: WP-1-${id}-v1 | ${notes} |`;

const audit = (rows: readonly string[], after = ''): string =>
  `# Audit\n\n| Signature | Used By | Date/Time | Purpose | Master Spec Version | Notes |\n|---|---|---|---|---|---|\n${rows.map((row) => `${row}\n`).join('')}${after}`;
const use = (signature: string, notes = 'n'): string => `| ${signature} | O | t | p | v | ${notes} |`;

async function merge(kind: RenderedKind, texts: readonly [string, string, string]): Promise<MergedDocument> {
  const [o, a, b] = texts.map((text) => fileOf('D.md', text));
  return await mergeRendered(kind, o!, a!, b!, proseMerger(tmpdir()));
}

/** What the rows of a document say, in any order. */
function rowsOf(kind: RenderedKind, text: string): string[] {
  const file = fileOf('D.md', text);
  const rows = {
    board: () => readTaskBoard(file).entries.map((e) => [e.section, e.wpId, e.token, e.detail]),
    registry: () => readRegistry(file).rows.map((r) => [r.baseWpId, r.activePacket, r.taskBoard, r.notes]),
    audit: () => readSignatureAudit(file).rows.map((r) => [r.signature, r.usedBy, r.purpose, r.notes]),
  }[kind]();
  return rows.map((row) => row.join(' · ')).sort();
}

/** Merges from both sides: no conflict, and the same rows. */
async function clean(kind: RenderedKind, o: string, a: string, b: string): Promise<string> {
  const [one, other] = [await merge(kind, [o, a, b]), await merge(kind, [o, b, a])];
  expect([one.conflicts, one.rows, other.conflicts]).toEqual([0, [], 0]);
  expect(rowsOf(kind, other.text)).toEqual(rowsOf(kind, one.text));
  return one.text;
}

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

describe('the Task Board', () => {
  it.each<[name: string, o: Entries, a: Entries, b: Entries, merged: Entries]>([
    [
      'entries that both add to one empty section stand in order, ours first',
      {},
      { stub: stub('A') },
      { stub: stub('B') },
      { stub: stub('A', 'B') },
    ],
    [
      'neighbours that are moved to two sections',
      { stub: stub('A', 'B', 'C') },
      { stub: stub('B', 'C'), ready: [entry('A', 'READY_FOR_DEV')] },
      { stub: stub('A', 'C'), progress: [entry('B', 'IN_PROGRESS')] },
      { stub: stub('C'), ready: [entry('A', 'READY_FOR_DEV')], progress: [entry('B', 'IN_PROGRESS')] },
    ],
    [
      'neighbours that are moved to one section',
      { stub: stub('A', 'B'), done: [entry('Z', 'VALIDATED')] },
      { stub: stub('B'), done: [entry('Z', 'VALIDATED'), entry('A', 'VALIDATED')] },
      { stub: stub('A'), done: [entry('Z', 'VALIDATED'), entry('B', 'FAIL')] },
      { done: [entry('Z', 'VALIDATED'), entry('A', 'VALIDATED'), entry('B', 'FAIL')] },
    ],
    [
      'of two moves the further holds',
      { stub: stub('A') },
      { ready: [entry('A', 'READY_FOR_DEV')] },
      { done: [entry('A', 'VALIDATED')] },
      { done: [entry('A', 'VALIDATED')] },
    ],
    [
      'superseded is further than all',
      { progress: [entry('A', 'IN_PROGRESS')] },
      { done: [entry('A', 'SUPERSEDED', 'by: v2')] },
      { done: [entry('A', 'VALIDATED', 'note: x')] },
      { done: [entry('A', 'SUPERSEDED', 'by: v2')] },
    ],
    [
      'a state and a detail that one side each has changed',
      { ready: [entry('A', 'READY_FOR_DEV')] },
      { progress: [entry('A', 'IN_PROGRESS')] },
      { ready: [entry('A', 'READY_FOR_DEV', 'coder: Coder-A')] },
      { progress: [entry('A', 'IN_PROGRESS', 'coder: Coder-A')] },
    ],
    [
      'a state that one side has taken back',
      { progress: [entry('A', 'IN_PROGRESS'), entry('B', 'IN_PROGRESS')] },
      { ready: [entry('A', 'READY_FOR_DEV')], progress: [entry('B', 'IN_PROGRESS')] },
      { progress: [entry('A', 'IN_PROGRESS')], done: [entry('B', 'FAIL')] },
      { ready: [entry('A', 'READY_FOR_DEV')], done: [entry('B', 'FAIL')] },
    ],
    [
      'the line that tells other branches stands beside the entry',
      { ready: [entry('A', 'READY_FOR_DEV')] },
      { ready: [entry('A', 'READY_FOR_DEV')], active: [entry('A', 'ACTIVE', 'coder: Coder-A')] },
      { progress: [entry('A', 'IN_PROGRESS')] },
      { active: [entry('A', 'ACTIVE', 'coder: Coder-A')], progress: [entry('A', 'IN_PROGRESS')] },
    ],
    [
      'an entry that one side takes away, and the other leaves',
      { stub: stub('A', 'B') },
      { stub: stub('B') },
      { stub: stub('A', 'B', 'C') },
      { stub: stub('B', 'C') },
    ],
    [
      'the same change on both sides',
      { stub: stub('A', 'B') },
      { stub: stub('B'), done: [entry('A', 'VALIDATED')] },
      { stub: stub('B', 'C'), done: [entry('A', 'VALIDATED')] },
      { stub: stub('B', 'C'), done: [entry('A', 'VALIDATED')] },
    ],
    [
      'duplicates, bare entries and tokens that nobody knows stay',
      { stub: [...stub('A', 'A'), entry('N'), entry('U', 'WHAT')] },
      { stub: [...stub('A', 'A'), entry('N'), entry('U', 'WHAT')], done: [entry('X', 'VALIDATED')] },
      { stub: [...stub('A', 'A'), entry('N'), entry('U', 'WHAT'), ...stub('B')] },
      {
        stub: [...stub('A', 'A'), entry('N'), entry('U', 'WHAT'), ...stub('B')],
        done: [entry('X', 'VALIDATED')],
      },
    ],
    [
      'one of two duplicates is taken away, the other is changed',
      { stub: stub('A'), done: [entry('A', 'VALIDATED')] },
      { done: [entry('A', 'VALIDATED')] },
      { stub: stub('A'), done: [entry('A', 'VALIDATED', 'note: x')] },
      { done: [entry('A', 'VALIDATED', 'note: x')] },
    ],
    [
      'the order of the side that changed it',
      { stub: stub('A', 'B', 'C') },
      { stub: stub('A', 'B', 'C', 'D') },
      { stub: stub('C', 'B', 'A') },
      { stub: stub('C', 'D', 'B', 'A') },
    ],
  ])('%s', async (_, o, a, b, merged) => {
    // A section that was emptied loses the blank line that stood before its first entry.
    expect(lines(await clean('board', board(o), board(a), board(b)))).toEqual(lines(board(merged)));
  });

  it.each<[name: string, o: Entries, a: Entries, b: Entries, rows: unknown[]]>([
    [
      'states that are as far as each other',
      { ready: [entry('A', 'READY_FOR_DEV')] },
      { progress: [entry('A', 'IN_PROGRESS')] },
      { blocked: [entry('A', 'BLOCKED')] },
      [
        {
          key: 'WP-1-A-v1',
          ours: '- **[WP-1-A-v1]** - [IN_PROGRESS]',
          theirs: '- **[WP-1-A-v1]** - [BLOCKED]',
        },
      ],
    ],
    [
      'a token that nobody knows against one that is known',
      { ready: [entry('A', 'READY_FOR_DEV')] },
      { ready: [entry('A', 'WAITING')] },
      { progress: [entry('A', 'IN_PROGRESS')] },
      [
        {
          key: 'WP-1-A-v1',
          ours: '- **[WP-1-A-v1]** - [WAITING]',
          theirs: '- **[WP-1-A-v1]** - [IN_PROGRESS]',
        },
      ],
    ],
    [
      'two details of one state',
      { progress: [entry('A', 'IN_PROGRESS')] },
      { progress: [entry('A', 'IN_PROGRESS', 'x: 1')] },
      { progress: [entry('A', 'IN_PROGRESS', 'x: 2')] },
      [
        {
          key: 'WP-1-A-v1',
          ours: '- **[WP-1-A-v1]** - [IN_PROGRESS] - x: 1',
          theirs: '- **[WP-1-A-v1]** - [IN_PROGRESS] - x: 2',
        },
      ],
    ],
    [
      'taken away on one side and changed on the other',
      { stub: stub('A', 'B') },
      { stub: stub('B') },
      { stub: stub('B'), done: [entry('A', 'VALIDATED')] },
      [{ key: 'WP-1-A-v1', theirs: '- **[WP-1-A-v1]** - [VALIDATED]' }],
    ],
  ])('a person settles: %s', async (_, o, a, b, rows) => {
    const merged = await merge('board', [board(o), board(a), board(b)]);
    expect([merged.conflicts, merged.rows]).toEqual([1, rows]);
    expect(merged.text).toMatch(/^<<<<<<< ours\n(?:- .*\n)?=======\n(?:- .*\n)?>>>>>>> theirs$/m);
    expect((await merge('board', [board(o), board(b), board(a)])).conflicts).toBe(1);
  });

  it('one text that was moved to two places stays in both, and is a conflict', async () => {
    const other = '\n## Later\n\n## Never\n';
    const at = (title: string): string =>
      (board({}) + other).replace(`## ${title}\n`, `## ${title}\n\n- ${entry('A')}\n`);
    const { text, conflicts, rows } = await merge('board', [at('Done'), at('Later'), at('Never')]);
    expect([conflicts, rows.map(({ key }) => key)]).toEqual([1, ['WP-1-A-v1']]);
    expect(rowsOf('board', text)).toEqual(['Later · WP-1-A-v1 ·  · ', 'Never · WP-1-A-v1 ·  · ']);
  });

  it('prose is merged beside the rows, and its conflicts stay conflicts', async () => {
    const [o, a] = [board({ stub: stub('A', 'B') }), board({ stub: stub('A', 'B', 'C') }, 'Ours.')];
    const merged = await merge('board', [o, a, board({ stub: stub('B') }, 'Theirs.')]);
    expect([merged.conflicts, merged.rows]).toEqual([1, []]);
    expect(merged.text).toBe(
      board({ stub: stub('B', 'C') }, '<<<<<<< ours\nOurs.\n=======\nTheirs.\n>>>>>>> theirs'),
    );
    expect(await clean('board', o, a, board({ stub: stub('B') }))).toBe(
      board({ stub: stub('B', 'C') }, 'Ours.'),
    );
  });

  it('lines below an entry go with it, and are merged as text', async () => {
    const below = (text: string, section: keyof Entries, more: string): string =>
      board({ [section]: [`${text}\n  first\n  ${more}`] });
    expect(
      await clean(
        'board',
        below(entry('A', 'STUB'), 'stub', 'second'),
        below(entry('A', 'READY_FOR_DEV'), 'ready', 'second'),
        below(entry('A', 'STUB'), 'stub', 'other'),
      ),
    ).toBe(below(entry('A', 'READY_FOR_DEV'), 'ready', 'other'));
  });

  it('an entry whose lines below were changed is not taken away without asking', async () => {
    const o = board({ stub: [`${entry('A', 'STUB')}\n  first`] });
    const merged = await merge('board', [o, board({}), o.replace('first', 'other')]);
    expect(merged.rows).toEqual([{ key: 'WP-1-A-v1', theirs: '- **[WP-1-A-v1]** - [STUB]' }]);
    expect(merged.text).toContain('  other');
  });

  it('a section that one side renames keeps what the other adds to it', async () => {
    const o = board({ stub: stub('A') });
    const a = board({ stub: stub('A', 'B') });
    const b = o.replace('Stub Backlog (Not Activated)', 'Stub Backlog');
    expect(await clean('board', o, a, b)).toBe(a.replace('Stub Backlog (Not Activated)', 'Stub Backlog'));
  });

  it('an entry is not lost with a section that the other side takes away', async () => {
    const o = `${board({})}\n## Later\n\n## Notes\n`;
    const merged = await merge('board', [
      o,
      o.replace('\n## Later\n', ''),
      o.replace('## Later\n', `## Later\n\n- ${entry('A')}\n`),
    ]);
    expect(merged.text).toContain(entry('A'));
    expect(merged.conflicts).toBe(1);
  });

  it('bullets that each side writes in its own way are no conflict', async () => {
    const o = board({ stub: stub('A', 'B') });
    const merged = await clean(
      'board',
      o,
      `${o.replaceAll('- **', '* **')}* ${entry('X', 'BLOCKED')}\n`,
      `${o.replaceAll('- **', '+ **')}+ ${entry('Y', 'BLOCKED')}\n`,
    );
    expect(merged).toContain('* **[WP-1-A-v1]**');
    expect(rowsOf('board', merged)).toHaveLength(4);
  });
});

describe('the registry', () => {
  it.each<[name: string, o: string[], a: string[], b: string[], merged: string[]]>([
    [
      'rows that both add at the end',
      [base('A')],
      [base('A'), base('B')],
      [base('A'), base('C')],
      [base('A'), base('B'), base('C')],
    ],
    ['a first row each', [], [base('A')], [base('B')], [base('A'), base('B')]],
    [
      'rows that stand in an order',
      [base('A'), base('E')],
      [base('A'), base('B'), base('E')],
      [base('A'), base('C'), base('E'), base('F')],
      [base('A'), base('B'), base('C'), base('E'), base('F')],
    ],
    [
      'adjacent rows that both change',
      [base('A'), base('B')],
      [base('A', 'Done', 'x'), base('B')],
      [base('A'), base('B', 'In Progress', 'y')],
      [base('A', 'Done', 'x'), base('B', 'In Progress', 'y')],
    ],
    [
      'the further state holds, with its notes',
      [base('A')],
      [base('A', 'Done', 'x')],
      [base('A', 'In Progress', 'y')],
      [base('A', 'Done', 'x')],
    ],
    [
      'notes and a state that one side each has changed',
      [base('A')],
      [base('A', 'Done')],
      [base('A', 'Stub Backlog', 'y \\| z')],
      [base('A', 'Done', 'y \\| z')],
    ],
    [
      'duplicates and hand-made rows',
      [base('A'), base('A'), '| odd |', '|  |  |  |  |', '| `WP-1-T` |`t.md`|x|y| fifth |'],
      [base('A'), base('A'), '| odd |', '|  |  |  |  |', '| `WP-1-T` |`t.md`|x|y| fifth |', base('B')],
      [base('A'), base('A'), base('A'), '| odd |', '|  |  |  |  |', '| `WP-1-T` |`t.md`|x|z| fifth |'],
      [
        base('A'),
        base('A'),
        base('A'),
        '| odd |',
        '|  |  |  |  |',
        '| `WP-1-T` |`t.md`|x|z| fifth |',
        base('B'),
      ],
    ],
  ])('%s', async (_, o, a, b, merged) => {
    expect(await clean('registry', registry(o), registry(a), registry(b))).toBe(registry(merged));
  });

  it('states of two packets are not compared', async () => {
    const other = base('A', 'Stub Backlog', 'y').replace('A-v1', 'A-v2');
    const merged = await merge('registry', [
      registry([base('A')]),
      registry([base('A', 'Done', 'x')]),
      registry([other]),
    ]);
    expect(merged.rows).toEqual([{ key: 'WP-1-A', ours: base('A', 'Done', 'x'), theirs: other }]);
    expect(merged.text).toContain(
      `<<<<<<< ours\n${base('A', 'Done', 'x')}\n=======\n${other}\n>>>>>>> theirs\n`,
    );
  });

  it('a table that each side has set out in its own way is no conflict', async () => {
    const wide = (text: string, by: number): string => text.replaceAll(' |', `${' '.repeat(by)} |`);
    const merged = await clean(
      'registry',
      registry([base('A'), base('B')]),
      registry([wide(base('A'), 3), wide(base('B'), 3), wide(base('C'), 3)]),
      registry([wide(base('A'), 9), wide(base('B', 'Done'), 9)]),
    );
    expect(merged).toContain(wide(base('A'), 3));
    expect(rowsOf('registry', merged)).toHaveLength(3);
  });

  it.each<[name: string, o: string, a: string, b: string]>([
    ['no table on one side', registry([base('A')]), '# Gone\n', registry([base('A'), base('B')])],
    ['no table anywhere', 'x\n', 'y\n', 'z\n'],
  ])('%s: it is merged as text', async (_, o, a, b) => {
    const merged = await merge('registry', [o, a, b]);
    const plain = await mergeFile(tmpdir(), [o, a, b]);
    expect([merged.text, merged.conflicts]).toEqual([plain.bytes.toString(), plain.conflicts]);
  });

  it('a file that both sides add: the rows of both', async () => {
    expect(await clean('registry', '', registry([base('A')]), registry([base('B')]))).toBe(
      registry([base('A'), base('B')]),
    );
  });
});

describe('the signature audit', () => {
  it('newest first: rows that both add at the top stand there', async () => {
    expect(
      await clean('audit', audit([use('x1')]), audit([use('x2'), use('x1')]), audit([use('x3'), use('x1')])),
    ).toBe(audit([use('x2'), use('x3'), use('x1')]));
  });

  it('one signature that both sides have used differently is for a person', async () => {
    const merged = await merge('audit', [audit([]), audit([use('x1', 'a')]), audit([use('x1', 'b')])]);
    expect(merged.rows).toEqual([{ key: 'x1', ours: use('x1', 'a'), theirs: use('x1', 'b') }]);
    expect(merged.text).toContain('<<<<<<< ours\n');
  });
});

describe('bytes', () => {
  const three = [
    registry([base('A')]),
    registry([base('A'), base('B')]),
    registry([base('C'), base('A')]),
  ] as const;
  const merged = registry([base('C'), base('A'), base('B')]);
  const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
  const bom = (text: string): string => `\ufeff${text}`;
  const asIs = (text: string): string => text;
  type Change = (text: string) => string;

  it.each<[name: string, o: Change, a: Change, b: Change, result: Change]>([
    ['LF', asIs, asIs, asIs, asIs],
    ['CRLF', crlf, crlf, crlf, crlf],
    ['a BOM', bom, bom, bom, bom],
    ['CRLF on our side since', asIs, crlf, asIs, crlf],
    ['CRLF on their side since', asIs, asIs, crlf, crlf],
    ['a BOM taken off on one side', bom, asIs, bom, asIs],
    ['a BOM put on, and CRLF', asIs, bom, crlf, (text) => bom(crlf(text))],
  ])('%s', async (_, o, a, b, result) => {
    expect(await clean('registry', o(three[0]), a(three[1]), b(three[2]))).toBe(result(merged));
  });

  it('markers have the line ends of the document', async () => {
    const [o, a, b] = [audit([]), audit([use('x1', 'a')]), audit([use('x1', 'b')])].map(crlf);
    const { text } = await merge('audit', [o!, a!, b!]);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text).toContain('<<<<<<< ours\r\n');
  });

  it('mixed line ends and a last line without one stay', async () => {
    const mixed = (text: string): string => text.replace('\n', '\r\n').trimEnd();
    expect(await clean('registry', mixed(three[0]), mixed(three[0]), mixed(three[2]))).toBe(mixed(three[2]));
  });
});

describe('laws', () => {
  const ids = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];
  const TOKENS = {
    ready: 'READY_FOR_DEV',
    stub: 'STUB',
    progress: 'IN_PROGRESS',
    done: 'VALIDATED',
    blocked: 'BLOCKED',
    active: 'ACTIVE',
  };
  type State = Record<string, { in: keyof Entries; note: string } | undefined>;
  const one = fc.option(
    fc.record({
      in: fc.constantFrom<keyof Entries>('ready', 'stub', 'progress', 'done', 'blocked'),
      note: fc.constantFrom('', 'x: 1', 'y: 2 | z'),
    }),
    { nil: undefined },
  );
  const state = fc.record(Object.fromEntries(ids.map((id) => [id, one])));
  const split = fc.array(fc.boolean(), { minLength: ids.length, maxLength: ids.length });
  const SECTION = Object.fromEntries(SECTIONS);

  const text: Record<'board' | 'registry', (state: State) => string> = {
    board: (rows) =>
      board(
        Object.fromEntries(
          SECTIONS.map(([key]) => [
            key,
            ids.flatMap((id) => (rows[id]?.in === key ? [entry(id, TOKENS[key], rows[id].note)] : [])),
          ]),
        ),
      ),
    registry: (rows) =>
      registry(
        ids.flatMap((id) =>
          rows[id] ? [base(id, SECTION[rows[id].in], rows[id].note.replace('|', '\\|'))] : [],
        ),
      ),
  };

  it.each(['board', 'registry'] as const)(
    '%s: changes to different rows are all there, from both sides',
    async (kind) => {
      await fc.assert(
        fc.asyncProperty(state, state, split, async (before, after, mine) => {
          const take = (wanted: boolean): State =>
            Object.fromEntries(ids.map((id, at) => [id, mine[at] === wanted ? after[id] : before[id]]));
          const merged = await clean(
            kind,
            text[kind](before),
            text[kind](take(true)),
            text[kind](take(false)),
          );
          expect(rowsOf(kind, merged)).toEqual(rowsOf(kind, text[kind](after)));
        }),
        { numRuns: 40 },
      );
    },
    60_000,
  );

  it.each(['board', 'registry'] as const)(
    '%s: merging with an unchanged side is the other',
    async (kind) => {
      await fc.assert(
        fc.asyncProperty(state, state, async (before, after) => {
          const [o, a] = [text[kind](before), text[kind](after)];
          expect(await merge(kind, [o, a, o])).toEqual({ text: a, conflicts: 0, rows: [] });
          expect(await merge(kind, [o, o, a])).toEqual({ text: a, conflicts: 0, rows: [] });
        }),
        { numRuns: 40 },
      );
    },
    60_000,
  );

  it.each(['board', 'registry'] as const)(
    '%s: whatever both sides do, the same rows come out of it from both, or a conflict',
    async (kind) => {
      await fc.assert(
        fc.asyncProperty(state, state, state, async (before, a, b) => {
          const [o, ours, theirs] = [text[kind](before), text[kind](a), text[kind](b)];
          const [one, other] = [await merge(kind, [o, ours, theirs]), await merge(kind, [o, theirs, ours])];
          const keys = one.rows.map(({ key }) => key).sort();
          expect(other.rows.map(({ key }) => key).sort()).toEqual(keys);
          expect([one.conflicts, other.conflicts]).toEqual([keys.length, keys.length]);
          const rest = (each: MergedDocument): string[] =>
            rowsOf(kind, each.text.replace(/^[<=>]{7}.*\n/gm, '')).filter(
              (row) => !keys.some((key) => row.split(' · ').includes(key)),
            );
          expect(rest(other)).toEqual(rest(one));
        }),
        { numRuns: 40 },
      );
    },
    60_000,
  );
});

it.each<[kind: RenderedKind, o: string, a: string, b: string]>([
  ['registry', ...hostile((rows) => registry(rows), base('A'), base('B'), base('C'))],
  ['board', ...hostile((rows) => board({ stub: rows }), entry('A', 'STUB'), entry('B'), entry('C'))],
])(
  '%s: ten thousand rows, all of one key, are merged in bounded time',
  async (kind, o, a, b) => {
    const merged = await merge(kind, [o, a, b]);
    expect([merged.conflicts, rowsOf(kind, merged.text).length]).toEqual([0, 10_002]);
  },
  20_000,
);

function hostile(
  print: (rows: string[]) => string,
  row: string,
  last: string,
  first: string,
): [string, string, string] {
  const rows = Array.from({ length: 10_000 }, () => row);
  return [print(rows), print([...rows, last]), print([first, ...rows])];
}
