import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { folderArtifacts, type SpawnCall } from '../../engine/index.ts';
import { UsageError } from '../../findings/index.ts';
import { decode, NotUtf8, sha256 } from '../../text/index.ts';
import { governanceOf } from '../admission.ts';
import type { Call, ExitCode } from '../command.ts';
import { value } from '../load.ts';
import { visible } from '../output.ts';
import { nextOn } from '../session/next.ts';
import { onEngine, openSessions, sessionNamed } from '../session/open.ts';
import { answered, refuse } from '../session/refusals.ts';
import { spawnRefusal } from '../session/spawn-refusals.ts';

const SCHEMA = 'govkit.session-spawn@1';
const MODES = ['ONE_SHOT', 'SESSION_PERSISTENT'] as const;

/** Asks for a child of a session, under the contract that runs of that session ask under. */
export async function run(call: Call): Promise<ExitCode> {
  const opened = await openSessions(call);
  const requester = sessionNamed(opened, call.args[0]!);
  const role = wanted(call, 'role', 'the role that the child takes');
  const task = await taskOf(call, wanted(call, 'task', 'what the child is to do'));
  const requestId = value(call, 'request-id');
  const grants = call.values.grant;
  const request: SpawnCall = {
    requester_session_id: requester.session_id,
    requester_role: requester.role,
    child_role: role,
    child_model_preference: value(call, 'model') ?? null,
    child_backend_preference: null,
    task_payload_artifact_id: `sha256:${sha256(task)}`,
    spawn_mode: modeOf(call),
    announce_back: !call.flags.has('no-announce'),
    trigger_source: { stage_session_id: null, stage_tab_id: null, external_ref: null },
    max_child_depth: null,
    max_active_children: null,
    ...(requestId !== undefined && { request_id: requestId }),
    ...(grants !== undefined && { capability_grants: [...grants] }),
  };
  const governance = await governanceOf(call.root, call.spec);
  return answered(call, SCHEMA, `session show ${requester.session_id}`, async () => {
    folderArtifacts(`${opened.db}.artifacts`).put(request.task_payload_artifact_id, task);
    const answer = await onEngine(opened.db, governance, (engine) => engine.spawn(request));
    const { child_session_id, rejection_reason } = answer;
    if (child_session_id === null) {
      const { sessions } = opened;
      const reason = rejection_reason ?? 'invalid_request';
      return refuse(call, SCHEMA, await spawnRefusal({ reason, request, requester, sessions, governance }));
    }
    const before = opened.sessions.some(({ session_id }) => session_id === child_session_id);
    if (call.json)
      call.out.json({
        schema: SCHEMA,
        db: opened.db,
        child_session_id,
        spawned_before: before,
        task_payload_artifact_id: request.task_payload_artifact_id,
      });
    else {
      const known = before
        ? 'was spawned before, by the same request'
        : 'spawned; it runs where the engine runs';
      call.out.line(`${child_session_id}  ${visible(role)}  ${known}`);
      if (!call.quiet)
        call.out.line(`${call.out.dim('next')}   ${nextOn(call, `session show ${child_session_id}`)}`);
    }
    return 0;
  });
}

function wanted(call: Call, name: string, what: string): string {
  const given = value(call, name);
  if (given === undefined || given.trim() === '')
    throw new UsageError(`gov session spawn wants --${name} (${what})`);
  return given;
}

function modeOf(call: Call): SpawnCall['spawn_mode'] {
  const given = value(call, 'mode') ?? 'ONE_SHOT';
  const mode = MODES.find((known) => known === given.toUpperCase().replaceAll('-', '_'));
  if (mode === undefined) throw new UsageError(`--mode ${visible(given)}: expected ${MODES.join(' or ')}`);
  return mode;
}

/** The content of a file of that name; where there is none, the words themselves. */
async function taskOf(call: Call, given: string): Promise<string> {
  const path = resolve(call.cwd, given);
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true) return given;
  try {
    return decode(given, await readFile(path)).text;
  } catch (error) {
    if (error instanceof NotUtf8) throw new UsageError(error.message, { cause: error });
    throw new UsageError(`--task ${visible(given)}: ${(error as Error).message}`, { cause: error });
  }
}
