import type { RunCall, Runner } from '../api.ts';
import type { Clock } from '../ports.ts';
import { artifactId } from '../store/artifacts.ts';
import { askForChild, perform, type Scene, taskOf } from './perform.ts';
import { begin, callId, inputsOf, type Position, retrace } from './position.ts';
import type { Scripts, SpawnStep } from './steps.ts';

export type { Scripts, SpawnStep, Step } from './steps.ts';

/** An answer that was another one than its step expected. */
export interface Surprise {
  message: string;
  /** The step, as a path below the scripts. */
  script: string;
  step: number;
}

export interface ScriptedRunner extends Runner {
  /** Gives a root session its script; a child's script is named by its task. */
  assign(session_id: string, script: string): void;
  /** Says that a child whose task is that of the step may come from outside of the scripts. */
  announce(step: SpawnStep): void;
  /** Sessions by the name they were spawned as; a name that is taken gets a number. */
  readonly names: ReadonlyMap<string, string>;
  readonly surprises: readonly Surprise[];
  /** The last tool call of a session, which may wait for its approval. */
  readonly asking: ReadonlyMap<string, string>;
}

/**
 * A runner whose every session follows a script: deterministic, and the first user of the Runner port. It keeps its
 * place in memory only; a runner that finds a thread it does not know goes on where the thread ends (`retrace`).
 */
export function scripted(scripts: Scripts, clock: Clock): ScriptedRunner {
  const positions = new Map<string, Position>();
  const assigned = new Map<string, string>();
  const names = new Map<string, string>();
  const born = new Set<string>();
  const surprises: Surprise[] = [];
  const asking = new Map<string, string>();
  const scriptOfTask = new Map<string, string>();
  const announce = (step: SpawnStep): void => {
    scriptOfTask.set(artifactId(taskOf(step)), step.script ?? '');
  };
  for (const step of Object.values(scripts).flat()) if ('spawn' in step) announce(step.spawn);

  const scriptOf = ({ session, task_payload_artifact_id }: RunCall): string =>
    assigned.get(session.session_id) ?? scriptOfTask.get(task_payload_artifact_id ?? '') ?? '';

  function named(name: string, session_id: string): void {
    if (born.has(session_id)) return;
    born.add(session_id);
    let free = name;
    for (let count = 2; names.has(free); count += 1) free = `${name}-${count}`;
    names.set(free, session_id);
  }

  /** The place that is remembered, or the one that the thread proves. Spawns before it are asked for again. */
  async function take(scene: Omit<Scene, 'mine'>): Promise<Scene> {
    const { session, messages } = scene.call;
    const known = positions.get(session.session_id);
    if (known) return { ...scene, mine: known };
    const mine = begin(scriptOf(scene.call));
    const steps = scripts[mine.script] ?? [];
    Object.assign(mine, retrace(steps, session.session_id, messages));
    const again = { ...scene, mine, surprised: () => {} }; // its answers have been judged
    for (const step of steps.slice(0, mine.at)) if ('spawn' in step) await askForChild(step.spawn, again);
    positions.set(session.session_id, mine);
    return { ...scene, mine };
  }

  return {
    names,
    surprises,
    asking,
    announce,
    assign(session_id, script) {
      assigned.set(session_id, script);
    },
    async run(call, io) {
      const { session_id } = call.session;
      let at = 0;
      const surprised = (message: string): void => {
        surprises.push({ message, script: scriptOf(call), step: at });
      };
      const scene = await take({ call, io, clock, named, surprised });
      const { mine } = scene;
      if (mine.turned) mine.heard = inputsOf(call.messages).length;
      mine.turned = false;
      const steps = scripts[mine.script] ?? [];
      while (mine.at < steps.length) {
        at = mine.at;
        if ('tool' in steps[at]!) asking.set(session_id, callId(session_id, at));
        const result = await perform(steps[at]!, scene);
        if (result) return result;
      }
      return { outcome: 'completed' };
    },
  };
}
