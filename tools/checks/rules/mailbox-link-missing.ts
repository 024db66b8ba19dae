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
  docs: `What widens a scope, waives a demand or finds a fault has effect after the conversation is over. If it stands only in the mailbox, the packet still says the opposite, and the next reader follows the packet. Such a message has a transcription link: the document that it was copied to, with the hash of what was written there. Write it into that document, then export again.`,
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
