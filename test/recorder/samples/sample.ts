// One event as somebody would write it who has the specification before him and not this code.

/** What a field may hold, in the words of the specification. */
export type Kind =
  | 'uuid'
  | 'uuids'
  | 'sha256'
  | 'time'
  | 'word'
  | 'count'
  | 'amount'
  | 'flag'
  | 'text'
  | 'texts'
  | 'object';

/** `optional` = the key may be absent, `nullable` = its value may be null. */
export interface Rights {
  optional?: true;
  nullable?: true;
}

export type Row = readonly [path: string, kind: Kind, value: unknown, rights?: Rights];

export interface Sample {
  id: string;
  type: string;
  /** The payload field that `model_session_id` repeats; null = the event belongs to no session of its own (D-48). */
  session: string | null;
  actor: 'human' | 'agent' | 'system';
  /** Optional fields of the envelope that this event has to have. */
  needs?: readonly string[];
  /** The fields of the payload; a nested one by its path, after the object that holds it. */
  rows: readonly Row[];
}

export const optional: Rights = { optional: true };
export const nullable: Rights = { nullable: true };
export const either: Rights = { optional: true, nullable: true };

export const session = '0190d6a0-7c1e-7a3b-8f00-0000000000a1';
export const child = '0190d6a0-7c1e-7a3b-8f00-0000000000a2';
export const job = '0190d6a0-7c1e-7a3b-8f00-0000000000b1';
export const hash = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

/** The envelope of D-46, all of its optional fields in use. */
export const envelopeRows: readonly Row[] = [
  ['event_id', 'uuid', '0190d6a0-7c1e-7a3b-8f00-000000000001'],
  ['timestamp', 'time', '2026-02-24T09:00:00.125Z'],
  ['actor', 'word', 'agent'],
  ['trace_id', 'uuid', '0190d6a0-7c1e-7a3b-8f00-0000000000c1'],
  ['job_id', 'text', job, optional],
  ['model_id', 'text', 'local/large', optional],
  ['wsids', 'texts', ['workspace-1'], optional],
  ['activity_span_id', 'text', 'span-activity-1', optional],
  ['session_span_id', 'text', 'span-operator-1', optional],
  ['capability_id', 'text', 'fs.read:src', optional],
  ['policy_decision_id', 'text', 'decision-1', optional],
  ['wp_id', 'text', 'WP-1-Recorder-v1', optional],
  ['model_session_span_id', 'text', 'span-session-1', optional],
];

/** The value at a path set in place, the objects on the way there being there already. */
export function put(target: object, path: string, value: unknown): void {
  const parts = path.split('.');
  const last = parts.pop()!;
  const holder = parts.reduce((at, part) => (at as Record<string, object>)[part]!, target);
  Object.assign(holder, { [last]: value });
}

/** The event that the rows of a sample say, with an id of its own. */
export function eventOf(sample: Sample, number = 1): Record<string, unknown> {
  const event: Record<string, unknown> = { fr_event_id: sample.id, type: sample.type };
  for (const [path, , value] of envelopeRows) put(event, path, structuredClone(value));
  event.event_id = `0190d6a0-7c1e-7a3b-8f00-${String(number).padStart(12, '0')}`;
  event.actor = sample.actor;
  const payload: Record<string, unknown> = {};
  for (const [path, , value] of sample.rows) put(payload, path, structuredClone(value));
  event.payload = payload;
  event.model_session_id = sample.session === null ? session : payload[sample.session];
  return event;
}
