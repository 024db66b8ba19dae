import type { JsonNode } from '../../artifacts/index.ts';
import { FORBIDDEN_KEYS } from '../about/mailbox-fields.ts';
import { defineRule, type Report } from '../rule.ts';

interface Args {
  found: string;
}

export const mailboxForbiddenKey = defineRule<'mailbox', Args>({
  id: 'mailbox/forbidden-key',
  summary:
    'No file of the mailbox export holds the body of a message, at any depth: only its reference and its hash.',
  appliesTo: 'mailbox',
  severity: 'error',
  docs: `The export stands in the repository, and whoever has a clone reads it. What people and models wrote to each other may hold secrets; therefore the export has a reference to the body and its hash, and the body stays where it is. Take the export back before it is pushed; once it is public, what was in it is public. Then export again with a tool that leaves bodies out.`,
  message: ({ found }) => `Unexpected key "${found}", expected body_ref and body_sha256 alone`,
  *check({ index, manifest, threads }) {
    for (const file of [index, manifest]) if (file?.root) yield* bodies(file.root);
    for (const { messages } of threads) for (const message of messages) yield* bodies(message);
  },
});

function* bodies(node: JsonNode): Generator<Report<Args>> {
  for (const { key, node: value } of node.members()) {
    const { text, place, source } = key;
    if (FORBIDDEN_KEYS.includes(text)) yield { place, args: { found: text }, found: source };
    yield* bodies(value);
  }
  for (const item of node.items()) yield* bodies(item);
}
