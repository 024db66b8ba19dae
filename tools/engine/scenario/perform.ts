import { v5 } from 'uuid';
import type { RunCall, RunIO, RunResult, ToolCall } from '../api.ts';
import { EngineError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import { callId, inputsOf, next, type Position, piecesOf } from './position.ts';
import { kindOf, type SpawnStep, type Step, type StepKind, type StepOf } from './steps.ts';

/** What a step may use. */
export interface Scene {
  call: RunCall;
  io: RunIO;
  clock: Clock;
  mine: Position;
  /** A child has come to life under this name. */
  named(name: string, session_id: string): void;
  /** Something was answered otherwise than expected. */
  surprised(message: string): void;
}

type Perform<Kind extends StepKind> = (value: StepOf<Kind>, scene: Scene) => Promise<RunResult | null>;

/** Every step, by its key. A result ends the run, and the script goes on behind it in the next one. */
const performers: { [Kind in StepKind]: Perform<Kind> } = {
  async say(say, { io, clock, mine }) {
    const { tokens = 0, cost_usd, ms = 0, ignore_signal = false } = say;
    const pieces = piecesOf(say);
    const share = (part: number): number => Math.floor((tokens * part) / pieces.length);
    for (let part = mine.part; part < pieces.length; part += 1) {
      if (ms > 0) await clock.sleep(ms, ignore_signal ? undefined : io.signal);
      io.chunk(pieces[part]!); // throws where the run was stopped: this piece is still to be said
      mine.part = part + 1;
      if (mine.part === pieces.length) next(mine);
      const used = share(part + 1) - share(part);
      if (used > 0) spend(io, used, cost_usd === undefined ? undefined : cost_usd / pieces.length);
    }
    return null;
  },

  async tool(tool, { call, io, clock, mine, surprised }) {
    const { id, needs = [], ms = 0, result = {}, fails = false, ask = false } = tool;
    const tool_call_id = callId(call.session.session_id, mine.at);
    if (ask && !mine.asked) {
      mine.asked = true;
      return { outcome: 'awaiting_user', tool_call_id };
    }
    let begun = false;
    try {
      const answer = await io.toolCall({
        tool_id: id,
        tool_version: tool.version ?? '1.0.0',
        tool_call_id,
        arguments: (tool.args ?? {}) as ToolCall['arguments'],
        side_effect: tool.side_effect ?? 'READ',
        idempotency: tool.idempotency ?? 'IDEMPOTENT',
        ...(tool.key === undefined ? {} : { idempotency_key: tool.key }),
        capability_ids: needs,
        async invoke(signal) {
          begun = true;
          await clock.sleep(ms, tool.ignore_signal ? undefined : signal);
          if (fails) throw new Error('the tool failed as scripted');
          return result;
        },
      });
      begun = true;
      const got = answer.ok ? 'ok' : answer.error.code;
      if (tool.expect !== undefined && tool.expect !== got)
        surprised(`tool ${id}: Unexpected ${got}, expected ${tool.expect}`);
    } finally {
      if (begun) next(mine); // what a tool has done is done, also where the run is stopped behind it
    }
    return null;
  },

  async spawn(step, scene) {
    await askForChild(step, scene);
    next(scene.mine);
    return null;
  },

  async usage({ tokens, cost_usd }, { io, mine }) {
    next(mine);
    spend(io, tokens, cost_usd);
    return null;
  },

  async sleep(sleep, { io, clock, mine }) {
    const { ms, ignore_signal = false } = typeof sleep === 'number' ? { ms: sleep } : sleep;
    await clock.sleep(ms, ignore_signal ? undefined : io.signal);
    next(mine);
    return null;
  },

  async wait(what, { call, mine }) {
    if (!hasCome(what, call, mine)) return { outcome: 'yield' };
    if (what === 'input') mine.heard = inputsOf(call.messages).length;
    next(mine);
    return null;
  },

  async turn(_, { mine }) {
    next(mine);
    mine.turned = true;
    return { outcome: 'yield' };
  },

  async fail({ error, retryable = false, times = Number.POSITIVE_INFINITY }, { mine }) {
    mine.tries += 1;
    if (mine.tries <= times) return { outcome: 'failed', error, retryable };
    next(mine);
    return null;
  },

  async hang({ times = Number.POSITIVE_INFINITY, ignore_signal = false }, { io, mine }) {
    mine.tries += 1;
    if (mine.tries <= times) await forever(ignore_signal ? null : io.signal);
    next(mine);
    return null;
  },

  async garbage(what, { io, mine, surprised }) {
    next(mine);
    if (what === 'outcome') return { outcome: 'nonsense' } as unknown as RunResult;
    if (!(await isRefused(nonsense[what], io)))
      surprised(`garbage ${what}: Unexpected answer, expected a refusal`);
    return null;
  },

  async complete({ outputs: key_outputs = [], next_steps = [], issues = false, close = true }, { mine }) {
    next(mine);
    mine.turned = true;
    return { outcome: 'completed', key_outputs, next_steps, close, ...(issues ? { issues } : {}) };
  },
};

export function perform(step: Step, scene: Scene): Promise<RunResult | null> {
  const kind = kindOf(step);
  const value = (step as unknown as Record<StepKind, never>)[kind];
  return (performers[kind] as Perform<never>)(value, scene);
}

/** Asks for a child; asking again is the same request and gets the same answer. */
export async function askForChild(step: SpawnStep, { io, mine, named, surprised }: Scene): Promise<void> {
  const answer = await io.spawn({ ...requestOf(step), task_payload_artifact_id: io.keep(taskOf(step)) });
  judgeAnswer(step, answer, surprised);
  if (!answer.child_session_id) return;
  named(step.as, answer.child_session_id);
  if (step.announce_back ?? true) mine.announcing.set(step.as, answer.child_session_id);
}

export function judgeAnswer(
  { as, expect }: SpawnStep,
  answer: { accepted: boolean; rejection_reason: string | null },
  surprised: (message: string) => void,
): void {
  const got = answer.accepted ? 'accepted' : answer.rejection_reason;
  if (expect !== undefined && expect !== got)
    surprised(`spawn of ${as}: Unexpected ${got}, expected ${expect}`);
}

/** The request of a step, but for who asks and what the task is kept as. */
export const requestOf = (step: SpawnStep) => ({
  request_id: step.as,
  child_role: step.role,
  child_model_preference: step.model ?? null,
  child_backend_preference: null,
  spawn_mode: step.mode ?? ('ONE_SHOT' as const),
  announce_back: step.announce_back ?? true,
  trigger_source: { stage_session_id: null, stage_tab_id: null, external_ref: null },
  max_child_depth: step.max_child_depth ?? null,
  max_active_children: step.max_active_children ?? null,
  ...(step.grants ? { capability_grants: step.grants } : {}),
});

/** The child's task as text. The script is part of it, so that the task alone says which script to play. */
export function taskOf({ script, task }: SpawnStep): string {
  const name = script ?? 'nothing';
  return `${task ?? `Play the script "${name}".`}\n\nscript: ${name}\n`;
}

function hasCome(what: StepOf<'wait'>, call: RunCall, mine: Position): boolean {
  if (what === 'input') return inputsOf(call.messages).length > mine.heard;
  const letters = new Set(call.messages.map(({ message_id }) => message_id));
  const reported = (child: string, seq: number): boolean => letters.has(v5(String(seq), child)); // D-29
  if (what === 'children') return [...mine.announcing.values()].every((child) => reported(child, 1));
  const child = mine.announcing.get(what.child);
  return child === undefined || reported(child, what.announcements ?? 1);
}

/** Never resolves; rejects when the signal, if it is heard, says so. */
const forever = (signal: AbortSignal | null): Promise<never> =>
  new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    if (signal?.aborted) reject(signal.reason);
  });

type Nonsense = (io: RunIO) => unknown;
const nonsense: Record<Exclude<StepOf<'garbage'>, 'outcome'>, Nonsense> = {
  chunk: (io) => io.chunk(42 as never),
  usage: (io) => io.usage({ total_tokens: -1 } as never, Number.NaN),
  spawn: (io) => io.spawn({ child_role: 7 } as never),
  tool: (io) => io.toolCall({ tool_id: 'nonsense' } as never),
};

async function isRefused(talk: Nonsense, io: RunIO): Promise<boolean> {
  try {
    const answer = (await talk(io)) as { accepted?: boolean } | undefined;
    return answer?.accepted === false;
  } catch (error) {
    if (error instanceof EngineError && error.code === 'invalid_request') return true;
    throw error; // the run is over: nothing was said to refuse
  }
}

function spend(io: RunIO, tokens: number, cost_usd: number | undefined): void {
  const prompt_tokens = Math.floor(tokens / 2);
  io.usage(
    { prompt_tokens, completion_tokens: tokens - prompt_tokens, total_tokens: tokens },
    cost_usd ?? null,
  );
}
