// 11.5.3: what the Role Mailbox tells.
import { hash, nullable, type Sample } from './sample.ts';

const none = { session: null, actor: 'system' } as const;

export const mailbox: readonly Sample[] = [
  {
    id: 'FR-EVT-GOV-MAILBOX-001',
    type: 'gov_mailbox_message_created',
    ...none,
    rows: [
      ['spec_id', 'text', null, nullable],
      ['work_packet_id', 'text', 'WP-1-Recorder-v1', nullable],
      ['governance_mode', 'word', 'gov_standard'],
      ['thread_id', 'text', 'thread-1'],
      ['message_id', 'text', 'message-1'],
      ['from_role', 'text', 'Coder'],
      ['to_roles', 'texts', ['Orchestrator', 'Validator']],
      ['message_type', 'text', 'SessionAnnounceBack'],
      ['body_ref', 'text', 'artifact-body-1'],
      ['body_sha256', 'sha256', hash],
      ['idempotency_key', 'text', 'key-1'],
    ],
  },
  {
    id: 'FR-EVT-GOV-MAILBOX-002',
    type: 'gov_mailbox_exported',
    ...none,
    rows: [
      ['export_root', 'word', 'docs/ROLE_MAILBOX/'],
      ['export_manifest_sha256', 'sha256', hash],
      ['thread_count', 'count', 3],
      ['message_count', 'count', 17],
    ],
  },
  {
    id: 'FR-EVT-GOV-MAILBOX-003',
    type: 'gov_mailbox_transcribed',
    ...none,
    rows: [
      ['thread_id', 'text', 'thread-1'],
      ['message_id', 'text', 'message-1'],
      ['transcription_target_kind', 'text', 'task_packet'],
      ['target_ref', 'text', 'WP-1-Recorder-v1.md'],
      ['target_sha256', 'sha256', hash],
    ],
  },
];
