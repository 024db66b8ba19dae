import { folderArtifacts, openReadOnly, type SessionDetail } from '../../engine/index.ts';
import { UsageError } from '../../findings/index.ts';
import { redactText } from '../../text/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { positive } from '../load.ts';
import { printSession } from '../reporters/session.ts';
import type { Handles } from '../session/handles.ts';
import { openSessions, sessionNamed } from '../session/open.ts';

/** Of the thread, where nobody asks for more. */
const MESSAGES = 5;

/** Everything about one session. Content is shown only on demand, and redacted whatever the store holds. */
export async function run(call: Call): Promise<ExitCode> {
  const opened = await openSessions(call);
  const { db, handles } = opened;
  const { session_id } = sessionNamed(opened, call.args[0]!);
  const most = positive(call, 'messages') ?? (call.json ? Number.POSITIVE_INFINITY : MESSAGES);
  await using log = await openReadOnly(db);
  const detail = await log.session(session_id, most);
  if (!detail) throw new UsageError(`session ${session_id} is no longer in ${db}`);
  const contents = call.flags.has('content') ? contentsOf(db, detail) : null;
  if (call.json) call.out.json({ schema: 'govkit.session@1', db, ...named(detail, handles), contents });
  else printSession(call, opened, detail, contents);
  return 0;
}

function named(detail: SessionDetail, { nameOf }: Handles) {
  const withName = <Session extends { session_id: string }>(session: Session) => ({
    ...session,
    name: nameOf(session.session_id),
  });
  return {
    ...detail,
    session: withName(detail.session),
    parent: detail.parent && withName(detail.parent),
    children: detail.children.map(withName),
  };
}

/** By artifact id: task, messages, and summaries of announcements. Null where the artifact is gone. */
function contentsOf(
  db: string,
  { session, messages, announcements, inbox }: SessionDetail,
): Record<string, string | null> {
  const artifacts = folderArtifacts(`${db}.artifacts`);
  const ids = [
    session.task_payload_artifact_id,
    ...messages.map(({ content_artifact_id }) => content_artifact_id),
    ...[...announcements, ...inbox].flatMap(({ attachments }) => attachments),
    ...inbox.flatMap(({ message_type, body_ref }) => (message_type === 'FYI' ? [body_ref] : [])),
  ].filter((id) => id !== null);
  return Object.fromEntries(
    [...new Set(ids)].map((id) => {
      const text = artifacts.get(id);
      return [id, text === undefined ? null : redactText(text)];
    }),
  );
}
