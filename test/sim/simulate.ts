/**
 * A simulation is a row of worlds. The first has the seed of the simulation, the next the number after it, and so
 * on: a world that fails is replayed by its own seed alone, up to the step that failed.
 */
import { createHash } from 'node:crypto';
import type { Store } from '../../tools/engine/index.ts';
import { Coverage } from './coverage.ts';
import { playEngine } from './engine-play.ts';
import { type EngineWorld, openEngineWorld } from './engine-world.ts';
import { faults } from './invariants.ts';
import { logFaults } from './log-faults.ts';
import { create, operators } from './operators.ts';
import { permissions } from './permissions.ts';
import { processes } from './processes.ts';
import { Random } from './random.ts';
import { tools } from './tools.ts';
import { type Decide, openWorld, type World } from './world.ts';

export interface Simulation {
  seed: number;
  commands: number;
  coverage?: Coverage;
  /** Another decision than the kernel's, to prove that its faults are found. */
  decide?: Decide;
  /** A store for each world; in memory by default. */
  open?: () => Promise<Store>;
  /** Wants the log of every world, as one digest. */
  digest?: boolean;
}

export interface Simulated {
  worlds: number;
  steps: number;
  events: number;
  digest: string;
}

/** One line that says what broke where, and one that replays it. */
export class SimulationFailure extends Error {
  override name = 'SimulationFailure';
  readonly step: number;
  constructor(seed: number, world: Pick<World, 'steps' | 'last'>, cause: unknown) {
    const said = cause instanceof Error ? cause.message : String(cause);
    const place = `seed ${seed}, step ${world.steps}, command ${JSON.stringify(world.last)}`;
    const replay = `node test/sim/run.mjs --seed ${seed} --commands ${world.steps}`;
    super(`${place}\n  ${said}\n  replay: ${replay}`, { cause });
    this.step = world.steps;
  }
}

const actions = [...operators, ...processes, ...tools, ...permissions];

/** Every so often everything is counted from scratch, and must agree with what was followed step by step. */
const SCRATCH = 120;
/** One world in so many is one of the real engine, which its seed decides. */
const REAL = 16;
const REAL_LENGTH = 400;

export async function simulate(simulation: Simulation): Promise<Simulated> {
  const { seed, commands, coverage = new Coverage() } = simulation;
  const hash = createHash('sha256');
  const done: Simulated = { worlds: 0, steps: 0, events: 0, digest: '' };
  while (done.steps < commands) {
    const own = (seed + done.worlds) >>> 0;
    const store = await simulation.open?.();
    const { world, play } = await begin(own, { coverage, store, decide: simulation.decide });
    try {
      await play(commands - done.steps);
      scratch(world);
      ended(world);
    } catch (cause) {
      throw new SimulationFailure(own, world, cause);
    } finally {
      await store?.[Symbol.asyncDispose]();
    }
    if (simulation.digest) for (const event of world.log) hash.update(`${JSON.stringify(event)}\n`);
    done.worlds += 1;
    done.steps += world.steps;
    done.events += world.log.length;
  }
  done.digest = hash.digest('hex');
  return done;
}

interface Begun {
  world: World | EngineWorld;
  /** So many commands at the most, as far as its actions can be cut off. */
  play(most: number): Promise<void>;
}

/** A world of the kind that its seed says. A fault that is planted into the kernel is looked for in its own worlds. */
async function begin(
  seed: number,
  { coverage, store, decide }: { coverage: Coverage; store: Store | undefined; decide: Decide | undefined },
): Promise<Begun> {
  const given = store ? { store } : {};
  if (seed % REAL === 0 && !decide) {
    const world = await openEngineWorld({ seed, coverage, ...given });
    return { world, play: (most) => playEngine(world, Math.min(REAL_LENGTH, most)) };
  }
  const random = new Random(seed);
  const length = random.between(100, 500);
  const world = await openWorld({ seed, random, coverage, ...given, ...(decide ? { decide } : {}) });
  return { world, play: (most) => play(world, Math.min(length, most)) };
}

async function play(world: World, length: number): Promise<void> {
  let next = SCRATCH;
  while (world.steps < length) {
    if (world.sessions.length === 0) await create(world);
    else await world.random.weighted(actions).act(world);
    if (world.steps < next) continue;
    next = world.steps + SCRATCH;
    scratch(world);
  }
}

function scratch({ view, rules, log }: Begun['world']): void {
  const found = faults({ view, rules, log });
  if (found.length > 0) throw new Error(`counted from scratch: ${found.join('\n  ')}`);
}

/** What is looked at once in a world: the rules of its log, and the replay of it. */
function ended(world: Begun['world']): void {
  const found = logFaults(world);
  if (found.length > 0) throw new Error(`the log, as a whole: ${found.join('\n  ')}`);
}
