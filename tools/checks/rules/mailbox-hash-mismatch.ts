import type { JsonText } from '../../artifacts/index.ts';
import type { TextFile } from '../../text/index.ts';
import { defineRule, type Report } from '../rule.ts';

interface Args {
  file: string;
  found: string;
  expected: string;
}

export const mailboxHashMismatch = defineRule<'mailbox', Args>({
  id: 'mailbox/hash-mismatch',
  summary: 'The manifest of the mailbox holds the sha256 of the index and of every thread, as they are.',
  appliesTo: 'mailbox',
  severity: 'error',
  message: ({ file, found, expected }) =>
    `Unexpected sha256 ${found.slice(0, 12)} of ${file}, expected ${expected.slice(0, 12)}: it was changed since the export, or was not exported with it`,
  *check({ path, index, manifest, threads }) {
    const root = manifest?.root;
    if (root === undefined) return;
    if (index) yield* differing('index.json', index.file, root.text('index_sha256'));
    for (const entry of root.list('thread_files')) {
      const name = entry.text('path')?.text;
      const thread = threads.find((each) => each.path === `${path}/${name}`);
      if (thread) yield* differing(name!, thread.file, entry.text('sha256'));
    }
  },
});

function* differing(file: string, { sha256 }: TextFile, told: JsonText | undefined): Generator<Report<Args>> {
  if (told === undefined || told.text === sha256) return;
  yield { place: told.place, args: { file, found: told.text, expected: sha256 }, found: told.source };
}
