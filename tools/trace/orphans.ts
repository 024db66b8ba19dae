import { compareText } from '../findings/index.ts';
import { nearestIdentifier, type SpecIndex } from '../spec/index.ts';
import type { Clause } from './clauses.ts';
import { idsIn } from './ids.ts';
import type { TraceLock } from './lock.ts';
import type { TraceOrphan } from './model.ts';
import { idPattern } from './pattern.ts';
import type { Sources } from './source/sources.ts';
import type { NamingTest } from './tests.ts';

export interface Named {
  sources: Pick<Sources, 'comments'>;
  tests: readonly NamingTest[];
  lock: TraceLock;
  lockFile: string;
  /** Globs over ids that mean no clause. */
  examples: readonly string[];
}

/**
 * Ids that look like those of a family of this spec, and that neither it nor a stub defines. An id of a family that
 * the spec does not have (`CX-101` where it has no codex) is somebody else's, and no orphan; nor is the name of a
 * group (`FR-EVT-SESS-SPAWN`).
 */
export function orphansOf(
  index: SpecIndex,
  clauses: readonly Clause[],
  { sources, tests, lock, lockFile, examples }: Named,
): TraceOrphan[] {
  const known = new Set(clauses.map(({ id }) => id));
  const starts = new Set(clauses.map(({ id }) => startOf(id)));
  const isExample = examples.map(idPattern);
  const judged = new Map<string, boolean>();
  const nearest = new Map<string, string | undefined>();
  const isOrphan = (id: string): boolean => {
    const before = judged.get(id);
    if (before !== undefined) return before;
    const isGroup = (): boolean => clauses.some((clause) => clause.id.startsWith(`${id}-`));
    const orphan =
      !known.has(id) && starts.has(startOf(id)) && !isExample.some((matches) => matches(id)) && !isGroup();
    judged.set(id, orphan);
    return orphan;
  };
  const orphan = (id: string, kind: TraceOrphan['in'], file: string, line: number): TraceOrphan => {
    if (!nearest.has(id)) nearest.set(id, nearestOf(index, clauses, id));
    const near = nearest.get(id);
    return { id, in: kind, file, line, ...(near !== undefined && { nearest: near }) };
  };
  const found = [
    ...sources.comments.flatMap(({ file, line, text }) =>
      idsIn(text)
        .filter(isOrphan)
        .map((id) => orphan(id, 'code', file, line)),
    ),
    ...tests.flatMap(({ test, ids }) =>
      ids.filter(isOrphan).map((id) => orphan(id, 'test', test.file, test.line)),
    ),
    ...[...lock].filter(([id]) => !known.has(id)).map(([id, { line }]) => orphan(id, 'lock', lockFile, line)),
  ];
  return found.sort((a, b) => compareText(a.file, b.file) || a.line - b.line || compareText(a.id, b.id));
}

/** What tells a family: `INV` of INV-SPAWN-001, `FR-EVT`, `CX-MM`; of a criterion `AC`. */
function startOf(id: string): string {
  if (id.includes('/AC-')) return 'AC';
  return /^(?:FR-EVT|CX-MM|[A-Z]+)/.exec(id)?.[0] ?? id;
}

function nearestOf(index: SpecIndex, clauses: readonly Clause[], id: string): string | undefined {
  if (!id.includes('/')) return nearestIdentifier(index, id);
  const [packet] = id.split('/');
  return clauses.find((clause) => clause.id.startsWith(`${packet}/`))?.id;
}
