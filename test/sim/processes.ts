// What processes do: dispatch, execute runs, report late, die, recover; and what time and the network do to them.
import type { CommandName, RunOutcome } from '../../tools/kernel/index.ts';
import { type Action, anySession, spawnInput } from './operators.ts';
import type { Random } from './random.ts';
import { HASH, keyOf, message, onRun, REF, SPAN } from './runs.ts';
import { makeCall } from './tools.ts';
import type { Boot, Run, World } from './world.ts';

/** Before its first dispatch a process says who it is; one that is believed dead does not know that it is. */
async function register(world: World, boot: Boot): Promise<boolean> {
  if (boot.registered) return true;
  const { boot_id } = boot;
  const host = world.random.chance(80) ? 'here' : 'elsewhere';
  const identity = { host, pid: world.boots.indexOf(boot) + 1, process_started: null };
  boot.registered = (await world.give('register_boot', { boot_id, ...identity })) !== undefined;
  return boot.registered;
}

async function dispatch(world: World): Promise<void> {
  const boot = world.random.pick(world.alive);
  if (!(await register(world, boot))) return;
  const decision = await world.give('dispatch', { boot_id: boot.boot_id });
  if (!decision || decision.rejected || !decision.result.job) return;
  const { job_id, run_epoch, session_id } = decision.result.job;
  world.runs.push({
    ...{ job_id, run_epoch, session_id, boot },
    ...{ tools: [], made: new Set(), asked: null, aborted: false, over: false },
  });
}

const say = onRun(async (world, run) => {
  await world.give('say', { ...keyOf(run), message: message(world.random, 'ASSISTANT') });
});

const usage = onRun(async (world, run) => {
  const { random } = world;
  const cost_usd = random.chance(60) ? random.below(40) / 100 : null;
  const decision = await world.give('usage', { ...keyOf(run), tokens: random.below(30), cost_usd });
  if (decision && !decision.rejected && decision.result.over_budget) run.aborted = true;
});

/** Without consent the run stops, and its job waits. */
const resumeCall = onRun(async (world, run) => {
  const decision = await world.give('resume_call', keyOf(run));
  if (decision && !decision.rejected && decision.result.refusal !== null) run.aborted = true;
});

const checkpoint = onRun(async (world, run) => {
  await world.give('checkpoint', keyOf(run));
});

/** What a runner says of its progress; a run that is begun again says the same again. */
const progress = onRun(async (world, run) => {
  const { random } = world;
  const said = { part: random.below(2), count: random.between(1, 6), text: random.pick(['half', 'nearly']) };
  await world.give('progress', { ...keyOf(run), ...said });
});

/** To parent or child, and now and then to somebody who is neither. */
const route = onRun(async (world, run) => {
  const { random, view } = world;
  const children = view.select('session', 'parent', run.session_id).map(({ session_id }) => session_id);
  const parent = view.get('session', run.session_id)?.parent_session_id;
  const near = parent ? [parent, ...children] : children;
  const to_session_id = near.length > 0 && random.chance(95) ? random.pick(near) : anySession(world);
  await world.give('route', {
    ...keyOf(run),
    name: `${run.job_id}:${random.below(4)}`,
    to_session_id,
    content_hash: HASH,
    content_artifact_id: REF,
  });
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
  if (run.asked !== null && random.chance(90)) return { outcome: 'awaiting_user', tool_call_id: run.asked };
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
  world.boot();
}

/** A process that ends in order; what it could not finish is an orphan from now on. */
async function leave(world: World): Promise<void> {
  const boot = world.random.pick(world.alive);
  await world.give('leave_boot', { boot_id: boot.boot_id });
  world.kill(boot);
}

/**
 * Somebody looks who lives, and says later what was seen: some of the dead, or all; now and then one that lives, the
 * one that asks, or one that nobody knows. Passes follow one another (FM-23).
 */
async function recover(world: World): Promise<void> {
  const { random, boots } = world;
  const boot = random.pick(world.alive);
  const dead = boots.filter(({ alive }) => !alive && random.chance(80)).map(({ boot_id }) => boot_id);
  if (random.chance(5)) dead.push(random.pick(world.alive).boot_id);
  if (random.chance(2)) dead.push(boot.boot_id, 'boot-nobody');
  await world.give('recover', { boot_id: boot.boot_id, ...(dead.length > 0 ? { dead } : {}) });
}

/** A session that brings its process down whenever it runs, and is resumed each time (E27). */
async function relapse(world: World): Promise<void> {
  const { random, view, runs } = world;
  const executed = runs.slice(-SPAN).filter((run) => runsNow(world, run));
  if (executed.length === 0) return;
  const working = executed.filter(({ tools }) => tools.length > 0);
  const first = random.pick(working.length > 0 ? working : executed);
  const { session_id } = first;
  await makeCall(world, first);
  for (let boot = first.boot, times = random.between(1, 4); times > 0; times--) {
    world.kill(boot);
    const { boot_id } = random.pick(world.alive);
    await world.give('recover', { boot_id, dead: [boot.boot_id] });
    await world.give('resume', { session_id });
    for (let tries = 4; tries > 0 && view.get('session', session_id)?.state === 'BLOCKED'; tries--)
      await dispatch(world);
    const next = world.runs.at(-1);
    if (next?.session_id !== session_id || !runsNow(world, next)) return;
    boot = next.boot;
    await makeCall(world, next);
  }
}

function runsNow({ view }: World, { session_id, job_id, run_epoch, boot }: Run): boolean {
  const row = view.get('session', session_id);
  return boot.alive && row?.running_job_id === job_id && row.run_epoch === run_epoch;
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

const repeated = new Set<CommandName>([
  'finish_run',
  'usage',
  'say',
  'checkpoint',
  'progress',
  'route',
  'read_thread',
  'consent',
  'revoke_consent',
  'revoke_thread',
  'register_boot',
  'leave_boot',
  'end_tool',
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
  { weight: 15, act: progress },
  { weight: 8, act: route },
  { weight: 4, act: checkpoint },
  { weight: 15, act: resumeCall },
  { weight: 25, act: spawnFromRun },
  { weight: 10, act: takeMail },
  { weight: 75, act: finish },
  { weight: 3, act: crash },
  { weight: 3, act: join },
  { weight: 1, act: leave },
  { weight: 8, act: recover },
  { weight: 3, act: relapse },
  { weight: 25, act: tick },
  { weight: 3, act: jump },
  { weight: 10, act: retry },
  { weight: 12, act: again },
  { weight: 2, act: look },
];
