// Tool calls of runs: made, answered, cut off, made again by the next run of the job.
import { v5 } from 'uuid';
import type { CommandInput } from '../../tools/kernel/index.ts';
import type { Action } from './operators.ts';
import { HASH, keyOf, message, onRun, REF, SPAN } from './runs.ts';
import type { Run, World } from './world.ts';

type Declared = CommandInput<'start_tool'>['call'];

/** A call as the program of a job makes it, each time it is begun. */
export interface Call {
  tool_call_id: string;
  call: Declared;
}

const idempotencies = ['IDEMPOTENT', 'IDEMPOTENT_WITH_KEY', 'NON_IDEMPOTENT'] as const;

/** The calls of a job have names by their number, or by their count; the same number is mostly the same call. */
function nextCall({ random, calls, view }: World, run: Run): Call {
  const made = calls.get(run.job_id) ?? [];
  calls.set(run.job_id, made);
  const before = made.filter(({ tool_call_id }) => !run.made.has(tool_call_id));
  if (before.length > 0 && random.chance(80)) {
    const cut = before.filter(
      ({ tool_call_id: id }) =>
        view.get('tool_call', JSON.stringify([run.session_id, id]))?.state === 'pending',
    );
    const known = random.pick(cut.length > 0 ? cut : before);
    return random.chance(95) ? known : { ...known, call: { ...known.call, ...changed(random.below(3)) } };
  }
  const idempotency = random.pick(idempotencies);
  const named = random.chance(60);
  const args_hash = String(random.below(3)).repeat(64);
  const fresh: Call = {
    tool_call_id: v5(`tool:${named ? made.length : random.below(4)}`, run.job_id),
    call: {
      tool_id: 'fs.write_file',
      tool_version: '1.0.0',
      arguments: { path: args_hash[0]! },
      args_ref: REF,
      args_hash,
      side_effect: 'WRITE',
      idempotency,
      idempotency_key: idempotency === 'IDEMPOTENT_WITH_KEY' && random.chance(80) ? 'key' : null,
      named,
    },
  };
  made.push(fresh);
  return fresh;
}

/** What a program that was changed in between says differently. */
const changed = (what: number): Partial<Declared> =>
  [{ args_hash: '9'.repeat(64) }, { idempotency_key: 'another key' }, { tool_version: '2.0.0' }][what]!;

/** One at a time mostly; what an earlier run of the job left pending comes first. */
export async function makeCall(world: World, run: Run): Promise<void> {
  if (run.asked !== null || (run.tools.length > 0 && world.random.chance(90))) return;
  const { tool_call_id, call } = nextCall(world, run);
  await begin(world, run, tool_call_id, call);
}

const start = onRun(makeCall);

async function begin(world: World, run: Run, tool_call_id: string, call: Declared): Promise<void> {
  if (run.made.has(tool_call_id)) return; // one run names no two calls alike
  const decision = await world.give('start_tool', {
    ...keyOf(run),
    tool_call_id,
    capability_ids: world.random.chance(70) ? [] : [world.random.pick(['fs', 'exec', 'fs.read:src'])],
    message: message(world.random, 'TOOL_CALL', tool_call_id),
    call,
  });
  if (!decision || decision.rejected || decision.result.fenced) return;
  const { verdict } = decision.result;
  if (verdict.kind === 'renamed') {
    await begin(world, run, verdict.tool_call_id, call);
    return;
  }
  if (verdict.kind === 'ask') run.asked = tool_call_id;
  if (verdict.kind !== 'taken') run.made.add(tool_call_id);
  if (verdict.kind === 'execute') run.tools.push(tool_call_id);
}

/** Of a run with a tool at work; it may be fenced by now, and its process dead: what a tool did has happened. */
async function end(world: World): Promise<void> {
  const { random, runs } = world;
  const working = runs.slice(-SPAN).filter(({ tools }) => tools.length > 0);
  const alive = working.filter(({ boot, over }) => boot.alive && !over);
  const among = alive.length > 0 && random.chance(95) ? alive : working;
  if (among.length === 0) return;
  const run = random.pick(among);
  const tool_call_id = run.tools.shift()!;
  const ok = world.random.chance(80);
  const time = new Date(world.now).toISOString();
  const payload: CommandInput<'end_tool'>['payload'] = {
    tool_call_id,
    tool_id: 'fs.write_file',
    tool_version: '1.0.0',
    transport: 'local',
    side_effect: 'WRITE',
    idempotency: 'IDEMPOTENT',
    idempotency_key: null,
    actor: { kind: 'agent', agent_id: run.session_id, model_id: 'local/large' },
    ok,
    args_ref: REF,
    args_hash: HASH,
    result_ref: REF,
    result_hash: HASH,
    error: ok ? null : { code: 'tool_failed', message: 'no', kind: 'tool' },
    timing: { started_at: time, ended_at: time, duration_ms: 0 },
    capability_ids: [],
  };
  await world.give('end_tool', {
    ...keyOf(run),
    tool_call_id,
    ok,
    message: message(world.random, 'TOOL_RESULT', tool_call_id),
    payload,
  });
}

export const tools: Action[] = [
  { weight: 25, act: start },
  { weight: 25, act: end },
];
