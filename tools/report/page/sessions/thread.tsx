import { useEffect, useState } from 'preact/hooks';
import type { Artifacts } from '../../data/page.ts';
import type { Route } from '../shell/route.ts';
import { addressWith } from './address.ts';
import { useArtifacts, useThreads } from './blocks.ts';
import { many } from './words.ts';

const PAGE = 40;

/** The thread of a session, read when it is opened. */
export function Thread({ session, messages, route }: { session: string; messages: number; route: Route }) {
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(false), [session]);
  return (
    <details class="thread" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        Thread <span class="number">{messages}</span>
      </summary>
      {open && <Messages session={session} messages={messages} route={route} />}
    </details>
  );
}

function Messages({ session, messages, route }: { session: string; messages: number; route: Route }) {
  const threads = useThreads(true);
  const artifacts = useArtifacts(true);
  const [shown, setShown] = useState(PAGE);
  if (threads === undefined || artifacts === undefined) return <p role="status">Reading the thread.</p>;
  if (threads instanceof Error) return <p role="status">It cannot be read: {threads.message}</p>;
  if (artifacts instanceof Error) return <p role="status">It cannot be read: {artifacts.message}</p>;
  const entries = Object.hasOwn(threads.sessions, session) ? threads.sessions[session]! : [];
  const first = Math.max(0, entries.length - shown);
  return (
    <>
      {entries.length < messages && (
        <p class="dim">
          {entries.length === 0
            ? 'The report holds none of its messages.'
            : `The report holds the last ${entries.length} of ${many(messages, 'message')}.`}
        </p>
      )}
      {first > 0 && (
        <button type="button" onClick={() => setShown(shown + PAGE)}>
          {Math.min(first, PAGE)} earlier
        </button>
      )}
      <ol class="messages">
        {entries.slice(first).map(({ message_id, at, role, artifact, untrusted }) => (
          <li key={message_id} class={untrusted ? 'untrusted' : ''}>
            <p class="from">
              <b>{role}</b> <span class="dim">{at}</span>{' '}
              {untrusted && <strong class="untrusted-mark">untrusted: came from outside</strong>}
            </p>
            <Said id={threads.artifact_ids[artifact]!} artifacts={artifacts} route={route} />
          </li>
        ))}
      </ol>
    </>
  );
}

/** What a message says: the artifact that it is. */
function Said({ id, artifacts, route }: { id: string; artifacts: Artifacts; route: Route }) {
  const { text, cut } = Object.hasOwn(artifacts, id) ? artifacts[id]! : { text: null, cut: false };
  return (
    <>
      {text === null ? (
        <p class="dim">{cut ? 'Left out, because the page holds so much already.' : 'Not kept as text.'}</p>
      ) : (
        <p class="text">
          {text}
          {cut && ' …'}
        </p>
      )}
      <p>
        <a href={addressWith(route, { artifact: id })}>artifact {id.slice(0, 15)}…</a>
      </p>
    </>
  );
}
