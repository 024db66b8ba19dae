import type { JsonNode, JsonText } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  key: string;
  found: string;
}

const LONGEST = 160;

export const mailboxTextUnbounded = defineRule<'mailbox', Args>({
  id: 'mailbox/text-unbounded',
  summary: 'Subjects and notes in the mailbox export are one line of at most 160 characters.',
  appliesTo: 'mailbox',
  severity: 'error',
  message: ({ key, found }) =>
    `Unexpected ${key} of ${found}, expected one line of at most ${LONGEST} characters`,
  *check({ index, threads }) {
    const links = threads
      .flatMap(({ messages }) => messages)
      .flatMap((message) => message.list('transcription_links'));
    for (const [key, text] of [
      ...textsOf('subject_redacted', index?.root?.list('threads') ?? []),
      ...textsOf('note_redacted', links),
    ]) {
      const { place, source } = text;
      const length = [...text.text].length;
      const lines = text.text.split(/\r\n|[\n\r\u2028\u2029]/).length;
      const found = lines > 1 ? `${lines} lines` : `${length} characters`;
      if (lines > 1 || length > LONGEST) yield { place, args: { key, found }, found: source };
    }
  },
});

function* textsOf(key: string, entries: readonly JsonNode[]): Generator<[string, JsonText]> {
  for (const entry of entries) {
    const text = entry.text(key);
    if (text) yield [key, text];
  }
}
