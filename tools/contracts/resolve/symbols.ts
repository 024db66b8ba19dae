import { linePlace } from '../../findings/index.ts';
import { canonicalJson } from '../../text/index.ts';
import { answerKey, type Diagnostic, finding } from '../diagnostics.ts';
import type { EventNode, TypeNode } from '../ir.ts';
import type { Candidate } from './collect.ts';
import type { Rank } from './precedence.ts';

export interface Choice<T> {
  chosen: T[];
  /** Definitions of another shape that were not chosen, archived ones included. */
  passedOver: Candidate<T>[];
  /** Names that only archived text defines: they stay undefined unless the overlay prefers a section. */
  archivedOnly: Map<string, T>;
  diagnostics: Diagnostic[];
}

interface By {
  prefer: Map<string, string>;
  rank: Rank;
}

/**
 * One definition per name: what the overlay prefers, then the first section of the precedence, then the main
 * body. Archived and non-normative text is never used by itself. What is passed over is reported; two shapes of
 * one rank are an error until the overlay prefers a section.
 */
export function chooseTypes(candidates: Candidate<TypeNode>[], by: By): Choice<TypeNode> {
  return choose(candidates, (node) => node.name, by);
}

export function chooseEvents(candidates: Candidate<EventNode>[], by: By): Choice<EventNode> {
  const choice = choose(named(candidates), (node) => node.frId, by);
  choice.diagnostics.push(...withoutId(candidates, choice.chosen), ...sharedTypes(choice.chosen));
  return choice;
}

/** An interface without an id is a sketch of the event whose type it has; archived text gives no id to the main body. */
function named(candidates: Candidate<EventNode>[]): Candidate<EventNode>[] {
  const byType = { body: new Map<string, string>(), all: new Map<string, string>() };
  for (const { node, archived } of candidates) {
    if (node.frId === '' || node.type === '') continue;
    byType.all.set(node.type, node.frId);
    if (!archived) byType.body.set(node.type, node.frId);
  }
  return candidates.flatMap((candidate) => {
    const { node, archived } = candidate;
    if (node.frId !== '') return candidate;
    const frId = byType.body.get(node.type) ?? (archived ? byType.all.get(node.type) : undefined);
    return frId === undefined ? [] : { ...candidate, node: { ...node, frId } };
  });
}

function withoutId(candidates: Candidate<EventNode>[], chosen: EventNode[]): Diagnostic[] {
  const types = new Set(chosen.map(({ type }) => type));
  return candidates
    .filter(({ node }) => node.frId === '' && !types.has(node.type))
    .map(({ node }) => ({
      owner: node.doc,
      finding: finding(
        'event-without-id',
        'warning',
        node.evidence[0]!,
        `Unexpected event ${node.doc || node.type} without an FR-EVT id, expected one in a comment above it`,
        { args: { type: node.type } },
      ),
    }));
}

function sharedTypes(chosen: EventNode[]): Diagnostic[] {
  const byType = new Map<string, EventNode>();
  const diagnostics: Diagnostic[] = [];
  for (const event of chosen) {
    const other = byType.get(event.type);
    byType.set(event.type, other ?? event);
    if (other === undefined) continue;
    const message = `Unexpected type "${event.type}" of ${event.frId}, expected one that ${other.frId} does not use`;
    const related = [{ place: at(other), note: other.frId }];
    diagnostics.push({
      owner: event.frId,
      finding: finding('duplicate-event-type', 'error', event.evidence[0]!, message, { related }),
    });
  }
  return diagnostics;
}

function choose<T extends TypeNode | EventNode>(
  candidates: Candidate<T>[],
  nameOf: (node: T) => string,
  { prefer, rank }: By,
): Choice<T> {
  const groups = new Map<string, Candidate<T>[]>();
  for (const candidate of candidates) {
    const name = nameOf(candidate.node);
    const group = groups.get(name);
    if (group) group.push(candidate);
    else groups.set(name, [candidate]);
  }
  const choice: Choice<T> = { chosen: [], passedOver: [], archivedOnly: new Map(), diagnostics: [] };
  for (const [name, group] of groups) {
    const preferred = group.find(({ node }) => node.section === prefer.get(name));
    const body = group.filter(({ archived }) => !archived);
    const winner = preferred ?? first(body, rank);
    if (winner === undefined) {
      choice.archivedOnly.set(name, group[0]!.node);
      choice.passedOver.push(...group);
      continue;
    }
    choice.chosen.push(winner.node);
    if (group.length === 1) continue;
    const used = shape(winner.node);
    const rivals = group.filter((other) => other !== winner && shape(other.node) !== used);
    if (rivals.length === 0) continue;
    choice.passedOver.push(...rivals);
    const open =
      preferred === undefined && rivals.some((rival) => !rival.archived && rank(rival) === rank(winner));
    choice.diagnostics.push(conflict(name, winner, rivals, open));
  }
  return choice;
}

function first<T>(candidates: Candidate<T>[], rank: Rank): Candidate<T> | undefined {
  return candidates.reduce<Candidate<T> | undefined>(
    (best, next) => (best === undefined || rank(next) < rank(best) ? next : best),
    undefined,
  );
}

function conflict<T extends TypeNode | EventNode>(
  name: string,
  winner: Candidate<T>,
  rivals: Candidate<T>[],
  open: boolean,
): Diagnostic {
  const called = winner.node.kind === 'event' && winner.node.doc ? `${name} (${winner.node.doc})` : name;
  const lines = rivals.map(({ node }) => node.evidence[0]!.line).join(', ');
  const message = `Unexpected second definition of ${called} with another shape (line ${lines}), expected one; that of ${winner.node.section || 'the first block'} is used`;
  const related = rivals.map(({ node, archived }) => ({
    place: at(node),
    note: archived ? 'archived or non-normative' : 'main body',
  }));
  return {
    key: answerKey.prefer(name),
    owner: name,
    finding: finding('duplicate-definition', open ? 'error' : 'warning', winner.node.evidence[0]!, message, {
      args: { name },
      related,
    }),
  };
}

function at(node: TypeNode | EventNode) {
  return linePlace(node.evidence[0]!.file, node.evidence[0]!.line);
}

/** What a definition says, apart from where and in which words. */
export function shape(node: unknown): string {
  return canonicalJson(strip(node));
}

const PLACE = new Set(['evidence', 'doc', 'section', 'fingerprint', 'payloadName']);

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !PLACE.has(key))
      .map(([key, inner]) => [key, strip(inner)]),
  );
}
