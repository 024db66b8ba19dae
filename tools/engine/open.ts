import type { Engine, EngineOptions } from './api.ts';
import { checkOptions, rulesOf } from './configuration.ts';
import { createCore, translate } from './core.ts';
import { createEngine } from './engine.ts';
import { systemClock, systemIds } from './ports.ts';
import { type Artifacts, folderArtifacts, memoryArtifacts } from './store/artifacts.ts';
import { openMemoryStore } from './store/memory.ts';
import { openSqliteStore, type SqliteOptions } from './store/sqlite.ts';
import type { Store } from './store/store.ts';

/** Opens an engine on a store. Nothing is dispatched before `start()`. */
export async function openEngine(given: EngineOptions): Promise<Engine> {
  const options = checkOptions(given);
  const store = await openStore(options.store, options.clock ? { clock: options.clock } : {});
  return translate(async () => engineOn(store, options));
}

/** An engine on a store that is open; whoever opened it may open another one on it, as a next process does. */
export function engineOn(store: Store, given: EngineOptions): Engine {
  const options = checkOptions(given);
  const artifacts = options.artifacts ?? artifactsOf(options.store);
  const clock = options.clock ?? systemClock;
  const ids = options.ids ?? systemIds;
  const core = createCore({ store, artifacts, clock, ids, rules: rulesOf(options) });
  return createEngine(core, options);
}

export async function openStore(
  name: EngineOptions['store'],
  options: Pick<SqliteOptions, 'clock' | 'patience_ms'> = {},
): Promise<Store> {
  const path = sqlitePath(name);
  return path === null ? openMemoryStore() : openSqliteStore(path, options);
}

/** Where content is kept: beside the database, or in memory like it. */
export function artifactsOf(name: EngineOptions['store']): Artifacts {
  const path = sqlitePath(name);
  return path === null || path === ':memory:' ? memoryArtifacts() : folderArtifacts(`${path}.artifacts`);
}

/** The part after `sqlite:`, or null for a store in memory. */
function sqlitePath(store: EngineOptions['store']): string | null {
  return store === 'memory:' ? null : store.slice('sqlite:'.length);
}
