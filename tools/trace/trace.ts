import type { GovTree } from '../artifacts/index.ts';
import type { TraceConfig } from '../config/index.ts';
import type { Finding } from '../findings/index.ts';
import type { Snapshot } from '../snapshot/index.ts';
import type { SpecIndex } from '../spec/index.ts';
import { chainOf } from './chain.ts';
import { type Clause, criteriaOf, specClauses } from './clauses.ts';
import { demand, matchingIds } from './demands.ts';
import { idsIn } from './ids.ts';
import { judge } from './judge.ts';
import { lockPath, readLock, type TraceLock } from './lock.ts';
import {
  TRACE_STATES,
  type TracedClause,
  type TracePlace,
  type TraceReport,
  type TraceState,
} from './model.ts';
import { orphansOf } from './orphans.ts';
import { idPattern } from './pattern.ts';
import { type ResultFile, readResults } from './results.ts';
import { readSources } from './source/sources.ts';
import { type NamingTest, namingTests } from './tests.ts';

export interface TraceInput {
  index: SpecIndex;
  tree: GovTree;
  /** Where code, tests and the lock are read: the work tree, or a commit. */
  snapshot: Snapshot;
  config: TraceConfig;
  /** What a test runner wrote, as it was read. */
  results: readonly ResultFile[];
  /** Absolute: results name their tests by where these stood. A root that is reached by a link has two. */
  roots: readonly string[];
  /** Globs over ids. Default: those of the configuration. */
  require?: readonly string[];
}

export interface Trace {
  report: TraceReport;
  /** What is required and not met, and every orphan, in the order of the files. */
  findings: Finding[];
  lock: TraceLock;
}

/**
 * Who answers for which clause: clause → stub → refinement → packet, and code and tests, with what the results say.
 * Throws a UsageError for a broken result file or lock, and for a pattern that matches nothing.
 */
export async function traceOf(input: TraceInput): Promise<Trace> {
  const { index, tree, snapshot, config } = input;
  const criteria = criteriaOf(tree);
  const clauses: Clause[] = [...specClauses(index), ...criteria];
  const results = readResults(input.results, input.roots);
  const sources = await readSources(
    snapshot,
    config,
    criteria.map(({ words }) => longWords(words)),
  );
  const tests = namingTests(sources.tests, results.tests, criteria);
  const lockFile = lockPath(tree.folder);
  const lock = await readLock(snapshot, lockFile);
  const chain = chainOf(index, tree, clauses, criteria);
  const testsOf = groupedTests(tests);
  const codeOf = groupedCode(sources.comments);
  const outOfScope = reasons(clauses, config);
  const traced = clauses.map((clause): TracedClause => {
    const own = testsOf.get(clause.id) ?? [];
    const links = chain.get(clause.id) ?? { stubs: [], refinements: [], packets: [] };
    const { line, endLine, section, fingerprint, ...named } = pick(clause);
    return {
      ...named,
      line,
      endLine,
      section,
      fingerprint,
      ...judge(own, fingerprint, lock.get(clause.id)?.fingerprint, outOfScope(clause.id)),
      ...links,
      code: codeOf.get(clause.id) ?? [],
      tests: own.map(({ test }) => test),
    };
  });
  const orphans = orphansOf(index, clauses, { sources, tests, lock, lockFile, examples: config.examples });
  const { required, findings } = demand(traced, orphans, input.require ?? config.require);
  const report: TraceReport = {
    schema: 'govkit.trace@1',
    spec: { file: index.files[0]!.path, version: index.version, sha256: index.sha256 },
    clauses: traced,
    orphans,
    results: results.files,
    counts: countsOf(traced),
    looked: sources.looked,
    notes: [...sources.notes, ...results.notes],
    required,
  };
  return { report, findings, lock };
}

/** A criterion's words are for matching alone. */
function pick({ id, family, text, file, line, endLine, section, fingerprint }: Clause): Clause {
  return { id, family, text, file, line, endLine, section, fingerprint };
}

/** What a file must hold to be worth parsing for a criterion; short words and signs may be written in other ways. */
function longWords(words: string): string[] {
  return words.match(/[\p{L}\p{N}]{4,}/gu) ?? [];
}

function groupedTests(tests: readonly NamingTest[]): Map<string, NamingTest[]> {
  const grouped = new Map<string, NamingTest[]>();
  for (const test of tests) for (const id of test.ids) push(grouped, id, test);
  return grouped;
}

function groupedCode(
  comments: readonly { file: string; line: number; text: string }[],
): Map<string, TracePlace[]> {
  const grouped = new Map<string, TracePlace[]>();
  for (const { file, line, text } of comments)
    for (const id of idsIn(text)) push(grouped, id, { file, line });
  return grouped;
}

function push<T>(grouped: Map<string, T[]>, id: string, value: T): void {
  const own = grouped.get(id);
  if (own) own.push(value);
  else grouped.set(id, [value]);
}

/** Why a clause is out of scope; the first pattern that matches says. */
function reasons(
  clauses: readonly Clause[],
  { out_of_scope: patterns }: TraceConfig,
): (id: string) => string | undefined {
  const known = patterns.map(({ ids, reason }) => {
    matchingIds(clauses, ids, 'trace.out_of_scope');
    return { matches: idPattern(ids), reason };
  });
  return (id) => known.find(({ matches }) => matches(id))?.reason;
}

function countsOf(clauses: readonly TracedClause[]): Record<TraceState, number> {
  const counts = Object.fromEntries(TRACE_STATES.map((state) => [state, 0])) as Record<TraceState, number>;
  for (const { state } of clauses) counts[state] += 1;
  return counts;
}
