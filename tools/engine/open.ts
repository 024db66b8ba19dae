import type { Engine, EngineOptions } from './api.ts';
import { checkOptions, rulesOf } from './configuration.ts';
import { createCore } from './core.ts';
import { createEngine } from './engine.ts';
import { systemClock, systemIds } from './ports.ts';
import { folderArtifacts, memoryArtifacts } from './store/artifacts.ts';
import { openMemoryStore } from './store/memory.ts';
import { openSqliteStore } from './store/sqlite.ts';

/** Opens an engine on a store. Nothing is dispatched before `start()`. */
export async function openEngine(given: EngineOptions): Promise<Engine> {
  const options = checkOptions(given);
  const rules = rulesOf(options);
  const path = sqlitePath(options.store);
  const store = path === null ? openMemoryStore() : await openSqliteStore(path);
  const artifacts =
    options.artifacts ??
    (path === null || path === ':memory:' ? memoryArtifacts() : folderArtifacts(`${path}.artifacts`));
  const clock = options.clock ?? systemClock;
  const ids = options.ids ?? systemIds;
  const core = createCore({ store, artifacts, clock, ids, rules });
  return createEngine(core, options);
}

/** The part after `sqlite:`, or null for a store in memory. */
function sqlitePath(store: EngineOptions['store']): string | null {
  return store === 'memory:' ? null : store.slice('sqlite:'.length);
}
