import { Refused } from '../decision.ts';
import type { Actor, Draft } from '../draft.ts';
import type { MailboxRow, Provenance, SessionRow } from '../rows.ts';
import { type RunKey, spanOfRun } from '../schedule/current-run.ts';
import { addMessage, type NewMessage, refuseTerminal, wake, winPlace } from '../schedule/enqueue.ts';
import { checkpoint } from '../session/checkpoint.ts';
import { catchUp } from './notice.ts';

export interface ReadInbox {
  session_id: string;
  take: boolean;
  /** The run that takes its mail; absent when it is somebody outside. */
  run?: RunKey;
}

/**
 * T9: looking changes nothing; taking moves the cursor and puts the messages into the thread. A session that has
 * ended has no thread to put them into: there the cursor moves and nothing else happens.
 */
export function readInbox(draft: Draft, { session_id, take, run }: ReadInbox): MailboxRow[] {
  const stored = draft.get('session', session_id);
  if (!stored) throw new Refused('session_not_found', `no session has the id ${session_id}`);
  const unreadNow = (): MailboxRow[] =>
    draft.select('mailbox', 'inbox', session_id).filter((message) => message.inbox_seq > stored.inbox_cursor);
  let unread = unreadNow();
  if (!take) return unread;
  if (stored.terminal) {
    if (unread.length > 0) draft.session(session_id).inbox_cursor = unread.at(-1)!.inbox_seq;
    return unread;
  }
  const behindRun = takenBehindRun(draft, stored);
  if (unread.length === 0) return unread;
  catchUp(draft, unread);
  unread = unreadNow();
  const session = draft.session(session_id);
  const taker = run ? spanOfRun(draft, run) : {};
  const announced = session.inbox_announced > session.inbox_cursor;
  if (behindRun && announced) session.unread_thread = true; // it has read its thread: this is for the next run
  for (const message of unread) {
    addMessage(
      draft,
      session,
      {
        role: 'USER',
        message_id: message.message_id,
        content_hash: message.body_sha256,
        content_artifact_id: message.body_ref,
        attachments: message.attachments,
        provenance: {
          source_session_id: message.from_session_id,
          source_role: message.from_role,
          content_hash: message.body_sha256,
          trusted: true,
        },
      },
      { actor: 'system', ...taker },
    );
    session.inbox_cursor = message.inbox_seq;
  }
  return unread;
}

/** A run takes its mail before it reads its thread, so the first taking of a run is in time and a later one is not. */
function takenBehindRun(
  draft: Draft,
  { session_id, running_job_id, run_epoch, inbox_epoch }: SessionRow,
): boolean {
  if (running_job_id === null) return false;
  if (inbox_epoch === run_epoch) return true;
  draft.session(session_id).inbox_epoch = run_epoch;
  return false;
}

export interface Send {
  session_id: string;
  content_hash: string;
  content_artifact_id: string;
  /** From another session, as a caller outside claims: all four facts of TRUST-002. */
  routed?: Partial<Provenance>;
  /** From outside: who it says it is. It becomes a USER message whatever role it asked for (TRUST-001). */
  external?: string;
}

export function send(draft: Draft, message: Send): { message_id: string } {
  const { content_hash, content_artifact_id } = message;
  return deliver(draft, message.session_id, {
    content_hash,
    content_artifact_id,
    provenance: message.routed ? routed(draft, message) : external(message),
    actor: 'human', // whoever it says it is, it came from outside
  });
}

type Delivery = Pick<NewMessage, 'message_id' | 'content_hash' | 'content_artifact_id'> & {
  provenance: Provenance;
  actor: Actor;
};

/** Into the thread as a USER message, whoever sends it (TRUST-001); the session hears of it in its next run. */
export function deliver(
  draft: Draft,
  session_id: string,
  { actor, ...message }: Delivery,
): { message_id: string } {
  const session = draft.session(session_id);
  refuseTerminal(session);
  winPlace(draft, session);
  const { message_id } = addMessage(draft, session, { role: 'USER', ...message }, { actor });
  session.unread_thread = true;
  if (!message.provenance.trusted) checkpoint(draft, session); // a word from outside steers
  wake(draft, session);
  return { message_id };
}

function external({ external: source, content_hash }: Send): Provenance {
  if (!source?.trim())
    throw new Refused('provenance_missing', 'a message from outside must name its source (TRUST-001)');
  return { source_session_id: null, source_role: source, content_hash, trusted: false };
}

/**
 * Whoever calls from outside cannot prove that he is the session he names. His claim is checked and kept, and he is
 * not trusted for it, whatever he claims; only a run's own sending is (route.ts).
 */
function routed(draft: Draft, { routed: claim = {}, content_hash }: Send): Provenance {
  const missing = (['source_session_id', 'source_role', 'content_hash', 'trusted'] as const).filter(
    (name) => claim[name] === undefined || claim[name] === null,
  );
  if (missing.length > 0) {
    throw new Refused('provenance_missing', `a routed message lacks ${missing.join(', ')} (TRUST-002)`);
  }
  const source = draft.get('session', claim.source_session_id!);
  if (!source || source.role !== claim.source_role || claim.content_hash !== content_hash) {
    throw new Refused('provenance_missing', 'a routed message does not match its source (TRUST-002)');
  }
  return { ...(claim as Provenance), trusted: false };
}
