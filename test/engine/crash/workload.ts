// Work that uses everything the engine writes, as steps that a second process can take up where the first died.
import type { Clock, Engine, RunCall, RunIO, SpawnCall } from '../../../tools/engine/index.ts';
import { artifactId } from '../../../tools/engine/store/artifacts.ts';
import type { Play } from './engine-on.ts';

/** What a run does to the world outside of the engine, and where a process may die meanwhile. */
export interface World {
  clock: Clock;
  /** A tool has been executed. */
  executed(tool: string): void;
  /** Between two lines of the work, where nothing is written. */
  pass?(): void;
}

const PLAN = 'The plan has three parts.';
const FIRST = 'The first part is done.';
const GO = 'Go on.';
const SECOND = 'The second part is done.';
const WRITTEN = 'Written.';
const texts = new Map([PLAN, FIRST, SECOND, WRITTEN].map((text) => [artifactId(text), text]));
const HANGS = 1e9;

export const TASK = `sha256:${'7'.repeat(64)}`;

/** Roles are names: each is played by one session. */
export const spawnOf = (requester: { session_id: string; role: string }, child_role: string): SpawnCall => ({
  requester_session_id: requester.session_id,
  requester_role: requester.role,
  child_role,
  child_model_preference: null,
  child_backend_preference: null,
  task_payload_artifact_id: TASK,
  spawn_mode: child_role === 'Keeper' ? 'SESSION_PERSISTENT' : 'ONE_SHOT',
  announce_back: true,
  trigger_source: { stage_session_id: null, stage_tab_id: null, external_ref: null },
  max_child_depth: null,
  max_active_children: null,
  request_id: child_role,
});

const LEDGER_CALL = '0b0e7a52-5d43-4f4e-8a43-000000000001';

/** A runner that knows only its thread, and so goes on after a crash where the thread ends. */
export function playOf(world: World): Play {
  return async (call, io) => {
    const part = parts[call.session.role];
    return (part && (await part(call, io, world))) ?? { outcome: 'completed' };
  };
}

type Part = (call: RunCall, io: RunIO, world: World) => Promise<Awaited<ReturnType<Play>> | null>;

const said = ({ messages }: RunCall, text: string): boolean =>
  messages.some((message) => message.content_artifact_id === artifactId(text));

const heard = ({ messages }: RunCall): number =>
  messages.filter((message) => message.role === 'USER' && message.attachments.length > 0).length;

function say(call: RunCall, io: RunIO, text: string): void {
  if (!said(call, text)) io.chunk(text);
}

const spend = (io: RunIO, total_tokens: number): void =>
  io.usage({ prompt_tokens: 1, completion_tokens: total_tokens - 1, total_tokens }, 0.01);

/** May happen once only: a call that was begun and has no result may have happened. */
async function ledger(call: RunCall, io: RunIO, world: World): Promise<void> {
  const [begun, answered] = call.messages.filter((message) => message.tool_call_id === LEDGER_CALL);
  if (begun && !answered) return;
  await io.toolCall({
    tool_call_id: LEDGER_CALL,
    tool_id: 'ledger.append',
    tool_version: '1.0.0',
    arguments: { entry: 1 },
    side_effect: 'WRITE',
    idempotency: 'NON_IDEMPOTENT',
    async invoke() {
      world.pass?.();
      world.executed('ledger.append');
      world.pass?.();
      return { appended: true };
    },
  });
}

const hang: Part = async (_call, io, { clock }) => {
  await clock.sleep(HANGS, io.signal);
  return { outcome: 'completed' };
};

const parts: Record<string, Part> = {
  async Lead(call, io, world) {
    const { session } = call;
    say(call, io, PLAN);
    spend(io, 100);
    await ledger(call, io, world);
    for (const role of ['Coder', 'Flaky', 'Doomed', 'Keeper']) await io.spawn(spawnOf(session, role));
    if (heard(call) < 4) return { outcome: 'yield' };
    say(call, io, FIRST);
    if (!said(call, GO)) return null;
    await io.spawn(spawnOf(session, 'Tree'));
    if (heard(call) < 5) return { outcome: 'yield' };
    say(call, io, SECOND);
    return null;
  },
  async Coder(call, io, world) {
    say(call, io, WRITTEN);
    spend(io, 10);
    await io.toolCall({
      tool_id: 'fs.read_file',
      tool_version: '1.0.0',
      arguments: {},
      side_effect: 'READ',
      idempotency: 'IDEMPOTENT',
      invoke: async () => world.executed('fs.read_file'),
    });
    await io.spawn(spawnOf(call.session, 'Tester'));
    if (heard(call) < 1) return { outcome: 'yield' };
    return { outcome: 'completed', key_outputs: [io.keep('a patch')], next_steps: ['merge it'] };
  },
  async Flaky({ job }) {
    return job.attempt === 0 ? { outcome: 'failed', error: 'the line was cut', retryable: true } : null;
  },
  async Doomed() {
    return { outcome: 'failed', error: 'it cannot be done', retryable: false };
  },
  async Tree(call, io, world) {
    await io.spawn(spawnOf(call.session, 'Branch'));
    return hang(call, io, world);
  },
  Branch: hang,
};

