import { compareText, type Finding, linePlace, sortFindings } from '../../findings/index.ts';
import type { SpecIndex } from '../../spec/index.ts';
import { type Diagnostic, finding, needlessWords, settle } from '../diagnostics.ts';
import { EVENT_BASE } from '../dialects/typescript.ts';
import {
  type Dialect,
  type EventNode,
  type Evidence,
  type Ir,
  type RecordNode,
  refsOf,
  type TypeNode,
} from '../ir.ts';
import { compareMentions } from '../mentions/compare.ts';
import type { Answers } from '../overlay/answers.ts';
import { strayAnswers } from '../overlay/stray.ts';
import { proseDiagnostics } from '../prose/index.ts';
import { amend } from './amend.ts';
import { derive, deriveNode, notCarried } from './carried.ts';
import { aliasCycles, unusableBases } from './circles.ts';
import type { Collected } from './collect.ts';
import { checkDefaults } from './defaults.ts';
import { resolveEvents } from './events.ts';
import { rankBySection, sectionAround } from './precedence.ts';
import { passedOver, sameNames } from './rivals.ts';
import { closure, unknownRoots, wantedBy } from './roots.ts';
import { chooseEvents, chooseTypes } from './symbols.ts';
import { undefinedTypes } from './undefined-types.ts';
import { unusableNames } from './unusable-names.ts';

export interface ResolveOptions {
  /** Types and events to keep, with what they reach; everything without it. */
  roots?: readonly string[];
  /** Sections whose definitions win over others of the main body, in order. */
  precedence?: readonly string[];
  /** For those who compare contracts: what prose and mentions say beside the definitions is not judged. */
  definitionsAlone?: boolean;
}

/** Makes one IR of what the blocks say and the overlay answers, narrowed to `roots` where they are given. */
export function resolve(
  index: SpecIndex,
  collected: Collected,
  answers: Answers,
  { roots, precedence = [], definitionsAlone = false }: ResolveOptions,
): { ir: Ir; diagnostics: Finding[] } {
  const { prefer } = answers;
  const types = chooseTypes(collected.types, { prefer, rank: rankBySection(index, precedence) });
  const all = new Map(types.chosen.map((node) => [node.name, node]));
  const base = all.get(EVENT_BASE);
  const beside = base === undefined ? undefined : sectionAround(index, base.section);
  const order = beside === undefined ? precedence : [...precedence, beside];
  const events = chooseEvents(collected.events, { prefer, rank: rankBySection(index, order) });
  const notes: Diagnostic[] = [...collected.diagnostics, ...types.diagnostics, ...events.diagnostics];
  for (const node of answers.types) {
    const stated = all.get(node.name);
    if (stated) notes.push(needless(node, stated));
    else all.set(node.name, node);
  }
  notes.push(...amend(all, answers), ...strayAnswers(answers, collected));
  for (const [name, node] of all) all.set(name, deriveNode(node, all));
  notes.push(...sameNames(collected.interfaces, all));
  const archived = new Map<string, TypeNode | EventNode>([...types.archivedOnly, ...events.archivedOnly]);
  if (roots) notes.push(...unknownRoots(index, roots, { types: all, events: events.chosen }, archived));

  const wanted = roots && wantedBy(roots);
  const reached = wanted
    ? closure(
        [...all.keys()].filter((name) => wanted.has(name)),
        all,
      )
    : new Set(all.keys());
  const records = {
    reached: [...reached].map((name) => all.get(name)).filter(isYamlRecord),
    all: [...all.values()].filter(isYamlRecord),
  };
  const chosen = events.chosen
    .filter((event) => wanted === undefined || wanted.has(event.frId))
    .map((event) => ({ ...event, payload: derive(event.payload, all) }));
  const record = base?.kind === 'record' ? base : undefined;
  const {
    events: resolved,
    envelope,
    diagnostics,
  } = resolveEvents(chosen, { base: record, records, answers });
  notes.push(...diagnostics);

  const held = [...resolved.flatMap((event) => event.payload), ...(envelope?.fields ?? [])];
  for (const name of closure(
    held.flatMap((field) => refsOf(field.type)),
    all,
  ))
    reached.add(name);
  const checked = checkDefaults(
    [...reached].map((name) => all.get(name)).filter((node) => node !== undefined),
    all,
  );
  const used = checked.types;
  const schemas = used.filter(({ evidence }) => SCHEMA_DIALECTS.has(evidence[0]!.dialect));
  const needed = wanted
    ? reached
    : closure([...schemas.map(({ name }) => name), ...held.flatMap(({ type }) => refsOf(type))], all);
  notes.push(...checked.diagnostics);
  notes.push(...undefinedTypes({ types: used, fields: held, all, archived, needed }));
  notes.push(...notCarried(used, resolved));
  notes.push(...unusableNames({ types: used, events: resolved, envelope }));
  notes.push(...aliasCycles(used, all), ...unusableBases(used, all));

  const candidates = collected.types.map(({ node }) => node).filter(({ name }) => reached.has(name));
  const spoken = { types: used, events: resolved, candidates, whole: wanted === undefined };
  if (!definitionsAlone) notes.push(...proseDiagnostics(index, spoken));

  const inOrder = fileOrder(index);
  const ids = new Set(resolved.map(({ frId }) => frId));
  const mentions = [...collected.mentions, ...events.passedOver.map(passedOver)]
    .filter(({ frId }) => wanted === undefined || ids.has(frId) || wanted.has(frId))
    .sort((a, b) => compareText(a.frId, b.frId) || inOrder(a.evidence[0]!, b.evidence[0]!));
  const outer = (envelope?.fields ?? record?.fields ?? []).map(({ name }) => name);
  if (!definitionsAlone) notes.push(...compareMentions(resolved, mentions, outer));
  const ir: Ir = {
    schema: 'govkit.ir@1',
    spec: { source: index.source, version: index.version, sha256: index.digest },
    types: used.sort((a, b) => inOrder(a.evidence[0]!, b.evidence[0]!) || compareText(a.name, b.name)),
    events: resolved.sort((a, b) => compareText(a.frId, b.frId)),
    mentions,
    ...(envelope ? { envelope } : {}),
  };
  if (wanted === undefined && !definitionsAlone) notes.push(...needlessWords(notes, answers.settled));
  const isKept = (name: string): boolean =>
    reached.has(name) || ids.has(name) || (wanted?.has(name) ?? false);
  const kept = notes
    .filter(({ owner }) => wanted === undefined || owner === undefined || [owner].flat().some(isKept))
    .map((note) => (isNeedless(note, all, needed) ? asWarning(note) : note));
  return { ir, diagnostics: sortFindings([...answers.findings, ...settle(kept, answers)]) };
}

