import type { JsonNode, JsonText } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
}

/** The spec reserves these and `advisory:<id>`; since v02.122 a role pack may add its own. */
const ROLE =
  /^(?:operator|frontend|orchestrator|worker|coder|validator|advisory:[A-Za-z0-9._-]+|rolepack:[A-Za-z0-9._-]+\/[A-Za-z0-9._-]+)$/;

export const mailboxRole = defineRule<'mailbox', Args>({
  id: 'mailbox/role',
  summary: 'Participants, senders and receivers in the mailbox are roles that the spec knows.',
  appliesTo: 'mailbox',
  // The spec lets a repository have roles of its own.
  severity: 'warning',
  message: ({ found }) =>
    `Unexpected role "${found}", expected operator, orchestrator, coder, validator, frontend, worker, advisory:<id> or rolepack:<pack>/<role>`,
  *check({ index, threads }) {
    const roles = [
      ...(index?.root?.list('threads') ?? []).flatMap((thread) => texts(thread.list('participants'))),
      ...threads
        .flatMap(({ messages }) => messages)
        .flatMap((message) => [
          ...(message.at('from_role') ? texts([message.at('from_role')!]) : []),
          ...texts(message.list('to_roles')),
        ]),
    ];
    for (const { text, place, source } of roles) {
      if (!ROLE.test(text)) yield { place, args: { found: text }, found: source };
    }
  },
});

function texts(nodes: readonly JsonNode[]): JsonText[] {
  return nodes.flatMap((node) => node.asText() ?? []);
}
