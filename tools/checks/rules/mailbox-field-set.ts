import type { JsonNode } from '../../artifacts/index.ts';
import {
  type Fields,
  FORBIDDEN_KEYS,
  INDEX_FIELDS,
  MANIFEST_FIELDS,
  MESSAGE_FIELDS,
} from '../about/mailbox-fields.ts';
import { defineRule, type Report } from '../rule.ts';

interface Args {
  found: string;
  expected: string;
}

export const mailboxFieldSet = defineRule<'mailbox', Args>({
  id: 'mailbox/field-set',
  summary:
    'Index, manifest and messages of the mailbox export have the fields of role_mailbox_export_v1 and no other.',
  appliesTo: 'mailbox',
  severity: 'error',
  docs: `The export is what other tools read, and what is compared from one run to the next, so that its fields are a closed list. An unknown key is a place where the text of a message can slip into the repository; a missing one makes a message that cannot be put into its thread, or checked against its body. Export the mailbox again with a tool that writes role_mailbox_export_v1.`,
  message: ({ found, expected }) => `Unexpected ${found}, expected ${expected}`,
  *check({ index, manifest, threads }) {
    if (index?.root) yield* judged(index.root, INDEX_FIELDS);
    if (manifest?.root) yield* judged(manifest.root, MANIFEST_FIELDS);
    for (const { messages } of threads) {
      for (const message of messages) yield* judged(message, MESSAGE_FIELDS);
    }
  },
});

function* judged(node: JsonNode, fields: Fields): Generator<Report<Args>> {
  for (const { key } of node.members()) {
    if (Object.hasOwn(fields, key.text) || FORBIDDEN_KEYS.includes(key.text)) continue;
    const expected = Object.keys(fields).join(', ');
    yield { place: key.place, args: { found: `key "${key.text}"`, expected }, found: key.source };
  }
  for (const [key, { holds, expected, optional, object, each }] of Object.entries(fields)) {
    const member = node.at(key);
    if (member === undefined) {
      if (!optional) yield { place: node.place, args: { found: `object without ${key}`, expected } };
      continue;
    }
    if (!holds(member.value)) {
      const { place, source } = member;
      yield { place, args: { found: `${key} ${shortened(source)}`, expected }, found: source };
      continue;
    }
    if (object) yield* judged(member, object);
    for (const item of each ? member.items() : []) yield* judged(item, each!);
  }
}

function shortened(source: string): string {
  return source.length > 80 ? `${source.slice(0, 79)}…` : source;
}
