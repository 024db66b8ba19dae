import { rfc3339 } from '../../artifacts/index.ts';

/** What a key of the export may hold. */
export interface Field {
  /** Is it? Nested ones are looked at by {@link Field.object} and {@link Field.each}. */
  holds(value: unknown): boolean;
  expected: string;
  optional?: true;
  object?: Fields;
  each?: Fields;
}

export type Fields = Readonly<Record<string, Field>>;

const isText = (value: unknown): value is string => typeof value === 'string';
const said = (value: unknown): boolean => isText(value) && value !== '';

const TEXT: Field = { holds: isText, expected: 'a text' };
const ID: Field = { holds: said, expected: 'a text that is not empty' };
const TIME: Field = {
  holds: (value) => isText(value) && rfc3339(value) !== undefined,
  expected: 'an RFC 3339 time',
};
const SHA256: Field = {
  holds: (value) => isText(value) && /^[0-9a-f]{64}$/.test(value),
  expected: '64 hex digits in lower case',
};
const TEXTS: Field = {
  holds: (value) => Array.isArray(value) && value.every(said),
  expected: 'a list of texts',
};
const COUNT: Field = {
  holds: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
  expected: 'a count',
};

const oneOf = (...values: string[]): Field => ({
  holds: (value) => isText(value) && values.includes(value),
  expected: values.map((value) => `"${value}"`).join(' or '),
});
const orNull = ({ holds, expected }: Field): Field => ({
  holds: (value) => value === null || holds(value),
  expected: `${expected}, or null`,
  optional: true,
});
const listOf = (each: Fields): Field => ({ holds: Array.isArray, expected: 'a list', each });

const SCHEMA = oneOf('role_mailbox_export_v1');
// The mailbox has one kind since v02.122; the export of v1 need not say it.
const KIND: Field = { ...oneOf('COLLAB'), optional: true };

const LINK: Fields = {
  target_kind: oneOf(
    'refinement',
    'task_packet',
    'task_board',
    'gate_state',
    'signature_audit',
    'waiver',
    'spec_artifact',
  ),
  target_ref: ID,
  target_sha256: SHA256,
  note_redacted: TEXT,
  note_sha256: SHA256,
};

const THREAD: Fields = {
  thread_id: ID,
  mailbox_kind: KIND,
  created_at: TIME,
  closed_at: orNull(TIME),
  participants: TEXTS,
  context: {
    holds: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    expected: 'an object',
    object: {
      governance_mode: oneOf('gov_strict', 'gov_standard', 'gov_light'),
      spec_id: orNull(TEXT),
      work_packet_id: orNull(TEXT),
      task_board_id: orNull(TEXT),
      project_id: orNull(TEXT),
    },
  },
  subject_redacted: TEXT,
  subject_sha256: SHA256,
  message_count: COUNT,
  thread_file: ID,
};

/** `index.json`. */
export const INDEX_FIELDS: Fields = { schema_version: SCHEMA, generated_at: TIME, threads: listOf(THREAD) };

/** `export_manifest.json`. */
export const MANIFEST_FIELDS: Fields = {
  schema_version: SCHEMA,
  export_root: ID,
  generated_at: TIME,
  index_sha256: SHA256,
  thread_files: listOf({ path: ID, sha256: SHA256, message_count: COUNT }),
};

/** A line of `threads/{thread_id}.jsonl`. */
export const MESSAGE_FIELDS: Fields = {
  message_id: ID,
  mailbox_kind: KIND,
  thread_id: ID,
  created_at: TIME,
  from_role: ID,
  to_roles: TEXTS,
  message_type: ID,
  body_ref: ID,
  body_sha256: SHA256,
  attachments: TEXTS,
  relates_to_message_id: orNull(ID),
  transcription_links: listOf(LINK),
  idempotency_key: ID,
};

/** A body in the export is a leak: it holds a reference and a hash. */
export const FORBIDDEN_KEYS = ['body', 'body_text', 'raw_body'];
