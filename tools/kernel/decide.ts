import { consent } from './consent/issue.ts';
import { revokeConsent } from './consent/revoke.ts';
import { type Decision, type Ids, Refused, type Rejection } from './decision.ts';
import { Draft } from './draft.ts';
import type { Rules } from './rules.ts';
import { endTool, resumeCall, say, startTool } from './schedule/boundary.ts';
import { dispatch } from './schedule/dispatch.ts';
import { enqueue, givePlaces } from './schedule/enqueue.ts';
import { finishRun } from './schedule/finish.ts';
import { recover } from './schedule/recover.ts';
import { createSession } from './session/create.ts';
import { approve, close, pause, resume } from './session/steer.ts';
import { bookUsage } from './session/usage.ts';
import { cancel } from './spawn/cancel.ts';
import { readInbox, send } from './spawn/inbox.ts';
import { spawn } from './spawn/spawn.ts';
import type { View } from './tables.ts';

/** Every command, by name. A command reads and writes one draft and knows nothing else. */
const handlers = {
  create_session: createSession,
  spawn,
  enqueue,
  dispatch,
  say,
  usage: bookUsage,
  start_tool: startTool,
  end_tool: endTool,
  resume_call: resumeCall,
  finish_run: finishRun,
  send,
  read_inbox: readInbox,
  cancel,
  pause,
  resume,
  close,
  approve,
  consent,
  revoke_consent: revokeConsent,
  recover,
};

type Handlers = typeof handlers;
export type CommandName = keyof Handlers;
export type CommandInput<Name extends CommandName> = Parameters<Handlers[Name]>[1];
export type CommandResult<Name extends CommandName> = ReturnType<Handlers[Name]>;

export interface Command<Name extends CommandName = CommandName> {
  kind: Name;
  input: CommandInput<Name>;
}

export interface State {
  view: View;
  rules: Rules;
}

/**
 * The kernel: what a command means, given what is stored. Pure: the same state, command, time and ids give
 * the same decision, whichever store applies it.
 */
export function decide<Name extends CommandName>(
  state: State,
  command: Command<Name>,
  now: number,
  ids: Ids,
): Decision<CommandResult<Name>> | Rejection {
  const draft = new Draft(state.view, state.rules, now, ids);
  const handle = handlers[command.kind] as unknown as (
    draft: Draft,
    input: CommandInput<Name>,
  ) => CommandResult<Name>;
  try {
    const result = handle(draft, command.input);
    givePlaces(draft);
    const { events, artifacts, effects } = draft;
    return { rejected: false, changes: draft.changes(), events, artifacts, effects, result };
  } catch (error) {
    if (error instanceof Refused) return { rejected: true, code: error.code, message: error.message };
    throw error;
  }
}