/** One thing that an operator does: whether it is done already can be seen in the store. */
export interface OperatorStep {
  name: string;
  done(engine: Engine): Promise<boolean>;
  /** What it answers is what the operator may rely on. */
  perform(engine: Engine, world: World): Promise<unknown>;
  /** Whether what it answered is there. */
  holds?(engine: Engine, answer: unknown): Promise<boolean>;
}

const find = async (engine: Engine, role: string) => (await engine.sessions({ role }))[0];
const need = async (engine: Engine, role: string) => (await find(engine, role))!;

async function contents(engine: Engine, role: string): Promise<string[]> {
  const session = await find(engine, role);
  return session ? (await engine.thread(session.session_id)).map((entry) => entry.content_artifact_id) : [];
}

/** Changes of a session's state, as `FROM TO reason`. */
async function changes(engine: Engine, role: string): Promise<string[]> {
  const session = await find(engine, role);
  const found: string[] = [];
  if (!session) return found;
  for await (const event of engine.events({ model_session_id: session.session_id })) {
    if (event.fr_event_id !== 'FR-EVT-SESS-002' || event.payload.session_id !== session.session_id) continue;
    found.push(`${event.payload.from_state} ${event.payload.to_state} ${event.payload.reason}`);
  }
  return found;
}

async function jobs(engine: Engine, role: string): Promise<number> {
  const session = await find(engine, role);
  let count = 0;
  if (!session) return count;
  for await (const event of engine.events({ model_session_id: session.session_id }))
    if (event.fr_event_id === 'FR-EVT-SESS-SCHED-001') count += 1;
  return count;
}

/** What a root session is made of. */
export const root = (role: string) =>
  ({
    role,
    model_id: 'local/large',
    backend: 'local',
    parameter_class: 'P32B',
    execution_mode: 'SINGLE_MODEL_MULTI_ROLE',
    memory_policy: 'SESSION_SCOPED',
  }) as const;

const created = (role: string): OperatorStep => ({
  name: `create ${role}`,
  done: async (engine) => (await find(engine, role)) !== undefined,
  perform: async (engine) => (await engine.createSession(root(role))).session_id,
  holds: async (engine, id) => (await engine.session(String(id)))?.role === role,
});

const until = (name: string, role: string, text: string): OperatorStep => ({
  name,
  done: async (engine) => (await contents(engine, role)).includes(artifactId(text)),
  perform: (engine) => engine.idle(),
});

const cancelled = (role: string, op_id: string): OperatorStep => ({
  name: `cancel ${role}`,
  done: async (engine) => (await need(engine, role)).state === 'CANCELLED',
  async perform(engine, { clock }) {
    const { session_id } = await need(engine, role);
    const how = { reason: 'changed its mind', by: 'operator', op_id };
    for (let turn = 0; turn < 200; turn += 1) await clock.turn(); // runs begin; no time passes
    const record = await engine.cancel(session_id, how);
    await engine.cancel(session_id, how);
    return record.cancelled_session_ids;
  },
  async holds(engine, ids) {
    const states = await Promise.all((ids as string[]).map((id) => engine.session(id)));
    return states.every((session) => session?.state === 'CANCELLED');
  },
});

const closed = (role: string): OperatorStep => ({
  name: `close ${role}`,
  done: async (engine) => (await need(engine, role)).state === 'COMPLETED',
  async perform(engine) {
    await engine.close((await need(engine, role)).session_id);
    await engine.idle();
  },
});

