import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readTree } from '../../tools/artifacts/index.ts';
import { worktreeSnapshot } from '../../tools/snapshot/index.ts';
import {
  type AnchorResult,
  contentWords,
  loadSpec,
  resolveAnchor,
  type SpecIndex,
  sharedWords,
  statusCounts,
} from '../../tools/spec/index.ts';
import { corpusRoot } from '../support/corpus.ts';

/**
 * fixtures/stub-anchors.tsv: all anchor candidates of the stubs, each read against its target by a person.
 * `target` is the line of the section; of an addendum paragraph, of the section around it.
 * `accept`: the target is the clause that the author meant, and nothing speaks against it but what the status
 * says. `reject`: it is another clause, or there is none. A reason ends with `doubt:` where a person hesitates.
 */
interface Review {
  stub: string;
  line: number;
  number: string;
  status: string;
  target: string;
  verdict: string;
  reason: string;
}

const FIXTURE = join(import.meta.dirname, 'fixtures', 'stub-anchors.tsv');
const [header, ...records] = readFileSync(FIXTURE, 'utf8').trimEnd().split(/\r?\n/);
const reviews: Review[] = records.map((record) => {
  const [stub = '', line, number = '', status = '', target = '', verdict = '', reason = ''] =
    record.split('\t');
  return { stub, line: Number(line), number, status, target, verdict, reason };
});

const keyOf = ({ stub, line }: { stub: string; line: number }): string => `${stub}:${line}`;

function countBy<T>(items: readonly T[], key: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + 1;
  return counts;
}

interface Row {
  stub: string;
  line: number;
  result: AnchorResult;
}

let index: SpecIndex;
let rows: Row[];
beforeAll(async () => {
  const snapshot = worktreeSnapshot(corpusRoot);
  const tree = await readTree(snapshot, { globs: ['task_packets/stubs/*.md'] });
  index = await loadSpec(snapshot, { root: corpusRoot });
  rows = tree.stubs
    .flatMap(({ candidates }) => candidates)
    .map(({ text, place }) => ({
      stub: place.file.split('/').at(-1)!.replace(/\.md$/, ''),
      line: place.line,
      result: resolveAnchor(index, text),
    }))
    .sort((a, b) => (a.stub < b.stub ? -1 : a.stub > b.stub ? 1 : a.line - b.line));
});

const resultAt = (key: string): AnchorResult => rows.find((row) => keyOf(row) === key)!.result;

describe('the 183 anchors of the stubs', () => {
  it('resolve as reviewed, row by row', () => {
    const found = rows.map(({ stub, line, result }) =>
      [stub, line, result.query.number ?? '', result.status, result.section?.line ?? ''].join('\t'),
    );
    const expected = reviews.map(({ stub, line, number, status, target }) =>
      [stub, line, number, status, target].join('\t'),
    );
    expect(found).toEqual(expected);
  });

  it('the review is whole: 183 rows of 49 stubs, each with a verdict and a reason of its own', () => {
    expect(header).toBe('stub\tline\tnumber\tstatus\ttarget\tverdict\treason');
    expect(reviews).toHaveLength(183);
    expect(new Set(reviews.map(({ stub }) => stub)).size).toBe(49);
    expect(records.filter((record) => record.split('\t').length !== 7)).toEqual([]);
    expect(reviews.filter(({ reason }) => reason.length < 15).map(keyOf)).toEqual([]);
    expect(new Set(reviews.map(({ reason }) => reason)).size).toBe(183);
    expect(countBy(reviews, ({ verdict }) => verdict)).toEqual({ accept: 173, reject: 10 });
  });

  it('have a count per status', () => {
    expect(statusCounts(rows.map(({ result }) => result))).toEqual({
      NO_NUMBER: 7,
      UNRESOLVED: 1,
      TITLE_MISMATCH: 3,
      APPENDIX: 1,
      ROADMAP: 2,
      NOT_MAIN_BODY: 12,
      IN_TEMPLATE_FENCE: 26,
      HIDDEN_BY_BROKEN_FENCE: 9,
      MISPLACED: 7,
      ADDENDUM_PARAGRAPH: 8,
      UNIQUE: 107,
    });
  });

  it('none is UNIQUE that a person rejects; rejected are the renumbered ones and those without a number', () => {
    const rejected = reviews.filter(({ verdict }) => verdict === 'reject');
    expect(countBy(rejected, ({ status }) => status)).toEqual({
      TITLE_MISMATCH: 2,
      UNRESOLVED: 1,
      NO_NUMBER: 7,
    });
  });

  // The number and the title are right; what the person misses, no status can tell yet.
  it('five are UNIQUE with a doubt', () => {
    const doubtful = reviews.filter(({ reason }) => reason.includes('; doubt: '));
    expect(doubtful.map((row) => [keyOf(row), row.number, row.status, row.verdict])).toEqual([
      ['WP-1-Artifact-System-Foundations-v1:24', '2.3.10', 'UNIQUE', 'accept'],
      ['WP-1-Dev-Experience-ADRs:11', '4.2.2.2', 'UNIQUE', 'accept'],
      ['WP-1-Git-Engine-Decision-Gate-v1:24', '6.3.10.1', 'UNIQUE', 'accept'],
      ['WP-1-Layerwise-Inference-Foundations-v1:27', '4.5', 'UNIQUE', 'accept'],
      ['WP-1-Provider-Feature-Coverage-Agentic-Ready-v1:25', '4.2.3', 'UNIQUE', 'accept'],
    ]);
  });

  const renumbered: [line: number, status: string, reason: string][] = [
    [10, 'TITLE_MISMATCH', 'the heading says "Definitions", the anchor says "Mutation Traceability"'],
    [
      11,
      'TITLE_MISMATCH',
      'the heading says "Step vs PlannedOperation", the anchor says "Persistence Schema"',
    ],
    [12, 'UNRESOLVED', 'no heading has the number 2.9.3.2'],
  ];
  it.each(renumbered)('WP-1-Global-Silent-Edit-Guard:%i is %s: %s', (line, status, reason) => {
    const result = resultAt(`WP-1-Global-Silent-Edit-Guard:${line}`);
    expect([result.status, result.reasons[0]]).toEqual([status, reason]);
  });

  const paragraphs: [key: string, lines: number[]][] = [
    ['WP-1-Atelier-Collaboration-Panel-v1:24', [27_604]],
    ['WP-1-Atelier-Collaboration-Panel-v1:25', [27_618]],
    ['WP-1-Lens-Extraction-Tier-v1:24', [26_960]],
    ['WP-1-Lens-Extraction-Tier-v1:25', [27_062, 27_618]],
    ['WP-1-Lens-ViewMode-v1:24', [26_976]],
    ['WP-1-Role-Registry-AppendOnly-v1:24', [27_015]],
    ['WP-1-Role-Turn-Isolation-v1:24', [27_074]],
    ['WP-1-Role-Turn-Isolation-v1:25', [27_000]],
  ];
  it.each(paragraphs)('%s stands in the addendum paragraphs %j', (key, lines) => {
    const reasons = resultAt(key).reasons.join('\n');
    const found = [...reasons.matchAll(/bold paragraph at line (\d+)/g)].map((match) => Number(match[1]));
    expect(found).toEqual(lines);
  });
});

