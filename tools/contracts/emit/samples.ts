import { type EnvelopeNode, type EventNode, envelopeFields, type Field, type Ir } from '../ir.ts';
import { type GeneratedFile, generatedJson } from './file.ts';
import {
  fieldSample,
  MOST_RECORDS,
  objectSample,
  type Sample,
  type SampleOptions,
  uuidOf,
} from './sample-value.ts';
import { carried, scopeOf } from './scope.ts';

/**
 * `samples.json`: of every event the smallest that is valid and one with every field, always the same. Readers
 * of other languages test against them. An event whose payload can have no value has no sample.
 */
export function emitSamples(ir: Ir, out: string): GeneratedFile[] {
  const { envelope, events } = ir;
  if (envelope === undefined || events.length === 0) return [];
  const scope = scopeOf(ir);
  const samples = events.flatMap((event) => {
    const minimal = eventSample(event, envelope, { kind: 'minimal', scope, left: { records: MOST_RECORDS } });
    const full = eventSample(event, envelope, { kind: 'full', scope, left: { records: MOST_RECORDS } });
    return minimal && full ? [[event.frId, { minimal, full }] as const] : [];
  });
  const body = { schema: 'govkit.samples@1', events: Object.fromEntries(samples) };
  return [generatedJson(`${out}/samples.json`, ir, body)];
}

function eventSample(
  event: EventNode,
  envelope: EnvelopeNode,
  options: SampleOptions,
): { [key: string]: Sample } | undefined {
  const payload = objectSample(event.payload, options);
  if (payload === undefined) return undefined;
  const entries: [string, Sample][] = [
    [envelope.idField, event.frId],
    [envelope.discriminator, event.type],
  ];
  for (const field of carried(envelopeFields(envelope, event))) {
    const value = envelopeSample(field, event, payload, options);
    if (value !== undefined) entries.push([field.name, value]);
    else if (field.presence === 'required') return undefined;
  }
  return Object.fromEntries([...entries, ['payload', payload]]);
}

/** Two events are never the same one, also where all samples are read into one store. */
function envelopeSample(
  field: Field,
  event: EventNode,
  payload: { [key: string]: Sample },
  options: SampleOptions,
): Sample | undefined {
  const name = field.type.kind === 'prim' ? field.type.name : '';
  if (name === 'uuid' && field.name === 'event_id') return uuidOf(`${event.frId} ${options.kind}`);
  const isSession = field.name === 'model_session_id' && event.correlation !== null;
  const said = payload[isSession ? event.correlation!.field : field.name];
  const value = fieldSample(field, options);
  // What the envelope and the payload call by one name is one thing, and a session event names its session.
  const repeats = name === 'string' && typeof said === 'string' && (isSession || value !== undefined);
  return repeats ? said : value;
}
