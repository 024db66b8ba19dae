import { canonicalJson } from '../../text/index.ts';
import { rewriteOf } from '../about/rewrite.ts';
import { defineRule } from '../rule.ts';

export const ledgerNotCanonical = defineRule<'ledger', object>({
  id: 'ledger/not-canonical',
  summary: 'A ledger entry is written as its hash counts it: canonical JSON (RFC 8785).',
  appliesTo: 'ledger',
  // Its hash holds all the same; but the same entry written by two people would be a conflict.
  severity: 'warning',
  docs: `The hash in the name of an entry is that of its canonical form, so the entry counts however it is written. But two branches that write one entry must write one file: with other blanks, or keys in another order, git sees a conflict where there is none. An editor that formats on save does that. The fix writes the canonical form.`,
  message: () => 'Unexpected form of the entry, expected canonical JSON (RFC 8785)',
  *check({ document: { file }, content }) {
    const text = canonicalJson(content);
    // Editors and git like a line end; it changes nothing.
    if (file.text === `${text}\n` && !file.bom) return;
    const rewrite = rewriteOf(file, text);
    if (rewrite) yield { ...rewrite, args: {} };
  },
});
