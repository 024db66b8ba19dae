import { useEffect, useState } from 'preact/hooks';
import type { Route } from '../shell/route.ts';
import { addressWith } from './address.ts';
import { useThreads } from './blocks.ts';
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
  const [shown, setShown] = useState(PAGE);
  if (threads === undefined) return <p role="status">Reading the thread.</p>;
  if (threads instanceof Error) return <p role="status">It cannot be read: {threads.message}</p>;
  const entries = Object.hasOwn(threads, session) ? threads[session]! : [];
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
        {entries.slice(first).map(({ message_id, at, role, text, cut, artifact_id, untrusted }) => (
          <li key={message_id} class={untrusted ? 'untrusted' : ''}>
            <p class="from">
              <b>{role}</b> <span class="dim">{at}</span>{' '}
              {untrusted && <strong class="untrusted-mark">untrusted: came from outside</strong>}
            </p>
            {text === null ? (
              <p class="dim">
                {cut ? 'Left out, because the page holds so much already.' : 'Not kept as text.'}
              </p>
            ) : (
              <p class="text">
                {text}
                {cut && ' …'}
              </p>
            )}
            {artifact_id !== null && (
              <p>
                <a href={addressWith(route, { artifact: artifact_id })}>
                  artifact {artifact_id.slice(0, 15)}…
                </a>
              </p>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}
