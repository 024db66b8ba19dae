import type { OptionSpec } from '../command.ts';

/** Understood by every command that records. */
export const WHO_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  role: {
    type: 'string',
    value: 'ROLE',
    summary: 'in which role: Operator, Orchestrator, Coder or Validator (or GOVKIT_ROLE)',
  },
  actor: { type: 'string', value: 'NAME', summary: 'who records (default: GOVKIT_ACTOR, or git user.name)' },
  'dry-run': { type: 'boolean', summary: 'print what would be written, and write nothing' },
};
