import { rulesOf } from '../../../tools/engine/configuration.ts';
import { createCore } from '../../../tools/engine/core.ts';
import { createEngine } from '../../../tools/engine/engine.ts';
import {
  type Artifacts,
  type Clock,
  type Engine,
  type EngineOptions,
  folderArtifacts,
  openSqliteStore,
  seededIds,
  simulatedClock,
  systemIds,
} from '../../../tools/engine/index.ts';
import type { Driver } from '../../../tools/engine/store/sqlite-driver.ts';

export type Play = EngineOptions['runner']['run'];

export interface On {
  run: Play;
  clock: Clock;
  /** Two processes on one file need two seeds; without one, ids are random. */
  seed?: number;
  driver?: Driver;
  artifacts?: Artifacts;
  options?: Partial<EngineOptions>;
}

/** Like openEngine, but the driver under the store can be another one. */
export async function engineOn(path: string, on: On): Promise<Engine> {
  const options: EngineOptions = {
    store: `sqlite:${path}`,
    runner: { run: on.run },
    unboundSessions: 'allow',
    ...on.options,
  };
  const core = createCore({
    store: await openSqliteStore(path, on.driver ? { driver: on.driver } : {}),
    artifacts: on.artifacts ?? artifactsOf(path),
    clock: on.clock,
    ids: on.seed === undefined ? systemIds : seededIds(on.seed),
    rules: rulesOf(options),
  });
  return createEngine(core, options);
}

export const artifactsOf = (path: string): Artifacts => folderArtifacts(`${path}.artifacts`);

const START = Date.parse('2026-02-24T09:00:00Z');

/** The process that comes after all others. */
export const LAST = 9;

/** Simulated: a later process begins at a later time. */
export const clockOf = (process: number): Clock => simulatedClock(START + process * 3_600_000);
