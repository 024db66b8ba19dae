// One simulated world: a store, a clock, processes that come and go, and what is true about all of them.
import { openMemoryStore, type Reading, type Store, seededIds } from '../../tools/engine/index.ts';
import type { ConsentReceipt, FlightRecorderEvent, ProjectionPlan } from '../../tools/generated/index.ts';
import {
  type CommandInput,
  type CommandName,
  type CommandResult,
  type Decision,
  decide,
  type Ids,
  type Rejection,
  type Rules,
} from '../../tools/kernel/index.ts';
import { checkEvent } from '../../tools/recorder/index.ts';
import type { Coverage } from './coverage.ts';
import { Judge } from './judge.ts';
import type { Random } from './random.ts';
import { sampleRules } from './sampled-rules.ts';
import type { Call } from './tools.ts';

export type Decide = typeof decide;

/** A command as it was given; whoever was not answered gives it again. */
export interface Given<Name extends CommandName = CommandName> {
  kind: Name;
  input: CommandInput<Name>;
}

/** A process that executes runs. */
export interface Boot {
  boot_id: string;
  alive: boolean;
  /** It has said who it is, and was answered. */
  registered: boolean;
}

/** A run as the process knows it that executes it; it may be wrong about being current. */
export interface Run {
  job_id: string;
  run_epoch: number;
  session_id: string;
  boot: Boot;
  /** Tool calls that are at work. */
  tools: string[];
  /** Tool calls that it has made. */
  made: Set<string>;
  /** The tool call that a person has to allow first. */
  asked: string | null;
  /** It was told to stop. */
  aborted: boolean;
  /** It has said how it ended. */
  over: boolean;
}

class Crash extends Error {}

function repeating(ids: Ids, repeats: () => boolean, known: () => readonly string[]): Ids {
  return { uuid7: (now) => (repeats() && known()[0]) || ids.uuid7(now) };
}

export const START = Date.parse('2026-02-24T09:00:00Z');

/** How often, in a thousand commands, the process dies before the commit or is not answered after it. */
const LOST = 15;

export interface WorldParts {
  random: Random;
  seed: number;
  coverage: Coverage;
  store?: Store;
  decide?: Decide;
}

export async function openWorld(parts: WorldParts): Promise<World> {
  const store = parts.store ?? openMemoryStore();
  return store.read((view) => new World(parts, store, view));
}

export class World {
  readonly random: Random;
  readonly rules: Rules;
  readonly view: Reading;
  /** How many children of a hundred stay when their task is done. */
  readonly persistent: number;
  /** How many sessions of a hundred call the cloud. */
  readonly cloud: number;
  readonly boots: Boot[] = [];
  readonly runs: Run[] = [];
  /** What the program of each job calls, each time it is begun. */
  readonly calls = new Map<string, Call[]>();
  readonly receipts: { receipt: ConsentReceipt; plan: ProjectionPlan }[] = [];
  readonly permissions: string[] = [];
  /** Commands that nobody knows the fate of, to be given again. */
  readonly unanswered: Given[] = [];
  /** Commands that were delivered once and may be delivered again. */
  readonly delivered: Given[] = [];
  now = START;
  steps = 0;
  last: Given | null = null;
  readonly #store: Store;
  readonly #decide: Decide;
  readonly #ids: Ids;
  readonly #judge: Judge;
  readonly #coverage: Coverage;

  constructor({ random, seed, coverage, decide: given = decide }: WorldParts, store: Store, view: Reading) {
    this.random = random;
    this.rules = sampleRules(random);
    this.persistent = random.pick([10, 30, 80]);
    this.cloud = random.pick([3, 10, 60]);
    this.boot();
    this.view = view;
    this.#store = store;
    this.#decide = given;
    this.#ids = repeating(
      seededIds(seed),
      () => this.#repeats(),
      () => this.sessions,
    );
    this.#judge = new Judge(view, this.rules, coverage);
    this.#coverage = coverage;
    coverage.newWorld();
  }

  /**
   * Executes a command and checks the world. Undefined = the caller was not answered: the process died before the
   * commit, or after it.
   */
  async give<Name extends CommandName>(
    kind: Name,
    input: CommandInput<Name>,
  ): Promise<Decision<CommandResult<Name>> | Rejection | undefined> {
    const given = { kind, input } as unknown as Given;
    this.last = given;
    this.steps += 1;
    const lost = this.random.below(1000) < LOST;
    const dies = lost && this.random.chance(50);
    const { rules } = this;
    let events: FlightRecorderEvent[] = [];
    let decision: Decision<CommandResult<Name>> | Rejection;
    try {
      decision = await this.#store.transact(
        (view) => this.#decide({ view, rules }, { kind, input }, this.now, this.#ids),
        (made) => {
          events = made.events.map(checkEvent);
          if (dies) throw new Crash();
          return events;
        },
      );
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      this.#coverage.count('fault before the commit');
      this.#lose(given);
      return undefined;
    }
    this.#judge.hear(given, decision, events, this.now);
    if (lost) {
      this.#coverage.count('fault after the commit');
      this.#lose(given);
      return undefined;
    }
    this.delivered.push(given);
    return decision;
  }

  /** A source of ids that begins anew gives a session the name of another one (H3). */
  #repeats(): boolean {
    return this.last?.kind === 'create_session' && this.steps % 50 === 0;
  }

  get log(): readonly FlightRecorderEvent[] {
    return this.#judge.log;
  }

  get artifacts(): ReadonlySet<string> {
    return this.#judge.artifacts;
  }

  get sessions(): readonly string[] {
    return this.#judge.sessions;
  }

  get alive(): Boot[] {
    return this.boots.filter((boot) => boot.alive);
  }

  /** The process that gave the command is gone, or only its answer is; it is given again in most cases. */
  #lose(given: Given): void {
    if (this.random.chance(70)) this.unanswered.push(given);
    if (given.kind !== 'dispatch') return;
    const { boot_id } = given.input as CommandInput<'dispatch'>;
    const boot = this.boots.find((known) => known.boot_id === boot_id);
    if (boot) this.kill(boot);
  }

  /** A process stops. What its runs were doing goes on in nobody's memory, or comes back as a zombie. */
  kill(boot: Boot): void {
    boot.alive = false;
    this.boot();
  }

  /** Another process begins. */
  boot(): void {
    this.boots.push({ boot_id: `boot-${this.boots.length + 1}`, alive: true, registered: false });
  }
}
