import { canonicalFile, type JsonDocument, type Mailbox } from '../../artifacts/index.ts';
import type { TextFile } from '../../text/index.ts';
import { rewriteOf } from '../about/rewrite.ts';
import { defineRule } from '../rule.ts';

export const mailboxNotCanonical = defineRule<'mailbox', object>({
  id: 'mailbox/not-canonical',
  summary:
    'The mailbox export is canonical JSON, so that exporting again gives the same bytes: one line, keys sorted, ASCII.',
  appliesTo: 'mailbox',
  severity: 'error',
  docs: 'No blanks, \\uXXXX in upper-case hex for what is not ASCII, and a line end after each object. The manifest holds hashes of the bytes, so a fix of another file asks for a new export_manifest.json.',
  message: () =>
    'Unexpected form of the export, expected canonical JSON (one line, keys sorted, ASCII with \\uXXXX, a final line end)',
  *check(mailbox) {
    for (const [file, documents] of filesOf(mailbox)) {
      // What is no JSON, or holds a key twice, has a finding already, and no canonical form.
      if (documents.some(({ root, findings }) => root === undefined || findings.length > 0)) continue;
      const rewrite = rewriteOf(file, documents.map(({ root }) => canonicalFile(root?.value)).join(''));
      if (rewrite) yield { ...rewrite, args: {} };
    }
  },
});

function* filesOf({ index, manifest, threads }: Mailbox): Generator<[TextFile, readonly JsonDocument[]]> {
  for (const part of [index, manifest]) if (part) yield [part.file, [part.document]];
  for (const { file, lines } of threads) yield [file, lines];
}
