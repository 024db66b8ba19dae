import { bytesOf, type JsonText } from '../../artifacts/index.ts';
import { sha256, type TextFile } from '../../text/index.ts';
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
  docs: `The manifest proves that index and threads are one export, and that nobody has touched them since. Another hash means that a file was edited, or was merged from two exports; CRLF that a checkout gives the files does not count. Look at what was changed, then export again. The hash alone is never corrected: that would make an edit look like an export.`,
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

function* differing(file: string, text: TextFile, told: JsonText | undefined): Generator<Report<Args>> {
  const expected = digest(text);
  if (told === undefined || told.text === expected) return;
  yield { place: told.place, args: { file, found: told.text, expected }, found: told.source };
}

/** Of the bytes as they were exported: on a checkout with CRLF (G13) the same as on any other. */
function digest(file: TextFile): string {
  return file.eol === '\n' ? file.sha256 : sha256(bytesOf(file).replaceAll('\r\n', '\n'));
}
