import type { GovTree, Stub } from '../artifacts/index.ts';
import { type Pin, pinsOf } from '../gate/index.ts';
import { coveredBy, groupMembers, resolveAnchor, type SpecIndex, type SpecSection } from '../spec/index.ts';
import type { Clause, Criterion } from './clauses.ts';
import { groupsIn, idsIn } from './ids.ts';
import type { TraceLink } from './model.ts';

/** The documents that answer for a clause, each at the first line that does. */
export interface Links {
  stubs: TraceLink[];
  refinements: TraceLink[];
  packets: TraceLink[];
}

const LISTS = { stub: 'stubs', refinement: 'refinements', packet: 'packets' } as const;

/** Who answers for which clause, by its id. */
export function chainOf(
  index: SpecIndex,
  tree: GovTree,
  clauses: readonly Clause[],
  criteria: readonly Criterion[],
): Map<string, Links> {
  const chain = new Map<string, Links>();
  const known = new Set(clauses.map(({ id }) => id));
  const link = (kind: keyof typeof LISTS, id: string, to: TraceLink): void => {
    const links = chain.get(id) ?? { stubs: [], refinements: [], packets: [] };
    chain.set(id, links);
    const list = links[LISTS[kind]];
    if (!list.some(({ file }) => file === to.file)) list.push(to);
  };
  for (const pin of pinsOf(tree)) {
    const to = { wp_id: pin.wpId, file: pin.file, line: pin.line };
    for (const id of idsOfPin(index, clauses, known, pin)) link(pin.kind, id, to);
  }
  for (const stub of tree.stubs) {
    for (const { id, line } of namedIn(index, known, stub))
      link('stub', id, { wp_id: stub.stem, file: stub.path, line });
  }
  for (const { id, wpId, file, line } of criteria) {
    link('stub', id, { wp_id: wpId, file, line });
    const at = (document: { stem: string; path: string }): TraceLink => ({
      wp_id: wpId,
      file: document.path,
      line: 1,
    });
    for (const one of tree.refinements) if (one.stem === wpId) link('refinement', id, at(one));
    for (const one of tree.packets) if (one.stem === wpId) link('packet', id, at(one));
  }
  return chain;
}

/**
 * An anchor that names ids beside its section (`11.5 Flight Recorder events (FR-EVT-SESS-SPAWN-*)`) answers for
 * these alone; any other for all that its section holds, with what stands below it.
 */
function idsOfPin(
  index: SpecIndex,
  clauses: readonly Clause[],
  known: ReadonlySet<string>,
  pin: Pin,
): string[] {
  const named = namedIds(index, known, pin.anchor.text);
  if (named.length > 0) return named;
  const found = new Set<string>();
  const sections = sectionsOf(index, pin);
  const window = pin.window && pin.spec.version === index.version ? pin.window : undefined;
  for (const { id, file, line } of clauses) {
    const within = sections.some((section) => holds(section, file, line));
    const seen = window && index.files.length === 1 && line >= window.start && line <= window.end;
    if (within || seen) found.add(id);
  }
  return [...found];
}

/** Where an anchor leads; nowhere when nothing says which of several it means. */
function sectionsOf(index: SpecIndex, { query }: Pin): SpecSection[] {
  return [query, ...query.others.map((number) => ({ ...query, number, title: '', others: [] }))].flatMap(
    (one) => {
      if (one.number === undefined || !/^\d/.test(one.number)) return [];
      const { section, status } = resolveAnchor(index, { ...one, others: [] });
      if (!section || status === 'AMBIGUOUS' || status === 'UNRESOLVED') return [];
      return coveredBy(index, one, section) ?? [section];
    },
  );
}

function holds(section: SpecSection, file: string, line: number): boolean {
  if (section.endFile !== undefined) return section.file === file && line >= section.line;
  return section.file === file && line >= section.line && line <= section.endLine;
}

/** What a stub names anywhere but among the things that it puts out of its scope. */
function namedIn(
  index: SpecIndex,
  known: ReadonlySet<string>,
  { file, outOfScope }: Stub,
): { id: string; line: number }[] {
  const not = new Set(outOfScope.map(({ place }) => place.line));
  return file.lines.flatMap((text, at) =>
    not.has(at + 1) ? [] : namedIds(index, known, text).map((id) => ({ id, line: at + 1 })),
  );
}

function namedIds(index: SpecIndex, known: ReadonlySet<string>, text: string): string[] {
  const members = groupsIn(text).flatMap((group) => groupMembers(index, group));
  return [...new Set([...idsIn(text), ...members])].filter((id) => known.has(id));
}
