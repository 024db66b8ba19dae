// A row in a requester's mailbox, with its body as an artifact and the event that tells of it.
import type { RoleMailboxBody, RoleMailboxMessage } from '../../generated/index.ts';
import { storeArtifact } from '../artifact.ts';
import type { Draft, Envelope } from '../draft.ts';
import type { SessionRow, Terminal } from '../rows.ts';

type Letter = Pick<RoleMailboxMessage, 'message_id' | 'idempotency_key' | 'message_type' | 'attachments'> & {
  body: RoleMailboxBody;
  envelope: Omit<Envelope, 'session'>;
  announces?: Terminal;
};

/** From a child to its direct requester, and to nobody above it (D-29). */
export function postLetter(
  draft: Draft,
  child: SessionRow,
  requester: SessionRow,
  { envelope, body: content, announces, ...letter }: Letter,
): void {
  const body = storeArtifact(draft, content);
  requester.inbox_seq += 1;
  draft.put('mailbox', {
    ...letter,
    mailbox_kind: 'COLLAB',
    thread_id: requester.session_id,
    created_at: draft.time,
    from_role: child.role,
    to_roles: [requester.role],
    body_ref: body.artifact_id,
    body_sha256: body.sha256,
    relates_to_message_id: null,
    transcription_links: [],
    to_session_id: requester.session_id,
    from_session_id: child.session_id,
    inbox_seq: requester.inbox_seq,
    activity_span_id: envelope.activity_span_id ?? null,
    announces: announces ?? null,
  });
  draft.emit(
    'FR-EVT-GOV-MAILBOX-001',
    { session: child, ...envelope },
    {
      spec_id: null,
      work_packet_id: child.wp_id,
      governance_mode: draft.rules.governance_mode,
      thread_id: requester.session_id,
      message_id: letter.message_id,
      from_role: child.role,
      to_roles: [requester.role],
      message_type: letter.message_type,
      body_ref: body.artifact_id,
      body_sha256: body.sha256,
      idempotency_key: letter.idempotency_key,
    },
  );
}