/** The classes of governance-grammar.md §4.3, which looks at the number alone. */
function classOf({ query }: AnchorResult): string {
  if (query.number === undefined) return 'no number';
  if (query.addendum) return 'addendum-local number';
  let { status, flags, candidates } = resolveAnchor(index, query);
  // The title is a second look: by its number alone it is one of the others.
  if (status === 'TITLE_MISMATCH')
    ({ status, flags, candidates } = resolveAnchor(index, { ...query, title: '' }));
  if (status !== 'UNIQUE') return status;
  if (flags.includes('TIE_BROKEN_BY_PLACE')) return 'several, one in the right place, YES';
  return candidates.length > 1 ? 'two in the right place' : 'one, right place, visible, YES';
}

describe('agreement with the classes that were counted by hand', () => {
  it('by number: all twelve counts are the same', () => {
    expect(countBy(rows, ({ result }) => classOf(result))).toEqual({
      'one, right place, visible, YES': 94,
      'several, one in the right place, YES': 15,
      HIDDEN_BY_BROKEN_FENCE: 9,
      NOT_MAIN_BODY: 12,
      ROADMAP: 2,
      IN_TEMPLATE_FENCE: 26,
      MISPLACED: 7,
      'two in the right place': 1,
      APPENDIX: 1,
      UNRESOLVED: 1,
      'addendum-local number': 8,
      'no number': 7,
    });
  });

  // 94 + 15 + 1 = 110 by number; 107 are UNIQUE, because a number alone is no proof.
  it('three of those 94 are not UNIQUE, for their titles', () => {
    const differing = rows.filter(
      ({ result }) => classOf(result) === 'one, right place, visible, YES' && result.status !== 'UNIQUE',
    );
    expect(differing.map((row) => [keyOf(row), row.result.status, row.result.section?.title])).toEqual([
      // Renumbered between v02.102 and v02.137: Mutation Traceability is 2.9.2 now, Persistence Schema 2.9.2.1.
      ['WP-1-Global-Silent-Edit-Guard:10', 'TITLE_MISMATCH', 'Definitions'],
      ['WP-1-Global-Silent-Edit-Guard:11', 'TITLE_MISMATCH', 'Step vs PlannedOperation'],
      // A person accepts the parent; the tool cannot know that 4.3.3.4 is meant and not its part 4.3.3.4.3, which
      // is named ModelSwapRequest.
      ['WP-1-LLM-Provider-Registry-v1:28', 'TITLE_MISMATCH', 'Sequential Model Swaps (Runtime Contract)'],
    ]);
  });

  const within = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
    a.size > 0 && [...a].every((word) => b.has(word));
  const numbered = (): Row[] =>
    rows.filter(({ result }) => result.query.number !== undefined && !result.query.addendum);

  /** By the letter, the anchor's notes taken as title or left out. */
  function letterClass({ query, section }: AnchorResult): string {
    if (!section) return 'none';
    const words = (text: string): Set<string> =>
      new Set(
        text
          .replace(/\[ADD[^\]]*\]|\((?:normative|hard|must|law|ADD v)[^()]*\)/gi, '')
          .toLowerCase()
          .split(/[^a-z0-9]+/)
          .filter((word) => word !== ''),
      );
    const number = query.number ?? '';
    const title = query.text.slice(query.text.indexOf(number, query.file?.length ?? 0) + number.length);
    const [whole, heading] = [words(title), words(section.title)];
    const bare = words(title.replace(/\s*->.*$/, '').replace(/\([^()]*\)/g, ''));
    if (whole.size === 0) return 'no title';
    return within(whole, heading) || within(heading, whole) || within(bare, heading) ? 'alike' : 'unlike';
  }

  /** As the tool compares: plurals folded, tags and notes of either title left out. */
  function titleClass({ query, section }: AnchorResult): string {
    if (!section) return 'none';
    const asked = contentWords(query.title);
    const full = contentWords(section.title);
    const bare = contentWords(section.title.replace(/\s*\([^()]*\)$/, ''));
    if (asked.size === 0) return 'no title';
    if (within(asked, full) || within(full, asked) || within(bare, asked)) return 'alike';
    return sharedWords(query.title, section.title) > 0 ? 'partial' : 'different';
  }

  // By hand: 81 exact, 62 one a subset of the other, 11 partial, 11 different, 2 without a title, 1 none. Where
  // exact ends and where partial begins is not written down; the sums are 143 and 22.
  it('by title, by the letter: 143 alike, 22 unlike, 2 without a title, 1 none', () => {
    const counts = countBy(numbered(), ({ result }) => letterClass(result));
    expect(counts).toEqual({ alike: 81 + 62, unlike: 11 + 11, 'no title': 2, none: 1 });
  });

  it('by title, as the tool compares: six of 168 fall otherwise', () => {
    const ours = countBy(numbered(), ({ result }) => titleClass(result));
    expect(ours).toEqual({ alike: 146, partial: 13, different: 3, 'no title': 5, none: 1 });
    const differing = numbered().filter(({ result }) => {
      const own = titleClass(result);
      return (own === 'partial' || own === 'different' ? 'unlike' : own) !== letterClass(result);
    });
    expect(differing.map((row) => [keyOf(row), letterClass(row.result), titleClass(row.result)])).toEqual([
      // The heading less its note, (Global), is the beginning of the anchor's words.
      ['WP-1-Handshake-Stage-MVP-v1:26', 'unlike', 'alike'],
      // A further number follows, and no title.
      ['WP-1-LocalFirst-Agentic-MCP-Posture-v1:10', 'unlike', 'no title'],
      // The same; the note is about both sections.
      ['WP-1-Micro-Task-Executor-v1:15', 'unlike', 'no title'],
      // `Profiles` and `Profile`.
      ['WP-1-Model-Onboarding-ContextPacks-v1:28', 'unlike', 'alike'],
      // A remark on the change of v02.137, and no title.
      ['WP-1-ModelSession-Core-Scheduler-v1:26', 'unlike', 'no title'],
      // `events` and `Event`.
      ['WP-1-Session-Spawn-Contract-v1:28', 'unlike', 'alike'],
    ]);
  });

  const partial = [
    '2.3.10',
    '2.3.11',
    '11.7',
    '11.8',
    '4.2',
    '2.3.8.1',
    '4.2.3',
    '2.3.10',
    '4.3.9.15',
    '11.1',
    '2.6.8',
    '7.5.4',
    '11.1.6',
  ];
  it('by title: the thirteen partial ones are accepted in the review', () => {
    const found = numbered().filter(({ result }) => titleClass(result) === 'partial');
    expect(found.map(({ result }) => result.query.number)).toEqual(partial);
    const rejected = new Set(reviews.filter(({ verdict }) => verdict === 'reject').map(keyOf));
    expect(found.filter((row) => rejected.has(keyOf(row)))).toEqual([]);
  });
});

describe('a clause put in between shifts the numbers of its siblings', () => {
  // Each title on the number of its elder sibling: what every anchor would be after one insertion.
  it('of 1,202 such anchors one is UNIQUE at the wrong clause', () => {
    const body = index.sections.filter(
      ({ number, kind, container, title }) =>
        number !== undefined &&
        number.split('.').length >= 3 &&
        kind === 'body' &&
        container === undefined &&
        title !== '',
    );
    const pairs = body.flatMap((section, at) => {
      const next = body[at + 1];
      return next && next.level === section.level && next.parent === section.parent
        ? [[section, next] as const]
        : [];
    });
    expect(pairs).toHaveLength(1202);
    const accepted = pairs.filter(([section, next]) => {
      const result = resolveAnchor(index, `${section.number} ${next.title}`);
      return result.status === 'UNIQUE' && result.section === section;
    });
    // The arrow in `10.10.8.2 Document → Photo Workflows` begins a sub-target, so one word is left of it.
    expect(accepted.map(([section]) => section.number)).toEqual(['10.10.8.1']);
  });
});
