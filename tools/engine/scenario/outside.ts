import type { CascadeCancelRecord } from '../../kernel/index.ts';
import { sha256 } from '../../text/index.ts';
import { EngineError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import { type Artifacts, artifactId } from '../store/artifacts.ts';
import type { Action, ActionKind, ActionOf } from './actions.ts';
import type { Cast } from './cast.ts';
import { papersOf, receiptId } from './consent.ts';
import type { Failure } from './judge.ts';
import type { Life, Lives } from './life.ts';
import { judgeAnswer, requestOf, taskOf } from './perform.ts';

/** What somebody outside has to do it with. */
export interface Stage {
  lives: Lives;
  clock: Clock;
  artifacts: Artifacts;
  cast: Cast;
  /** Stops the whole run; what it did not do then is no failure of the scenario. */
  signal?: AbortSignal;
}

export interface Outside {
  /** Settles when every action has come to its time and has been answered. */
  done: Promise<void>;
  cancellations: CascadeCancelRecord[];
  failures: Failure[];
}

interface Doing extends Life {
  id: string;
  stage: Stage;
  outside: Outside;
  surprised(message: string): void;
}

type Act<Kind extends ActionKind> = (action: ActionOf<Kind>, doing: Doing) => Promise<unknown>;

/** Every action, by its `do`. */
const acts: { [Kind in Exclude<ActionKind, 'crash'>]: Act<Kind> } = {
  async cancel({ reason, by, op_id }, { engine, id, outside }) {
    const record = await engine.cancel(id, { reason, by, ...(op_id === undefined ? {} : { op_id }) });
    if (!outside.cancellations.some((known) => known.op_id === record.op_id))
      outside.cancellations.push(record);
  },
  pause: ({ reason }, { engine, id }) => engine.pause(id, reason),
  resume: ({ approved_by }, { engine, id }) =>
    engine.resume(id, approved_by === undefined ? {} : { approved_by }),
  close: (_, { engine, id }) => engine.close(id),
  async send({ text, by, from }, { engine, id, stage }) {
    if (from === undefined) return engine.send({ to_session_id: id, content: text, source: by });
    const source = await engine.session(idOf(from, stage));
    const routed = {
      source_session_id: source?.session_id ?? '',
      source_role: source?.role ?? '',
      content_hash: sha256(text),
      trusted: true,
    };
    return engine.send({ to_session_id: id, content: text, routed });
  },
  approve: ({ by, session }, { engine, runner, id }) => {
    const tool_call_id = runner.asking.get(id);
    if (tool_call_id === undefined)
      throw new EngineError('invalid_request', `session ${session} asks for no approval`);
    return engine.approve({ session_id: id, tool_call_id, by });
  },
  enqueue: ({ run }, { engine, id }) => engine.enqueue({ session_id: id, ...(run as object) }),
  async spawn({ child }, { engine, id, stage, surprised }) {
    const task = taskOf(child);
    stage.artifacts.put(artifactId(task), task);
    stage.cast.announce(child);
    const requester = await engine.session(id);
    const answer = await engine.spawn({
      ...requestOf(child),
      requester_session_id: id,
      requester_role: requester?.role ?? '',
      task_payload_artifact_id: artifactId(task),
    });
    judgeAnswer(child, answer, surprised);
    if (answer.child_session_id) stage.cast.name(child.as, answer.child_session_id);
  },
  consent(action, { engine, stage }) {
    const sessions = action.sessions.map((name) => idOf(name, stage));
    const { receipt, plan } = papersOf(action, sessions, stage.clock.now());
    return engine.consent(receipt, plan);
  },
  revoke: ({ receipt, by }, { engine }) => engine.revokeConsent(receiptId(receipt), by),
  recover: (_, { engine }) => engine.recover(),
};

function idOf(name: string, { cast }: Stage): string {
  const id = cast.idOf(name);
  if (id === undefined) throw new EngineError('session_not_found', `session ${name} was never spawned`);
  return id;
}

/** Whether that moment has come, and the run was not stopped before. */
async function due({ clock, signal }: Stage, at: number): Promise<boolean> {
  try {
    await clock.sleep(at, signal);
    return true;
  } catch (error) {
    if (signal?.aborted) return false;
    throw error;
  }
}

/** What else happens, and when: sessions that are created later. */
type Later = readonly [at: number, work: () => Promise<void>];

/** What somebody outside does, each at its time. */
export function scheduleActions(
  actions: readonly Action[],
  stage: Stage,
  later: readonly Later[] = [],
): Outside {
  const outside: Outside = { done: Promise.resolve(), cancellations: [], failures: [] };
  const perform = async (action: Action, index: number): Promise<void> => {
    if (!(await due(stage, action.at))) return;
    if (action.do === 'crash') return stage.lives.crash(); // no process answers for its own death
    const about = `${action.do}${'session' in action ? ` of ${action.session}` : ''} at ${action.at} ms`;
    const surprised = (message: string): void => {
      outside.failures.push({ path: ['actions', index], message: `${about}: ${message}` });
    };
    const act = async (life: Life): Promise<string> => {
      try {
        const id = 'session' in action ? idOf(action.session, stage) : '';
        await (acts[action.do] as Act<never>)(action as never, { ...life, id, stage, outside, surprised });
        return 'ok';
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
        if (action.expect === undefined) surprised(error.message);
        return error.code;
      }
    };
    const got = await stage.lives.ask(act);
    if (got === undefined) surprised('the process died before it answered');
    else if (action.expect !== undefined && action.expect !== got)
      surprised(`Unexpected ${got}, expected ${action.expect}`);
  };
  const others = later.map(async ([at, work]) => {
    if (await due(stage, at)) await work();
  });
  outside.done = settled([...others, ...actions.map(perform)]);
  outside.done.catch(() => {}); // whoever awaits it hears of it
  return outside;
}

/** Waits for all; the first failure that is none of the engine's is thrown at the end, where somebody waits for it. */
async function settled(work: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(work)) if (result.status === 'rejected') throw result.reason;
}
