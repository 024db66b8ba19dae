import type { Finding, Place } from '../../findings/index.ts';
import { fingerprint } from '../../text/index.ts';
import { type Answer, answerKey, finding, type Settled } from '../diagnostics.ts';
import { mine } from '../dialects/comment.ts';
import { parseType } from '../dialects/type-text.ts';
import { type Evidence, type Field, type Literal, pascal, type TypeNode } from '../ir.ts';
import type { Casing } from './casing.ts';
import type { OverlayEntry } from './overlay.ts';

/** The overlay's entries, ready to be asked. `places` is keyed by what an entry answers. */
export interface Answers {
  types: TypeNode[];
  payloads: Map<string, Map<string, Field>>;
  /** FR id or family → payload field. */
  correlation: Map<string, { field: string; evidence: Evidence }>;
  /** Type name → section whose definition is used. */
  prefer: Map<string, string>;
  /** Event → fields of its envelope. */
  narrows: Map<string, Field[]>;
  /** Enum → how its members are written. */
  casing: Map<string, { casing: Casing; evidence: Evidence }>;
  /** `Type.field` or enum → value. */
  defaults: Map<string, { value: Literal; evidence: Evidence }>;
  envelope?: { entry: NonNullable<OverlayEntry['envelope']>; fields: Field[]; place: Place };
  /** Words on what a rule reports of a line. */
  settled: Settled[];
  places: Map<string, Answer>;
  findings: Finding[];
}

/** Turns entries into IR pieces; a type that does not parse is a finding at its entry. */
export function readAnswers(entries: OverlayEntry[]): Answers {
  const answers: Answers = {
    types: [],
    payloads: new Map(),
    correlation: new Map(),
    prefer: new Map(),
    narrows: new Map(),
    casing: new Map(),
    defaults: new Map(),
    settled: [],
    places: new Map(),
    findings: [],
  };
  for (const entry of entries) take(entry, answers);
  return answers;
}

function take(entry: OverlayEntry, answers: Answers): void {
  const said = { place: entry.place, why: entry.why ?? 'the answer' };
  const evidence = evidenceOf(entry);
  if (entry.define !== undefined) {
    answers.places.set(answerKey.define(entry.define), said);
    define(entry.define, entry, answers);
  } else if (entry.prefer !== undefined) {
    answers.places.set(answerKey.prefer(entry.prefer), said);
    answers.prefer.set(entry.prefer, entry.section);
  } else if (entry.payload !== undefined) {
    const items = answers.payloads.get(entry.payload) ?? new Map<string, Field>();
    for (const field of fieldsOf(entry.fields ?? {}, entry.payload, entry, answers)) {
      items.set(field.name, field);
      answers.places.set(answerKey.payload(entry.payload, field.name), said);
    }
    answers.payloads.set(entry.payload, items);
  } else if (entry.correlation !== undefined) {
    for (const [key, field] of Object.entries(entry.correlation)) {
      answers.correlation.set(key, { field, evidence });
      answers.places.set(answerKey.correlation(key), said);
    }
  } else if (entry.narrow !== undefined) {
    answers.narrows.set(entry.narrow, [
      ...(answers.narrows.get(entry.narrow) ?? []),
      ...fieldsOf(entry.fields ?? {}, entry.narrow, entry, answers),
    ]);
  } else if (entry.casing !== undefined) {
    for (const [name, casing] of Object.entries(entry.casing)) {
      answers.casing.set(name, { casing, evidence });
      answers.places.set(answerKey.casing(name), said);
    }
  } else if (entry.default !== undefined) {
    for (const [name, value] of Object.entries(entry.default)) {
      answers.defaults.set(name, { value, evidence });
      answers.places.set(answerKey.default(name), said);
    }
  } else if (entry.settles !== undefined) {
    if (entry.quoted) answers.settled.push({ ...said, rule: entry.settles, line: entry.quoted });
  } else if (entry.contradicts !== undefined) {
    if (entry.quoted && entry.against)
      answers.findings.push(contradiction(entry.quoted, entry.against, entry));
  } else if (entry.envelope !== undefined) {
    answers.places.set(answerKey.envelope(), said);
    const fields = fieldsOf(entry.envelope.fields, 'FlightRecorderEvent', entry, answers);
    answers.envelope = { entry: entry.envelope, fields, place: entry.place };
  }
}

/** Two sentences of the spec that cannot both hold: no reader of blocks sees it, whoever reviewed them did. */
function contradiction(quoted: Place, against: Place, entry: OverlayEntry): Finding {
  const message = `Unexpected contradiction to line ${against.line}, expected one word on it; decided by overlay`;
  const related = [
    { place: against, note: 'says otherwise' },
    { place: entry.place, note: entry.why ?? 'the answer' },
  ];
  return finding('contradiction', 'info', quoted, message, { related });
}

function define(name: string, entry: OverlayEntry, answers: Answers): void {
  const base = {
    name,
    section: entry.section,
    fingerprint: fingerprint([entry.quote]),
    doc: '',
    evidence: [evidenceOf(entry)],
  };
  if (entry.record) {
    answers.types.push({ ...base, kind: 'record', fields: fieldsOf(entry.record, name, entry, answers) });
  } else if (entry.enum) {
    answers.types.push({ ...base, kind: 'enum', members: entry.enum.map((value) => ({ value, doc: '' })) });
  } else {
    const parsed = parseType(entry.alias ?? '');
    if (parsed?.kind !== 'type') reject(entry, name, entry.alias ?? '', answers);
    else answers.types.push({ ...base, kind: 'alias', type: parsed.type, nullable: parsed.nullable });
  }
}

function fieldsOf(
  written: Record<string, string>,
  owner: string,
  entry: OverlayEntry,
  answers: Answers,
): Field[] {
  const fields: Field[] = [];
  for (const [key, text] of Object.entries(written)) {
    const name = key.replace(/\?$/, '');
    const [written = '', limits] = text.split(/\s+#\s*/, 2);
    const parsed = parseType(written);
    const bounds =
      limits === undefined || parsed?.kind !== 'type'
        ? undefined
        : mine(limits, parsed.type, parsed.nullable).bounds;
    // A limit that is not understood would be none.
    if (parsed === undefined || (limits !== undefined && bounds === undefined)) {
      reject(entry, `${owner}.${name}`, text, answers);
      continue;
    }
    const evidence = [evidenceOf(entry)];
    const presence = key.endsWith('?') ? 'optional' : 'required';
    const type =
      parsed.kind === 'type' ? parsed.type : { kind: 'ref' as const, name: `${owner}${pascal(name)}` };
    if (parsed.kind === 'enum' && type.kind === 'ref') {
      const members = parsed.members.map((value) => ({ value, doc: '' }));
      answers.types.push({
        kind: 'enum',
        name: type.name,
        section: entry.section,
        fingerprint: fingerprint([entry.quote]),
        doc: '',
        owner,
        members,
        evidence,
      });
    }
    const field: Field = { name, type, presence, nullable: parsed.nullable, doc: '', evidence };
    fields.push(bounds === undefined ? field : { ...field, bounds });
  }
  return fields;
}

function reject(entry: OverlayEntry, what: string, text: string, answers: Answers): void {
  const at = { file: entry.place.file, line: entry.place.line };
  answers.findings.push(
    finding(
      'overlay-invalid',
      'error',
      at,
      `Unexpected type "${text}" of ${what}, expected a type of the schema grammar`,
    ),
  );
}

function evidenceOf(entry: OverlayEntry): Evidence {
  return { file: entry.place.file, line: entry.place.line, dialect: 'overlay', confidence: 'configured' };
}
