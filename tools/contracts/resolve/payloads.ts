import { canonicalJson } from '../../text/index.ts';
import { answerKey, type Diagnostic, finding } from '../diagnostics.ts';
import type { EventNode, Field, RecordNode, Type } from '../ir.ts';
import type { Answers } from '../overlay/answers.ts';

/** Where a name may be looked up: what was asked for first, then all records of schema blocks. */
export interface LookIn {
  reached: readonly RecordNode[];
  all: readonly RecordNode[];
}

/**
 * Types the items of a payload that the spec only names: by the overlay, else by the one record field of the
 * same name. Where that leaves none or several, the item is reported and stays open (json), never guessed.
 */
export function resolvePayload(
  event: EventNode,
  records: LookIn,
  answers: Answers,
): { event: EventNode; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const answered = answers.payloads.get(event.frId);
  const payload = event.payload.map((item) => {
    const open = isUntyped(item.type);
    const found = open ? lookIn(item, records) : [];
    if (open) diagnostics.push(...doubts(event, item, found));
    const answer = answered?.get(item.name);
    if (answer)
      return {
        ...item,
        type: answer.type,
        nullable: answer.nullable,
        presence: answer.presence,
        ...(answer.bounds && { bounds: answer.bounds }),
        evidence: [...item.evidence, ...answer.evidence],
      };
    return found.length === 1 ? typedBy(item, found[0]!) : item;
  });
  for (const [name, answer] of answered ?? []) {
    if (payload.some((item) => item.name === name)) continue;
    const message = `Unexpected item ${name}, expected one of the payload of ${event.frId}`;
    diagnostics.push({ finding: finding('overlay-target', 'error', answer.evidence[0]!, message) });
  }
  return { event: { ...event, payload }, diagnostics };
}

/** Fields of one name that agree on the written type; the most exact of them stands for all. */
type Found = Field & { from: string[] };

function lookIn(item: Field, { reached, all }: LookIn): Found[] {
  const found = lookUp(item, reached);
  return found.length > 0 ? found : lookUp(item, all);
}

function lookUp(item: Field, records: readonly RecordNode[]): Found[] {
  const byType = new Map<string, Found>();
  for (const record of records) {
    const field = record.fields.find((candidate) => candidate.name === item.name);
    if (field === undefined || (item.type.kind === 'array') !== (field.type.kind === 'array')) continue;
    const key = canonicalJson({ type: written(field), nullable: field.nullable });
    const known = byType.get(key);
    const from = [...(known?.from ?? []), `${record.name}.${field.name}`];
    byType.set(key, { ...(known && isMined(known) ? known : field), from });
  }
  return [...byType.values()];
}

function doubts(event: EventNode, item: Field, found: Found[]): Diagnostic[] {
  const key = answerKey.payload(event.frId, item.name);
  const name = `${event.frId} ${item.name}`;
  const args = { event: event.frId, item: item.name };
  if (found.length === 0) {
    const message = `Unexpected payload item ${name} without a type, expected a type or a record field of that name`;
    return [{ key, finding: finding('payload-untyped', 'warning', item.evidence[0]!, message, { args }) }];
  }
  if (found.length > 1) {
    const where = found.map((field) => field.from[0]).join(', ');
    const message = `Unexpected payload item ${name} with several types (${where}), expected one`;
    return [{ key, finding: finding('payload-ambiguous', 'warning', item.evidence[0]!, message, { args }) }];
  }
  if (!found[0]!.nullable) return [];
  const message = `Unexpected null in payload item ${name} (from ${found[0]!.from[0]}), expected a word on whether it may be null here`;
  return [{ key, finding: finding('payload-nullable', 'info', item.evidence[0]!, message, { args }) }];
}

function typedBy(item: Field, found: Found): Field {
  const inferred = found.evidence.map((evidence) => ({ ...evidence, confidence: 'inferred' as const }));
  return {
    ...item,
    type: found.type,
    nullable: found.nullable,
    evidence: [...item.evidence, ...inferred.slice(0, 1)],
  };
}

function written(field: Field): Type {
  return isMined(field) ? { kind: 'prim', name: 'string' } : field.type;
}

function isMined(field: Field): boolean {
  return field.evidence.some((evidence) => evidence.confidence === 'mined');
}

function isUntyped(type: Type): boolean {
  return type.kind === 'untyped' || (type.kind === 'array' && type.of.kind === 'untyped');
}
