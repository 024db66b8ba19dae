import type { Place } from '../../findings/index.ts';
import type { Field } from '../../markdown/index.ts';
import type { TextFile } from '../../text/index.ts';
import { type Packet, readPacket } from '../packet/packet.ts';
import { type Refinement, readRefinement } from '../refinement/refinement.ts';
import { readStub, type Stub } from '../stub/stub.ts';
import { checkBoxes, planBoxes } from './boxes.ts';
import { emptyPlan, type LinePlan, printLines, splice } from './lines.ts';
import { Unprintable } from './unprintable.ts';
import { isOneLine, readBack } from './verify.ts';

/** A document that holds fields; its other parts are only read. */
export type FieldDocument = Stub | Packet | Refinement;

/** The field with another value. Its note stays where it is: `KEY: value (note)`. */
export function changedField(field: Field, value: string): Field {
  return { ...field, value, raw: value + field.raw.slice(field.value.length) };
}

/** The model with that field instead of the one at its place, wherever the model holds it. */
export function withField<T extends FieldDocument>(document: T, field: Field): T {
  const exchange = (value: unknown): unknown => {
    if (isField(value)) return keyOf(value) === keyOf(field) ? field : value;
    if (Array.isArray(value)) return value.map(exchange);
    if (!isPart(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, exchange(each)]));
  };
  const { file, ...parts } = document;
  return { ...(exchange(parts) as T), file };
}

/** Prints a stub, a packet or a refinement: the fields whose value was changed, and a stub's boxes. */
export function printFields(document: FieldDocument): string {
  const { file } = document;
  const originals = byPlace(readAgain(document, file));
  const plan = emptyPlan();
  const changes = changedFields(document, originals);
  for (const field of changes) planField(plan, file, originals.get(keyOf(field))!, field);
  if (document.kind === 'stub') planBoxes(plan, document, readStub(file));
  const printed = printLines(file, plan);
  if (plan.replace.size === 0) return printed.text;
  const again = readAgain(document, readBack(file, printed));
  const reads = byPlace(again);
  for (const field of changes) {
    const same = reads.get(keyOf(field))?.some((read) => read.key === field.key && isSame(read, field));
    if (same !== true) throw refused(field, 'one that reads back as itself');
  }
  if (reads.size !== originals.size) throw refused(changes[0]!, 'one that makes and hides no other field');
  if (document.kind === 'stub' && again.kind === 'stub') checkBoxes(document, again);
  return printed.text;
}

/** One for each place: a model may hold the same field in several parts, and any of them may be the changed one. */
function changedFields(document: FieldDocument, originals: ReadonlyMap<string, Field[]>): Field[] {
  const changes = new Map<string, Field>();
  for (const field of fieldsOf(document)) {
    const key = keyOf(field);
    const known = originals.get(key);
    if (known === undefined) throw refused(field, 'a field that stands in the document');
    if (known.some((original) => isSame(original, field))) continue;
    const other = changes.get(key);
    if (other !== undefined && !isSame(other, field)) throw refused(field, 'one value, not two');
    changes.set(key, field);
  }
  return [...changes.values()];
}

function planField(plan: LinePlan, file: TextFile, originals: readonly Field[], field: Field): void {
  const { raw } = field;
  if (!isOneLine(raw)) throw refused(field, 'one line');
  const original = originals.find(({ place, raw: own }) => textOf(file, place) === own);
  // A comment within the value is nobody's to take away.
  if (original === undefined) throw refused(field, 'a value without a comment in it');
  const { line, column, endColumn } = original.place;
  const text = file.lines[line - 1]!;
  // `KEY:` has no blank behind its colon.
  const gap = raw !== '' && original.raw === '' && !/\s$/.test(text.slice(0, column - 1)) ? ' ' : '';
  plan.replace.set(line, splice(text, column, endColumn - column, gap + raw));
}

function readAgain(document: FieldDocument, file: TextFile): FieldDocument {
  if (document.kind === 'stub') return readStub(file);
  return document.kind === 'packet' ? readPacket(file) : readRefinement(file);
}

/** Every field that a model holds, wherever: one that is held twice is found twice. */
function fieldsOf(value: unknown): Field[] {
  if (isField(value)) return [value];
  if (Array.isArray(value)) return value.flatMap(fieldsOf);
  return isPart(value) ? Object.values(value).flatMap(fieldsOf) : [];
}

function isField(value: unknown): value is Field {
  return typeof value === 'object' && value !== null && 'keyPlace' in value && 'raw' in value;
}

/** An object of the model; the file itself and its lines are none. */
function isPart(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('sha256' in value);
}

function byPlace(document: FieldDocument): Map<string, Field[]> {
  const fields = new Map<string, Field[]>();
  for (const field of fieldsOf(document)) {
    fields.set(keyOf(field), [...(fields.get(keyOf(field)) ?? []), field]);
  }
  return fields;
}

function keyOf({ keyPlace }: Field): string {
  return `${keyPlace.line}:${keyPlace.column}`;
}

function isSame(one: Field, other: Field): boolean {
  return one.raw === other.raw && one.value === other.value && one.note === other.note;
}

function textOf(file: TextFile, { line, column, endColumn }: Place): string {
  return file.lines[line - 1]!.slice(column - 1, endColumn - 1);
}

function refused(field: Field, expected: string): Unprintable {
  return new Unprintable(field.place.file, `value of ${field.key}`, field.raw, expected, field.place);
}