function isYamlRecord(node: TypeNode | undefined): node is RecordNode {
  return node?.kind === 'record' && node.evidence[0]!.dialect === 'yaml';
}

/** Whose blocks are schemas by intention. */
const SCHEMA_DIALECTS: ReadonlySet<Dialect> = new Set(['yaml', 'overlay']);

/**
 * Blocks of code show types as often as they define contracts. Where nobody asked for such a definition by name,
 * and no schema and no event needs it, a doubt about it stops nothing else: it is a warning, and open JSON stands
 * where nothing is known.
 */
function isNeedless(
  { owner, finding: raw }: Diagnostic,
  all: ReadonlyMap<string, TypeNode>,
  needed: ReadonlySet<string>,
): boolean {
  const name = raw.rule === 'codegen/duplicate-definition' && typeof owner === 'string' ? owner : undefined;
  return name !== undefined && all.has(name) && !needed.has(name);
}

function asWarning(note: Diagnostic): Diagnostic {
  if (note.finding.severity !== 'error') return note;
  return { ...note, finding: { ...note.finding, severity: 'warning' } };
}

/** The overlay may say what the spec does not; once the spec says it, the overlay has to go. */
function needless(node: TypeNode, stated: TypeNode): Diagnostic {
  const message = `Unexpected overlay definition of ${node.name}, expected none since the spec defines it`;
  const place = stated.evidence[0]!;
  const related = [{ place: linePlace(place.file, place.line), note: "the spec's definition" }];
  return { finding: finding('overlay-target', 'error', node.evidence[0]!, message, { related }) };
}

function fileOrder(index: SpecIndex): (a: Evidence, b: Evidence) => number {
  const at = new Map(index.files.map((file, order) => [file.path, order]));
  const rank = (evidence: Evidence) => at.get(evidence.file) ?? index.files.length;
  return (a, b) => rank(a) - rank(b) || compareText(a.file, b.file) || a.line - b.line;
}
