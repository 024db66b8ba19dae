import { defineRule } from '../rule.ts';

interface Args {
  found: string;
}

/** Thirteen of the export's first version, and what v02.137 adds: `session_announce_back`. */
const TYPES = [
  'clarification_request',
  'clarification_response',
  'scope_risk',
  'scope_change_proposal',
  'scope_change_approval',
  'waiver_proposal',
  'waiver_approval',
  'validation_finding',
  'handoff',
  'session_announce_back',
  'blocker',
  'tooling_request',
  'tooling_result',
  'fyi',
];

export const mailboxMessageType = defineRule<'mailbox', Args>({
  id: 'mailbox/message-type',
  summary: 'A message of the mailbox has a type that the spec knows.',
  appliesTo: 'mailbox',
  severity: 'error',
  message: ({ found }) => `Unexpected message_type "${found}", expected one of ${TYPES.join(', ')}`,
  *check({ threads }) {
    for (const message of threads.flatMap(({ messages }) => messages)) {
      const type = message.text('message_type');
      if (type === undefined || TYPES.includes(type.text)) continue;
      yield { place: type.place, args: { found: type.text }, found: type.source };
    }
  },
});
