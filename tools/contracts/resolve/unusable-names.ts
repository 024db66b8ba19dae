import { linePlace } from '../../findings/index.ts';
import { type Diagnostic, finding } from '../diagnostics.ts';
import { IN_EVENTS, IN_TYPES, RESERVED } from '../emit/declared.ts';
import type { EnvelopeNode, EventNode, Evidence, Field, Type, TypeNode } from '../ir.ts';
import { shape } from './symbols.ts';

interface Named {
  types: readonly TypeNode[];
  events: readonly EventNode[];
  envelope: EnvelopeNode | undefined;
}

/**
 * Names that no generated code can carry: the field of a prototype, which zod finds in every object, also where it
 * is absent; a type that the generated files declare themselves; a word of TypeScript; two names that a reader or
 * a file system without capitals takes for one.
 */
export function unusableNames({ types, events, envelope }: Named): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const note = (
    what: string,
    expected: string,
    at: Evidence,
    owner: string | undefined,
    other?: Evidence,
  ) => {
    const related = other ? [{ place: linePlace(other.file, other.line), note: 'the other one' }] : [];
    const message = `Unexpected ${what}, expected ${expected}`;
    const raw = finding('unusable-name', 'error', at, message, { related });
    diagnostics.push({ ...(owner !== undefined && { owner }), firm: true, finding: raw });
  };
  const fields = (owner: string, of: readonly Field[], known: string | undefined): void => {
    const seen = new Set<string>();
    for (const { name, type, evidence } of of) {
      if (seen.has(name)) {
        const message = `Unexpected second field ${name} of ${owner}, expected it once`;
        const raw = finding('duplicate-field', 'error', evidence[0]!, message);
        diagnostics.push({ ...(known !== undefined && { owner: known }), firm: true, finding: raw });
      }
      seen.add(name);
      if (name in Object.prototype)
        note(`field ${name} of ${owner}`, 'a name that not every object has', evidence[0]!, known);
      for (const inner of objectsIn(type)) fields(owner, inner, known);
    }
  };

  const emitsEvents = envelope !== undefined && events.length > 0;
  const byCase = new Map<string, TypeNode>();
  for (const node of types) {
    const { name, evidence } = node;
    const at = evidence[0]!;
    const reason = whyUnusable(name, emitsEvents);
    if (reason !== undefined) note(`type name ${name}`, reason, at, name);
    const other = byCase.get(name.toLowerCase());
    if (other === undefined) byCase.set(name.toLowerCase(), node);
    else
      note(
        `type name ${name} beside ${other.name}`,
        'two names that differ in more than capitals',
        at,
        name,
        other.evidence[0]!,
      );
    if (node.kind === 'record') fields(name, node.fields, name);
    if (node.kind === 'alias') for (const inner of objectsIn(node.type)) fields(name, inner, name);
  }

  const defined = new Map(types.map((node) => [node.name, node]));
  const payloads = new Map<string, EventNode>();
  for (const event of events) {
    const { frId, payloadName, evidence } = event;
    const at = evidence[0]!;
    fields(frId, event.payload, frId);
    if (!emitsEvents) continue;
    const what = `payload name ${payloadName} of ${frId}`;
    const reason = whyUnusable(payloadName, true);
    if (reason !== undefined) note(what, reason, at, frId);
    const type = defined.get(payloadName);
    if (type) note(what, 'one that no type has', at, frId, type.evidence[0]!);
    const other = payloads.get(payloadName);
    payloads.set(payloadName, other ?? event);
    if (other && shape(other.payload) !== shape(event.payload))
      note(what, `one that ${other.frId} with its other fields does not have`, at, frId, other.evidence[0]!);
  }
  if (envelope) {
    const own = [envelope.idField, envelope.discriminator, 'payload'];
    const at = envelope.evidence.at(-1)!;
    fields('the envelope', envelope.fields, undefined);
    for (const name of new Set([
      ...own.filter((each, to) => own.indexOf(each) !== to),
      ...envelope.fields.map((field) => field.name).filter((each) => own.includes(each)),
    ]))
      note(`second field ${name} of the envelope`, `one beside ${own.join(', ')}`, at, undefined);
    for (const name of own)
      if (!isIdentifier(name))
        note(`field ${name} of the envelope`, 'a name of letters, digits and _', at, undefined);
  }
  return diagnostics;
}

function whyUnusable(name: string, emitsEvents: boolean): string | undefined {
  if (!isIdentifier(name)) return 'a name of letters, digits and _ that begins with a letter';
  if (RESERVED.has(name)) return 'one that is no word of TypeScript';
  if (IN_TYPES.has(name) || (emitsEvents && IN_EVENTS.has(name)) || name in Object.prototype)
    return 'one that the generated code does not use itself';
  return undefined;
}

function isIdentifier(name: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name);
}

function objectsIn(type: Type): Field[][] {
  switch (type.kind) {
    case 'object':
      return [type.fields];
    case 'array':
    case 'map':
      return objectsIn(type.of);
    case 'union':
    case 'tuple':
      return type.of.flatMap(objectsIn);
    default:
      return [];
  }
}
