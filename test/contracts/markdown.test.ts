import type { Heading, Link, Nodes, Table } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, it } from 'vitest';
import { Anchors, code, plainText } from '../../tools/contracts/emit/markdown-text.ts';
import { emit, type Field, generate, type Ir } from '../../tools/contracts/index.ts';
import { OWN_OVERLAY, OWN_SPEC, ROOT, readOwn, readSpec, specOf } from './spec-fixture.ts';

const AWKWARD = 'a | b \\| `c` <d> *e* [f](g) \\ $h$ & ~i~';

const SMALL = specOf(
  [
    '## 1.2 Shapes',
    '',
    '```yaml',
    'Thing:',
    `  name: string   # ${AWKWARD}`,
    '  size: int | null   # 0 = nothing; default 5; null = unlimited',
    '  at: string   # ISO 8601',
    '  parent: string   # FK → Thing',
    '  role: string   # Coder / Validator / custom',
    '  parts: Part[]',
    '  nested:   # inside',
    '    kind: enum [A, B] | null',
    'Part: enum',
    '  - LEFT   # of | it',
    '  - RIGHT',
    'Name: string',
    'FR-EVT-T-001:',
    '  event_type: "thing.made"',
    '  payload: { session_id: uuid, part: Part, other }',
    '```',
    '',
  ].join('\n'),
);

const own = (): Ir => {
  const overlay = { path: OWN_OVERLAY, text: readOwn(OWN_OVERLAY) };
  return generate(readSpec(`${ROOT}${OWN_SPEC}`, OWN_SPEC), { overlay }).ir;
};

const pagesOf = (ir: Ir): Map<string, string> =>
  new Map(emit(ir, { target: 'markdown', out: '.' }).map(({ path, text }) => [path, text]));

const parse = (text: string): Nodes => unified().use(remarkParse).use(remarkGfm).parse(text);

function all<T extends Nodes>(node: Nodes, type: T['type'], found: T[] = []): T[] {
  if (node.type === type) found.push(node as T);
  if ('children' in node) for (const child of node.children) all(child, type, found);
  return found;
}

const textOf = (node: Nodes): string =>
  'value' in node ? node.value : 'children' in node ? node.children.map(textOf).join('') : '';

/** GitHub's own rule, written a second time: letters, digits, `_` and `-` stay, the second of two gets a number. */
function anchorsOf(tree: Nodes): Set<string> {
  const anchors = new Set<string>();
  for (const heading of all<Heading>(tree, 'heading')) {
    const slug = textOf(heading)
      .toLowerCase()
      .replace(/[^a-z0-9_ -]/g, '')
      .replace(/ /g, '-');
    let anchor = slug;
    for (let n = 1; anchors.has(anchor); n++) anchor = `${slug}-${n}`;
    anchors.add(anchor);
  }
  return anchors;
}

describe.each([
  ['a small spec', () => generate(SMALL).ir],
  ['the own spec', own],
])('the pages of %s', (_, irOf) => {
  const pages = pagesOf(irOf());
  const trees = new Map([...pages].map(([path, text]) => [path, parse(text)]));

  it('every row of every table has the cells of its head, and none shows as text', () => {
    for (const [path, tree] of trees) {
      const tables = all<Table>(tree, 'table');
      expect(tables.length).toBeGreaterThan(1);
      const rows = tables.flatMap((table) =>
        table.children.map((row) => [row.children.length, table.children[0]!.children.length]),
      );
      expect([path, rows.filter(([cells, head]) => cells !== head)]).toEqual([path, []]);
      expect(pages.get(path)!.match(/^\|.*\|$/gm)).toHaveLength(rows.length + tables.length);
    }
  });

  it('every link leads to a heading', () => {
    const anchors = new Map([...trees].map(([path, tree]) => [path, anchorsOf(tree)]));
    const links = [...trees].flatMap(([path, tree]) =>
      all<Link>(tree, 'link').map(({ url }) => {
        const [file, anchor] = url.split('#') as [string, string | undefined];
        const target = anchors.get(file === '' ? path : file);
        return { url, there: target !== undefined && (anchor === undefined || target.has(anchor)) };
      }),
    );
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter(({ there }) => !there)).toEqual([]);
  });

  it('holds no raw HTML but its own header, and is the same twice', () => {
    for (const tree of trees.values())
      expect(all(tree, 'html').map((node) => textOf(node).slice(0, 5))).toEqual(['<!-- ', '<!-- ', '<!-- ']);
    expect(pagesOf(irOf())).toEqual(pages);
  });
});

