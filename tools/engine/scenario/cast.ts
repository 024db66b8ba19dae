import type { Failure } from './judge.ts';
import type { ScriptedRunner, SpawnStep } from './scripted.ts';

/** Who is called what, over all processes of a scenario. */
export class Cast {
  readonly #runners: ScriptedRunner[] = [];
  readonly #scripts = new Map<string, string>();
  readonly #announced: SpawnStep[] = [];
  readonly #ids = new Map<string, string>();
  readonly #names = new Map<string, string>();

  /** A new process knows what is played, and nothing of how far it has come. */
  enter(runner: ScriptedRunner): ScriptedRunner {
    for (const step of this.#announced) runner.announce(step);
    for (const [session_id, script] of this.#scripts) runner.assign(session_id, script);
    this.#runners.push(runner);
    return runner;
  }

  assign(name: string, session_id: string, script: string): void {
    this.name(name, session_id);
    this.#scripts.set(session_id, script);
    this.#runners.at(-1)?.assign(session_id, script);
  }

  /** A child may come from outside of the scripts. */
  announce(step: SpawnStep): void {
    this.#announced.push(step);
    this.#runners.at(-1)?.announce(step);
  }

  name(name: string, session_id: string): void {
    if (this.#names.has(session_id)) return;
    this.#names.set(session_id, name);
    this.#ids.set(name, session_id);
  }

  idOf(name: string): string | undefined {
    this.#learn();
    return this.#ids.get(name);
  }

  nameOf(session_id: string): string | undefined {
    this.#learn();
    return this.#names.get(session_id);
  }

  /** What steps were answered otherwise than they expected. */
  surprises(): Failure[] {
    return this.#runners.flatMap(({ surprises }) =>
      surprises.map(({ script, step, message }) => ({ path: ['scripts', script, step], message })),
    );
  }

  /** A child keeps the name that it got first. */
  #learn(): void {
    for (const { names } of this.#runners) for (const [name, id] of names) this.name(name, id);
  }
}
