import { linePlace } from '../../findings/index.ts';
import { answerKey, type Diagnostic, finding } from '../diagnostics.ts';
import type { EnvelopeNode, EventNode, Field, RecordNode, Type } from '../ir.ts';
import type { Answers } from '../overlay/answers.ts';

/**
 * The envelope is the base interface of 11.5.1 as the overlay completes it. Base and session families differ
 * in discriminator and nesting, and the base has no field for the FR-EVT id, so without an answer there is
 * nothing to generate.
 */
export function buildEnvelope(
  base: RecordNode | undefined,
  events: EventNode[],
  answers: Answers,
): { envelope?: EnvelopeNode; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const other = events.find((event) => event.discriminator !== 'type');
  if (base && other) {
    const message = `Unexpected discriminator ${other.discriminator} of ${other.frId} beside "type" of ${base.name}, expected one envelope for all events`;
    const related = [
      { place: linePlace(other.evidence[0]!.file, other.evidence[0]!.line), note: other.frId },
    ];
    diagnostics.push({
      key: answerKey.envelope(),
      finding: finding('envelope-mismatch', 'error', base.evidence[0]!, message, { related }),
    });
  }
  const answer = answers.envelope;
  if (base === undefined || answer === undefined) return { diagnostics };
  const { discriminator, accepts, id_field, utc } = answer.entry;
  const own = new Map(answer.fields.map((field) => [field.name, field]));
  const taken = base.fields.filter((field) => field.name !== discriminator);
  const merged = [
    ...taken.map((field) => own.get(field.name) ?? field),
    ...answer.fields.filter((field) => !taken.some((known) => known.name === field.name)),
  ];
  const fields = [
    ...merged.filter((field) => field.presence === 'required'),
    ...merged.filter((field) => field.presence === 'optional'),
  ];
  const evidence = [
    base.evidence[0]!,
    {
      file: answer.place.file,
      line: answer.place.line,
      dialect: 'overlay' as const,
      confidence: 'configured' as const,
    },
  ];
  return {
    envelope: { discriminator, accepts, idField: id_field, utc: utc ?? [], fields, evidence },
    diagnostics,
  };
}

/**
 * A flat event repeats envelope fields: an equal one is dropped from its payload, another shape stays there, and
 * is reported where the base of the spec has the field: there TypeScript itself would refuse it (TS2430), whether
 * or not anybody has said yet how the envelope looks.
 */
export function nestPayload(
  event: EventNode,
  base: RecordNode | undefined,
  envelope: EnvelopeNode | undefined,
): { event: EventNode; diagnostics: Diagnostic[] } {
  const shared = envelope?.fields ?? base?.fields;
  if (event.extends === undefined || shared === undefined) return { event, diagnostics: [] };
  const diagnostics: Diagnostic[] = [];
  const payload: Field[] = [];
  const narrows: Field[] = [];
  for (const field of event.payload) {
    const outer = shared.find((candidate) => candidate.name === field.name);
    const inBase = base?.fields.some(({ name }) => name === field.name) ?? false;
    if (outer === undefined) {
      payload.push(field);
    } else if (isText(outer.type) && isText(field.type) && !field.nullable) {
      if (field.presence === 'required' && outer.presence === 'optional')
        narrows.push({ ...outer, presence: 'required', evidence: field.evidence });
      // The envelope has a field of its own for the id of the event.
      if (/FR-EVT-/.test(field.doc)) diagnostics.push(override(event, field, 'meaning'));
    } else {
      payload.push(field);
      if (inBase) diagnostics.push(override(event, field, 'type'));
    }
  }
  if (envelope === undefined) return { event, diagnostics };
  return { event: { ...event, payload, ...(narrows.length > 0 ? { narrows } : {}) }, diagnostics };
}

/** What the overlay says of the envelope of one event; a field that the envelope lacks is a finding. */
export function narrowEnvelope(
  event: EventNode,
  envelope: EnvelopeNode | undefined,
  answers: Answers,
): { event: EventNode; diagnostics: Diagnostic[] } {
  const said = answers.narrows.get(event.frId);
  if (said === undefined || envelope === undefined) return { event, diagnostics: [] };
  const narrows = new Map((event.narrows ?? []).map((field) => [field.name, field]));
  const diagnostics: Diagnostic[] = [];
  for (const field of said) {
    const outer = narrows.get(field.name) ?? envelope.fields.find(({ name }) => name === field.name);
    const { type, nullable, presence } = field;
    if (outer) {
      const evidence = [...outer.evidence, ...field.evidence];
      narrows.set(field.name, { ...outer, type, nullable, presence, evidence });
      continue;
    }
    const message = `Unexpected field ${field.name}, expected one of the envelope of ${event.frId}`;
    diagnostics.push({ finding: finding('overlay-target', 'error', field.evidence[0]!, message) });
  }
  return { event: { ...event, narrows: [...narrows.values()] }, diagnostics };
}

function override(event: EventNode, field: Field, what: 'type' | 'meaning'): Diagnostic {
  const message = `Unexpected field ${field.name} of ${event.frId} with another ${what} than the base's, expected the same`;
  const raw = finding('incompatible-override', 'warning', field.evidence[0]!, message);
  return { key: answerKey.envelope(), owner: event.frId, finding: raw };
}

function isText(type: Type): boolean {
  return type.kind === 'prim' && ['string', 'uuid', 'datetime', 'sha256'].includes(type.name);
}

/** Which payload field becomes `model_session_id`: the overlay's word, else `session_id` where there is one. */
export function correlate(
  event: EventNode,
  answers: Answers,
): { event: EventNode; diagnostics: Diagnostic[] } {
  const asked = [event.frId, event.family].find((key) => answers.correlation.has(key));
  const answer = asked === undefined ? undefined : answers.correlation.get(asked);
  if (answer) {
    if (event.payload.some((field) => field.name === answer.field))
      return { event: { ...event, correlation: answer }, diagnostics: openQuestion(event, asked) };
    const message = `Unexpected correlation by ${answer.field}, expected a payload field of ${event.frId}`;
    return {
      event,
      diagnostics: [{ finding: finding('overlay-target', 'error', answer.evidence, message) }],
    };
  }
  const own = event.payload.find((field) => field.name === 'session_id');
  if (event.discriminator === 'event_type' && own) {
    return {
      event: {
        ...event,
        correlation: { field: own.name, evidence: { ...own.evidence[0]!, confidence: 'inferred' } },
      },
      diagnostics: [],
    };
  }
  return { event, diagnostics: openQuestion(event) };
}

/** A session event whose payload has no `session_id` does not say which session it belongs to. */
function openQuestion(event: EventNode, answeredAs = event.frId): Diagnostic[] {
  if (event.discriminator === 'type' || event.payload.some((field) => field.name === 'session_id')) return [];
  const message = `Unexpected payload of ${event.frId} without session_id, expected a word on which field gives model_session_id`;
  return [
    {
      key: answerKey.correlation(answeredAs),
      finding: finding('correlation-unstated', 'warning', event.evidence[0]!, message, {
        args: { event: event.frId },
      }),
    },
  ];
}