/** In their order. A step that answered is done for good, whatever dies after it. */
export const steps: readonly OperatorStep[] = [
  created('Lead'),
  {
    name: 'enqueue Lead',
    done: async (engine) => (await jobs(engine, 'Lead')) > 0,
    perform: async (engine) => engine.enqueue({ session_id: (await need(engine, 'Lead')).session_id }),
  },
  until('the first part', 'Lead', FIRST),
  {
    name: 'pause Lead',
    done: async (engine) => (await changes(engine, 'Lead')).some((text) => text.endsWith('PAUSED operator')),
    perform: async (engine) => engine.pause((await need(engine, 'Lead')).session_id, 'operator'),
  },
  {
    name: 'send Lead',
    done: async (engine) => (await contents(engine, 'Lead')).includes(artifactId(GO)),
    perform: async (engine) =>
      engine.send({
        to_session_id: (await need(engine, 'Lead')).session_id,
        content: GO,
        source: 'operator',
      }),
  },
  {
    name: 'resume Lead',
    async done(engine) {
      const all = await changes(engine, 'Lead');
      const paused = all.findIndex((text) => text.endsWith('PAUSED operator'));
      return all.slice(paused + 1).some((text) => text.startsWith('PAUSED '));
    },
    perform: async (engine) => engine.resume((await need(engine, 'Lead')).session_id),
  },
  {
    name: 'Tree begins',
    done: async (engine) => (await find(engine, 'Branch')) !== undefined,
    async perform(engine, { clock }) {
      for (let turn = 0; turn < 200; turn += 1) await clock.turn();
      return (await find(engine, 'Branch'))?.session_id;
    },
    holds: async (engine, id) => (await engine.session(String(id)))?.role === 'Branch',
  },
  cancelled('Tree', 'op-tree'),
  until('the second part', 'Lead', SECOND),
  closed('Keeper'),
  closed('Lead'),
  created('Desk'),
  {
    name: 'pause Desk',
    done: async (engine) => (await changes(engine, 'Desk')).length > 0,
    perform: async (engine) => engine.pause((await need(engine, 'Desk')).session_id, 'operator'),
  },
  {
    name: 'spawn Clerk',
    done: async () => false, // the same request gives the same answer, however often it is asked
    async perform(engine) {
      const answer = await engine.spawn(spawnOf(await need(engine, 'Desk'), 'Clerk'));
      await engine.idle();
      return answer.child_session_id;
    },
    holds: async (engine, id) => (await engine.session(String(id)))?.role === 'Clerk',
  },
  {
    name: 'take the mail of Desk',
    done: async (engine) => (await contents(engine, 'Desk')).length > 0,
    async perform(engine) {
      const letters = await engine.inbox((await need(engine, 'Desk')).session_id, { take: true });
      return letters.map((letter) => letter.message_id);
    },
    async holds(engine, ids) {
      const { session_id } = await need(engine, 'Desk');
      const unread = await engine.inbox(session_id);
      const read = (await engine.thread(session_id)).map((message) => message.message_id);
      return unread.length === 0 && JSON.stringify(read) === JSON.stringify(ids);
    },
  },
  cancelled('Desk', 'op-desk'),
];

/** Where an engine may be closed and another one opened: no run hangs there. */
export const chapters: readonly (readonly OperatorStep[])[] = [
  steps.slice(0, 3),
  steps.slice(3, 9),
  steps.slice(9, 12),
  steps.slice(12),
];

/** Does what is not done yet. `acknowledged` hears of every answer as soon as there is one. */
export async function carryOut(
  engine: Engine,
  world: World,
  acknowledged: (name: string, answer: unknown) => void = () => {},
  what: readonly OperatorStep[] = steps,
): Promise<void> {
  for (const step of what) {
    if (await step.done(engine)) continue;
    acknowledged(step.name, (await step.perform(engine, world)) ?? null);
  }
}

/** Takes up what a dead process left: what it ran is paused, and goes on when the operator says so. */
export async function takeUp(engine: Engine): Promise<string[]> {
  const resumed: string[] = [];
  await engine.recover();
  for (const { session_id, role } of await engine.sessions({ state: 'PAUSED' })) {
    if (!(await changes(engine, role)).at(-1)?.endsWith(' crash_recovery')) continue;
    await engine.resume(session_id);
    resumed.push(role);
  }
  return resumed;
}

/** What the work comes to, whoever did it and however often somebody died over it. */
export async function outcomeOf(engine: Engine): Promise<Record<string, string[]>> {
  const sessions = await engine.sessions();
  const roles = new Map(sessions.map((session) => [session.session_id, session.role]));
  const announced: string[] = [];
  for await (const event of engine.events()) {
    if (event.fr_event_id !== 'FR-EVT-SESS-SPAWN-004') continue;
    const { child_session_id, status } = event.payload;
    announced.push(`${roles.get(child_session_id)} ${status}`);
  }
  const answers: string[] = [];
  for (const { session_id, role } of sessions)
    for (const message of await engine.thread(session_id))
      if (message.role === 'ASSISTANT') answers.push(`${role} ${texts.get(message.content_artifact_id)}`);
  return {
    answers: answers.sort(),
    sessions: sessions.map(({ role, state }) => `${role} ${state}`).sort(),
    announced: announced.sort(),
  };
}