describe('types.md', () => {
  const pages = pagesOf(generate(SMALL).ir);
  const tree = parse(pages.get('types.md')!);
  const rows = all<Table>(tree, 'table').flatMap((table) =>
    table.children.map((row) => row.children.map(textOf)),
  );
  const rowOf = (name: string) => rows.find(([first]) => first === name)?.slice(1);

  it.each<[field: string, type: string, presence: string, nullable: string, facts: string, source: string]>([
    ['name', 'string', 'required', 'no', '', 'stated, line 5'],
    [
      'size',
      'int',
      'required',
      'yes: unlimited',
      'default 5; at least 0 (inferred, not enforced)',
      'stated, line 6',
    ],
    ['at', 'datetime', 'required', 'no', '', 'stated and from the comment, line 7'],
    ['parent', 'string', 'required', 'no', 'key of Thing', 'stated, line 8'],
    [
      'role',
      'string',
      'required',
      'no',
      'open vocabulary: Coder, Validator, custom and others',
      'stated, line 9',
    ],
    ['parts', 'list of Part', 'required', 'no', '', 'stated, line 10'],
    ['nested', 'object', 'required', 'no', '', 'stated, line 11'],
    ['nested.kind', 'ThingKind', 'required', 'yes', '', 'stated, line 12'],
  ])('%s', (field, type, presence, nullable, facts, source) => {
    const [shownType, shownPresence, shownNull, shownFacts, , shownSource] = rowOf(field)!;
    expect([shownType, shownPresence, shownNull, shownFacts, shownSource]).toEqual([
      type,
      presence,
      nullable,
      facts,
      source,
    ]);
  });

  it('a comment shows letter by letter, whatever is marked up in it', () => {
    expect(rowOf('name')?.[4]).toBe(AWKWARD);
    expect(rowOf('"LEFT"')).toEqual(['of | it']);
  });

  it('a definition tells its clause, its place and who uses it', () => {
    const text = pages.get('types.md')!;
    expect(text).toMatch(
      /^## Part\n\nEnum, clause 1\.2, `Spec_v01\.md:13`, fingerprint `1:[0-9a-f]{64}`\.$/m,
    );
    expect(text).toContain('Used by [`Thing`](#thing) and [`FR-EVT-T-001`](events.md#fr-evt-t-001).\n');
    expect(text).toMatch(/^## Name\n\nAlias.*\n\n`string`\.$/m);
  });
});

describe('events.md', () => {
  const ir = generate(SMALL).ir;
  const mention = (frId: string, line: number) => ({
    frId,
    form: 'table' as const,
    type: 'thing_made',
    fields: ['part', 'other?'],
    section: '9.9',
    archived: true,
    evidence: [{ file: 'Spec_v01.md', line, dialect: 'event-table' as const, confidence: 'stated' as const }],
  });
  const text = pagesOf({ ...ir, mentions: [mention('FR-EVT-T-001', 40), mention('FR-EVT-X-009', 41)] }).get(
    'events.md',
  )!;
  const said =
    'a table of events, clause 9.9, archived or non-normative, type `thing_made`, with `part`, `other?`';

  it('an event has its row in its family, its fields, and the places that name it too', () => {
    expect(text).toContain('| [`FR-EVT-T-001`](#fr-evt-t-001) | `thing.made` | 1.2 | `session_id` |\n');
    expect(text).toContain('| `part` | [`Part`](types.md#part) | required | no | stated, line 19 |\n');
    expect(text).toContain('| `other` | any: the spec gives no type | required |');
    expect(text).toContain(`Also named at:\n\n- \`Spec_v01.md:40\`: ${said}\n`);
  });

  it('what is named and defined nowhere is listed', () => {
    expect(text).toContain(`| \`FR-EVT-X-009\` | \`Spec_v01.md:41\`: ${said} |\n`);
  });
});

describe('types in words', () => {
  const field = (name: string, type: Field['type']): Field => ({
    name,
    type,
    presence: 'required',
    nullable: false,
    doc: '',
    evidence: [],
  });
  const string = { kind: 'prim', name: 'string' } as const;
  const int = { kind: 'prim', name: 'int' } as const;

  it.each<[said: string, type: Field['type']]>([
    ['`string` or `int`', { kind: 'union', of: [string, int] }],
    [
      'list of (`string` or `null`)',
      { kind: 'array', of: { kind: 'union', of: [string, { kind: 'null' }] } },
    ],
    ['map from text to `int`', { kind: 'map', of: int }],
    ['list of exactly `string` and `int`', { kind: 'tuple', of: [string, int] }],
    ['`string` of the form `^a\\|b$`', { kind: 'pattern', pattern: '^a|b$' }],
    ['`string` of the form a\\\\\\|b', { kind: 'pattern', pattern: 'a\\|b' }],
    ['any: `keyof T`', { kind: 'opaque', text: 'keyof T' }],
    ['`Gone`', { kind: 'ref', name: 'Gone' }],
    ['list of objects', { kind: 'array', of: { kind: 'object', fields: [field('x', int)] } }],
    [
      'map from text to (object of `x`: `int`)',
      { kind: 'map', of: { kind: 'object', fields: [field('x', int)] } },
    ],
    [
      '`true` or `"a\\|b"`',
      { kind: 'union', of: [true, 'a|b'].map((value) => ({ kind: 'literal', value })) },
    ],
  ])('%s', (said, type) => {
    const ir: Ir = {
      ...generate(SMALL).ir,
      events: [],
      types: [
        {
          kind: 'record',
          name: 'T',
          section: '1',
          fingerprint: 'f',
          doc: '',
          fields: [field('a', type)],
          evidence: [{ file: 'S.md', line: 1, dialect: 'yaml', confidence: 'stated' }],
        },
      ],
    };
    expect(pagesOf(ir).get('types.md')).toContain(`\n| \`a\` | ${said} | required |`);
  });

  it('a comment that would open a block is a paragraph, and names that GitHub makes one are two', () => {
    expect([plainText('x*y'), code('a`b'), code('`')]).toEqual(['x\\*y', '`` a`b ``', '`` ` ``']);
    const anchors = new Anchors();
    expect(['Foo', 'FOO', 'foo-1', 'foo'].map((name) => anchors.add(name))).toEqual([
      'foo',
      'foo-1',
      'foo-1-1',
      'foo-2',
    ]);
  });
});
