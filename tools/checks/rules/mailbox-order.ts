import { type JsonNode, rfc3339 } from '../../artifacts/index.ts';
import { compareText } from '../../findings/index.ts';
import { defineRule, type Report } from '../rule.ts';

interface Args {
  what: string;
  found: string;
  before: string;
}

export const mailboxOrder = defineRule<'mailbox', Args>({
  id: 'mailbox/order',
  summary:
    'Threads of the index, and messages of a thread, stand in the order of their creation, then of their ids.',
  appliesTo: 'mailbox',
  severity: 'error',
  message: ({ what, found, before }) =>
    `Unexpected ${what} "${found}" after "${before}", expected it before that`,
  *check({ index, threads }) {
    yield* unsorted('thread', index?.root?.list('threads') ?? []);
    for (const { messages } of threads) yield* unsorted('message', messages);
  },
});

function* unsorted(what: string, entries: readonly JsonNode[]): Generator<Report<Args>> {
  let previous: { id: string; at: string } | undefined;
  for (const entry of entries) {
    const [id, at] = [entry.text(`${what}_id`), entry.text('created_at')];
    if (id === undefined || at === undefined) continue;
    const next = { id: id.text, at: at.text };
    if (previous !== undefined && compare(previous, next) > 0) {
      yield { place: id.place, args: { what, found: id.text, before: previous.id }, found: id.source };
    }
    previous = next;
  }
}

function compare(a: { id: string; at: string }, b: { id: string; at: string }): number {
  const [left, right] = [rfc3339(a.at), rfc3339(b.at)];
  // By time, not by text: "+01:00" and a fraction sort differently. What is no time has a finding already.
  const times = left === undefined || right === undefined ? 0 : left - right;
  return times || compareText(a.id, b.id);
}
