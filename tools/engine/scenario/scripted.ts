import type { RunCall, RunIO, Runner, RunResult } from '../api.ts';
import type { Clock } from '../ports.ts';
import { artifactId } from '../store/artifacts.ts';

/** What a scripted session does, one thing after the other. Times are simulated milliseconds. */
export type Step =
  | { say: { text: string; tokens?: number; cost_usd?: number; ms?: number } }
  | { tool: { id: string; needs?: string[]; ms?: number; fails?: boolean } }
  | { spawn: SpawnStep }
  | { usage: { tokens: number; cost_usd?: number } }
  | { sleep: number }
  | { wait: 'children' | 'input' }
  | { fail: { error: string; retryable?: boolean; times?: number } }
  | { complete: { outputs?: string[]; next_steps?: string[]; close?: boolean } };

export interface SpawnStep {
  as: string;
  role: string;
  script?: string;
  /** What the child is told to do; default: to play its script. */
  task?: string;
  mode?: 'ONE_SHOT' | 'SESSION_PERSISTENT';
  announce_back?: boolean;
  grants?: string[];
  model?: string;
  max_child_depth?: number;
  max_active_children?: number;
  /** What the answer must be: `accepted`, or a reason. */
  expect?: string;
}

export type Scripts = Record<string, readonly Step[]>;

export interface ScriptedRunner extends Runner {
  /** Gives a root session its script; a child's script is named by its task. */
  assign(session_id: string, script: string): void;
  /** Sessions by the name they were spawned as. */
  readonly names: ReadonlyMap<string, string>;
  /** Spawns that were answered otherwise than expected. */
  readonly surprises: readonly string[];
}

interface Progress {
  script: string;
  at: number;
  failures: number;
  announcing: number;
}

/** A runner whose every session follows a script: deterministic, and the first user of the Runner port. */
export function scripted(scripts: Scripts, clock: Clock): ScriptedRunner {
  const progress = new Map<string, Progress>();
  const names = new Map<string, string>();
  const surprises: string[] = [];
  const scriptOfTask = new Map<string, string>();
  for (const step of Object.values(scripts).flat()) {
    if ('spawn' in step) scriptOfTask.set(artifactId(taskOf(step.spawn)), step.spawn.script ?? '');
  }

  const progressOf = (call: RunCall): Progress => {
    const id = call.session.session_id;
    const known = progress.get(id);
    if (known) return known;
    const script = scriptOfTask.get(call.task_payload_artifact_id ?? '') ?? '';
    const fresh = { script, at: 0, failures: 0, announcing: 0 };
    progress.set(id, fresh);
    return fresh;
  };

  async function spawnChild(step: SpawnStep, mine: Progress, io: RunIO): Promise<void> {
    const announce_back = step.announce_back ?? true;
    const answer = await io.spawn({
      request_id: step.as,
      child_role: step.role,
      child_model_preference: step.model ?? null,
      child_backend_preference: null,
      task_payload_artifact_id: io.keep(taskOf(step)),
      spawn_mode: step.mode ?? 'ONE_SHOT',
      announce_back,
      trigger_source: { stage_session_id: null, stage_tab_id: null, external_ref: null },
      max_child_depth: step.max_child_depth ?? null,
      max_active_children: step.max_active_children ?? null,
      ...(step.grants ? { capability_grants: step.grants } : {}),
    });
    const got = answer.accepted ? 'accepted' : answer.rejection_reason;
    if (step.expect !== undefined && step.expect !== got) {
      surprises.push(`spawn of ${step.as}: unexpected ${got}, expected ${step.expect}`);
    }
    if (!answer.child_session_id) return;
    names.set(step.as, answer.child_session_id);
    if (announce_back) mine.announcing += 1;
  }

  /** One step; a result ends the run, and the script goes on after it in the next. */
  async function perform(step: Step, mine: Progress, call: RunCall, io: RunIO): Promise<RunResult | null> {
    if ('say' in step) {
      const { text, tokens = 0, cost_usd, ms = 0 } = step.say;
      if (ms > 0) await clock.sleep(ms, io.signal);
      try {
        io.chunk(text);
      } catch (error) {
        mine.at -= 1; // paused between two chunks: this one is still to be said
        throw error;
      }
      if (tokens > 0) spend(io, tokens, cost_usd);
    } else if ('usage' in step) {
      spend(io, step.usage.tokens, step.usage.cost_usd);
    } else if ('sleep' in step) {
      await clock.sleep(step.sleep, io.signal);
    } else if ('spawn' in step) {
      await spawnChild(step.spawn, mine, io);
    } else if ('tool' in step) {
      const { id, needs = [], ms = 0, fails = false } = step.tool;
      await io.toolCall({
        tool_id: id,
        tool_version: '1.0.0',
        arguments: {},
        side_effect: 'READ',
        idempotency: 'IDEMPOTENT',
        capability_ids: needs,
        async invoke(signal) {
          await clock.sleep(ms, signal);
          if (fails) throw new Error('the tool failed as scripted');
          return {};
        },
      });
    } else if ('wait' in step) {
      if (step.wait === 'input') return { outcome: 'yield' };
      const heard = call.messages.filter(
        (message) => message.role === 'USER' && message.attachments.length > 0,
      );
      if (heard.length < mine.announcing) {
        mine.at -= 1; // still waiting: the next run looks again
        return { outcome: 'yield' };
      }
    } else if ('fail' in step) {
      const { error, retryable = false, times = Number.POSITIVE_INFINITY } = step.fail;
      mine.failures += 1;
      if (mine.failures <= times) {
        mine.at -= 1;
        return { outcome: 'failed', error, retryable };
      }
    } else {
      const { outputs: key_outputs = [], next_steps = [], close = true } = step.complete;
      return { outcome: 'completed', key_outputs, next_steps, close };
    }
    return null;
  }

  return {
    names,
    surprises,
    assign(session_id, script) {
      progress.set(session_id, { script, at: 0, failures: 0, announcing: 0 });
    },
    async run(call, io) {
      const mine = progressOf(call);
      const steps = scripts[mine.script] ?? [];
      while (mine.at < steps.length) {
        const step = steps[mine.at]!;
        mine.at += 1;
        const result = await perform(step, mine, call, io);
        if (result) return result;
      }
      return { outcome: 'completed' };
    },
  };
}

/** The child's task as text. The script is part of it, so that the task alone says which script to play. */
function taskOf({ script, task }: SpawnStep): string {
  const name = script ?? 'nothing';
  return `${task ?? `Play the script "${name}".`}\n\nscript: ${name}\n`;
}

function spend(io: RunIO, tokens: number, cost_usd: number | undefined): void {
  const prompt_tokens = Math.floor(tokens / 2);
  io.usage(
    { prompt_tokens, completion_tokens: tokens - prompt_tokens, total_tokens: tokens },
    cost_usd ?? null,
  );
}
