// What processes do: dispatch, execute runs, report late, die, recover; and what time and the network do to them.
import type { CommandInput, RunOutcome } from '../../tools/kernel/index.ts';
import { type Action, anySession, spawnInput } from './operators.ts';
import type { Random } from './random.ts';
import type { Boot, Run, World } from './world.ts';

const REF = `sha256:${'5'.repeat(64)}`;
const HASH = '5'.repeat(64);
const SPAN = 50;

async function dispatch(world: World): Promise<void> {
  const boot = world.random.pick(world.alive);
  const decision = await world.give('dispatch', { boot_id: boot.boot_id });
  if (!decision || decision.rejected || !decision.result.job) return;
  const { job_id, run_epoch, session_id } = decision.result.job;
  world.runs.push({ job_id, run_epoch, session_id, boot, tools: [], aborted: false, over: false });
}

/** One that is executed now; in a few cases one whose process has died, or that was over long ago. */
function anyRun({ random, runs }: World): Run | undefined {
  if (runs.length === 0) return undefined;
  const recent = runs.slice(-SPAN).filter((run) => !run.over && run.boot.alive);
  if (recent.length > 0 && random.chance(95)) return random.pick(recent);
  return random.pick(runs);
}

const keyOf = ({ job_id, run_epoch }: Run) => ({ job_id, run_epoch });

const message = (
  random: Random,
  role: 'ASSISTANT' | 'TOOL_CALL' | 'TOOL_RESULT',
  tool_call_id: string | null = null,
) => ({
  role,
  content_hash: HASH,
  content_artifact_id: REF,
  token_count: random.chance(50) ? random.below(9) : null,
  tool_call_id,
});

const onRun =
  (act: (world: World, run: Run) => Promise<void>): Action['act'] =>
  async (world) => {
    const run = anyRun(world);
    if (run) await act(world, run);
  };

const say = onRun(async (world, run) => {
  await world.give('say', { ...keyOf(run), message: message(world.random, 'ASSISTANT') });
});

const usage = onRun(async (world, run) => {
  const { random } = world;
  const cost_usd = random.chance(60) ? random.below(40) / 100 : null;
  const decision = await world.give('usage', { ...keyOf(run), tokens: random.below(30), cost_usd });
  if (decision && !decision.rejected && decision.result.over_budget) run.aborted = true;
});

const callId = (world: World): string =>
  `018f0000-0000-4000-8000-${(world.steps + 1).toString(16).padStart(12, '0')}`;

const startTool = onRun(async (world, run) => {
  if (run.tools.length > 0 && world.random.chance(90)) return;
  const tool_call_id = callId(world);
  const decision = await world.give('start_tool', {
    ...keyOf(run),
    tool_call_id,
    capability_ids: world.random.chance(70) ? [] : [world.random.pick(['fs', 'exec', 'fs.read:src'])],
    message: message(world.random, 'TOOL_CALL', tool_call_id),
  });
  if (decision && !decision.rejected && !decision.result.fenced) run.tools.push(tool_call_id);
});

const endTool = onRun(async (world, run) => {
  const tool_call_id = run.tools.shift();
  if (tool_call_id === undefined) return;
  const ok = world.random.chance(80);
  const time = new Date(world.now).toISOString();
  const payload: CommandInput<'end_tool'>['payload'] = {
    tool_call_id,
    tool_id: 'fs.read_file',
    tool_version: '1.0.0',
    transport: 'local',
    side_effect: 'READ',
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
});

const resumeCall = onRun(async (world, run) => {
  await world.give('resume_call', keyOf(run));
});

/** A run asks for a child, and its process asks again under the same name when it is not answered. */
const spawnFromRun = onRun(async (world, run) => {
  const input = spawnInput(world, run.session_id);
  input.request.request_id = `${run.job_id}:${world.random.below(5)}`;
  await world.give('spawn', input);
});

const takeMail = onRun(async (world, run) => {
  await world.give('read_inbox', { session_id: run.session_id, take: true });
});

function outcome(random: Random, run: Run): RunOutcome {
  if (run.aborted && random.chance(70)) return { outcome: 'interrupted' };
  const tool_call_id = `018f0000-0000-4000-9000-${random.below(9).toString().padStart(12, '0')}`;
  return random.weighted<{ weight: number; result: RunOutcome }>([
    {
      weight: 20,
      result: { outcome: 'completed', key_outputs: ['a'], next_steps: random.chance(50) ? ['b'] : [] },
    },
    { weight: 8, result: { outcome: 'completed', close: true } },
    { weight: 5, result: { outcome: 'completed', issues: true } },
    { weight: 20, result: { outcome: 'yield' } },
    { weight: 8, result: { outcome: 'awaiting_user', tool_call_id } },
    { weight: 10, result: { outcome: 'failed', error: 'timeout', retryable: true } },
    { weight: 3, result: { outcome: 'failed', error: 'garbage', retryable: false } },
    { weight: 4, result: { outcome: 'interrupted' } },
  ]).result;
}

/** A provider that hangs says nothing for long: most runs are left alone most of the time. */
const finish = onRun(async (world, run) => {
  if (await world.give('finish_run', { ...keyOf(run), result: outcome(world.random, run) })) run.over = true;
});

async function crash(world: World): Promise<void> {
  world.kill(world.random.pick(world.alive));
}

async function join(world: World): Promise<void> {
  if (world.alive.length > 2) return;
  world.boots.push({ boot_id: `boot-${world.boots.length + 1}`, alive: true });
}

/** Passes of several processes follow one another, and each takes the runs of all others (FM-23). */
async function recover(world: World): Promise<void> {
  const boot: Boot = world.random.pick(world.alive);
  await world.give('recover', { boot_id: boot.boot_id });
}

async function tick(world: World): Promise<void> {
  world.now += world.random.pick([1, 10, 400, 1_000, 1_000, 5_000]);
}

/** A day forward, or an hour back (FM-25). */
async function jump(world: World): Promise<void> {
  world.now += world.random.pick([86_400_000, -3_600_000, -1_000]);
}

/** What was not answered is asked again, whatever has happened since. */
async function retry(world: World): Promise<void> {
  const { unanswered, random } = world;
  if (unanswered.length === 0) return;
  const [given] = unanswered.splice(random.below(unanswered.length), 1);
  await world.give(given!.kind, given!.input);
}

const repeated = new Set([
  'finish_run',
  'usage',
  'say',
  'read_inbox',
  'spawn',
  'cancel',
  'recover',
  'resume_call',
  'approve',
]);

/** The network delivers again what was delivered before, in any order. */
async function again(world: World): Promise<void> {
  const { delivered, random } = world;
  const given = delivered[delivered.length - 1 - random.below(Math.min(delivered.length, SPAN))];
  if (given && repeated.has(given.kind)) await world.give(given.kind, given.input);
}

/** A look at a session that may be anybody's, which changes nothing. */
async function look(world: World): Promise<void> {
  await world.give('read_inbox', { session_id: anySession(world), take: false });
}

export const processes: Action[] = [
  { weight: 90, act: dispatch },
  { weight: 25, act: say },
  { weight: 25, act: usage },
  { weight: 20, act: startTool },
  { weight: 25, act: endTool },
  { weight: 15, act: resumeCall },
  { weight: 25, act: spawnFromRun },
  { weight: 10, act: takeMail },
  { weight: 75, act: finish },
  { weight: 3, act: crash },
  { weight: 3, act: join },
  { weight: 6, act: recover },
  { weight: 25, act: tick },
  { weight: 3, act: jump },
  { weight: 10, act: retry },
  { weight: 12, act: again },
  { weight: 2, act: look },
];
