import { defineRule } from '../rule.ts';

interface Args {
  type: string;
}

const CRITICAL = ['scope_change_approval', 'waiver_approval', 'validation_finding'];

export const mailboxLinkMissing = defineRule<'mailbox', Args>({
  id: 'mailbox/link-missing',
  summary:
    'An approval, a waiver or a finding in the mailbox links to the document in which it was recorded: chat is no state.',
  appliesTo: 'mailbox',
  severity: 'error',
  message: ({ type }) =>
    `Unexpected ${type} without a transcription link, expected one to where it was recorded`,
  *check({ threads }) {
    for (const message of threads.flatMap(({ messages }) => messages)) {
      const type = message.text('message_type');
      if (type === undefined || !CRITICAL.includes(type.text)) continue;
      if (message.list('transcription_links').length > 0) continue;
      yield { place: type.place, args: { type: type.text }, found: type.source };
    }
  },
});
