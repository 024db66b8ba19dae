import type { JsonNode } from '../../artifacts/index.ts';
import { defineRule, type Report } from '../rule.ts';

interface Args {
  found: number;
  expected: number;
}

export const mailboxCountMismatch = defineRule<'mailbox', Args>({
  id: 'mailbox/count-mismatch',
  summary: 'Index and manifest of the mailbox count the messages that a thread has.',
  appliesTo: 'mailbox',
  severity: 'error',
  message: ({ found, expected }) => `Unexpected message_count ${found}, expected ${expected}`,
  *check({ path, index, manifest, threads }) {
    const counts = new Map(threads.map((thread) => [thread.path, thread.lines.length]));
    const counted = (file: string | undefined): number | undefined => counts.get(`${path}/${file}`);
    for (const thread of index?.root?.list('threads') ?? []) {
      yield* differing(thread, counted(thread.text('thread_file')?.text));
    }
    for (const file of manifest?.root?.list('thread_files') ?? []) {
      yield* differing(file, counted(file.text('path')?.text));
    }
  },
});

function* differing(entry: JsonNode, expected: number | undefined): Generator<Report<Args>> {
  const count = entry.at('message_count');
  if (expected === undefined || typeof count?.value !== 'number' || count.value === expected) return;
  yield { place: count.place, args: { found: count.value, expected }, found: count.source };
}
