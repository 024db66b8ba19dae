import type { JsonNode, Mailbox } from '../../artifacts/index.ts';
import { linePlace } from '../../findings/index.ts';
import { defineRule, type Report } from '../rule.ts';

interface Args {
  found: string;
  expected: string;
}

export const mailboxFileMismatch = defineRule<'mailbox', Args>({
  id: 'mailbox/file-mismatch',
  summary:
    'Index and manifest of the mailbox are there, and both name the threads that are there, each by its id.',
  appliesTo: 'mailbox',
  severity: 'error',
  message: ({ found, expected }) => `Unexpected ${found}, expected ${expected}`,
  *check(mailbox) {
    const { path, index, manifest } = mailbox;
    for (const [name, file] of [
      ['index.json', index],
      ['export_manifest.json', manifest],
    ] as const) {
      const at = `${path}/${name}`;
      if (file || isUnread(at, mailbox)) continue;
      yield {
        place: linePlace(at, 1),
        args: { found: `absence of ${name}`, expected: 'index and manifest' },
      };
    }
    yield* misnamed(index?.root?.list('threads') ?? []);
    yield* unequal(mailbox, 'index.json', index?.root?.list('threads'), 'thread_file');
    yield* unequal(mailbox, 'export_manifest.json', manifest?.root?.list('thread_files'), 'path');
    yield* strays(mailbox);
  },
});

/** A file that is there and cannot be read has a finding of its own. */
function isUnread(path: string, { unread }: Mailbox): boolean {
  return unread.some((each) => path === each || path.startsWith(`${each}/`));
}

function* misnamed(threads: readonly JsonNode[]): Generator<Report<Args>> {
  for (const thread of threads) {
    const [id, file] = [thread.text('thread_id'), thread.text('thread_file')];
    if (id === undefined || file === undefined || file.text === `threads/${id.text}.jsonl`) continue;
    const args = { found: `thread_file "${file.text}"`, expected: `"threads/${id.text}.jsonl"` };
    yield { place: file.place, args, found: file.source };
  }
}

function* unequal(
  mailbox: Mailbox,
  name: string,
  entries: readonly JsonNode[] | undefined,
  key: string,
): Generator<Report<Args>> {
  if (entries === undefined) return;
  const { path, threads } = mailbox;
  const named = entries.flatMap((entry) => entry.text(key) ?? []);
  for (const { text, place, source } of named) {
    const at = `${path}/${text}`;
    if (threads.some((thread) => thread.path === at) || isUnread(at, mailbox)) continue;
    yield { place, args: { found: `thread "${text}"`, expected: 'a file that is there' }, found: source };
  }
  for (const thread of threads) {
    if (named.some(({ text }) => `${path}/${text}` === thread.path)) continue;
    const args = { found: 'thread', expected: `${name} to name it` };
    yield { place: linePlace(thread.path, 1), args };
  }
}

function* strays({ threads }: Mailbox): Generator<Report<Args>> {
  for (const { threadId, messages } of threads) {
    for (const message of messages) {
      const id = message.text('thread_id');
      if (id === undefined || id.text === threadId) continue;
      const args = { found: `thread_id "${id.text}"`, expected: `"${threadId}" (the file name)` };
      yield { place: id.place, args, found: id.source };
    }
  }
}
