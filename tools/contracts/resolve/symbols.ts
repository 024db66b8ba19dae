import { linePlace } from '../../findings/index.ts';
import { canonicalJson } from '../../text/index.ts';
import { answerKey, type Diagnostic, finding } from '../diagnostics.ts';
import type { EventNode, TypeNode } from '../ir.ts';
import type { Candidate } from './collect.ts';

/**
 * One definition per name. The main body goes before archived and non-normative text; what is passed over is
 * reported, and two main-body shapes that differ are an error until the overlay prefers a section.
 */
export function chooseTypes(
  candidates: Candidate<TypeNode>[],
  prefer: Map<string, string>,
): { chosen: TypeNode[]; diagnostics: Diagnostic[] } {
  return choose(candidates, (node) => node.name, prefer);
}

export function chooseEvents(
  candidates: Candidate<EventNode>[],
  prefer: Map<string, string>,
): { chosen: EventNode[]; diagnostics: Diagnostic[] } {
  const { chosen, diagnostics } = choose(candidates, (node) => node.frId, prefer);
  const byType = new Map<string, EventNode>();
  for (const event of chosen) {
    const other = byType.get(event.type);
    byType.set(event.type, other ?? event);
    if (other === undefined) continue;
    const message = `Unexpected type "${event.type}" of ${event.frId}, expected one that ${other.frId} does not use`;
    const related = [{ place: at(other), note: other.frId }];
    diagnostics.push({
      finding: finding('duplicate-event-type', 'error', event.evidence[0]!, message, { related }),
    });
  }
  return { chosen, diagnostics };
}

function choose<T extends TypeNode | EventNode>(
  candidates: Candidate<T>[],
  nameOf: (node: T) => string,
  prefer: Map<string, string>,
): { chosen: T[]; diagnostics: Diagnostic[] } {
  const groups = new Map<string, Candidate<T>[]>();
  for (const candidate of candidates) {
    const name = nameOf(candidate.node);
    const group = groups.get(name);
    if (group) group.push(candidate);
    else groups.set(name, [candidate]);
  }
  const diagnostics: Diagnostic[] = [];
  const chosen: T[] = [];
  for (const [name, group] of groups) {
    const preferred = group.find(({ node }) => node.section === prefer.get(name));
    const winner = preferred ?? group.find(({ rank }) => rank === 0) ?? group[0]!;
    chosen.push(winner.node);
    const rivals = group.filter((other) => other !== winner && shape(other.node) !== shape(winner.node));
    if (rivals.length === 0) continue;
    const open = preferred === undefined && rivals.some(({ rank }) => rank === winner.rank);
    const lines = rivals.map(({ node }) => node.evidence[0]!.line).join(', ');
    const message = `Unexpected second definition of ${name} with another shape (line ${lines}), expected one; that of ${winner.node.section || 'the first block'} is used`;
    const related = rivals.map(({ node, rank }) => ({
      place: at(node),
      note: rank === 1 ? 'archived or non-normative' : 'main body',
    }));
    diagnostics.push({
      key: answerKey.prefer(name),
      finding: finding(
        'duplicate-definition',
        open ? 'error' : 'warning',
        winner.node.evidence[0]!,
        message,
        { args: { name }, related },
      ),
    });
  }
  return { chosen, diagnostics };
}

function at(node: TypeNode | EventNode) {
  return linePlace(node.evidence[0]!.file, node.evidence[0]!.line);
}

/** What a definition says, apart from where and in which words. */
function shape(node: TypeNode | EventNode): string {
  return canonicalJson(strip(node));
}

const PLACE = new Set(['evidence', 'doc', 'section', 'fingerprint']);

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !PLACE.has(key))
      .map(([key, inner]) => [key, strip(inner)]),
  );
}
