import { defaultRules, type Rules } from '../kernel/index.ts';
import type { Engine, EngineOptions } from './api.ts';
import { folderArtifacts, memoryArtifacts } from './artifacts.ts';
import { createCore } from './core.ts';
import { createEngine } from './engine.ts';
import { EngineError } from './errors.ts';
import { openMemoryStore } from './memory-store.ts';
import { systemClock, systemIds } from './ports.ts';
import { openSqliteStore } from './sqlite-store.ts';

/** Opens an engine on a store. Nothing is dispatched before `start()`. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
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

function sqlitePath(store: string): string | null {
  if (store === 'memory:') return null;
  if (store.startsWith('sqlite:') && store.length > 7) return store.slice(7);
  throw new EngineError('invalid_configuration', `"${store}" is no store (expected memory: or sqlite:PATH)`);
}

/** The workspace's decisions over the defaults. Numbers that could never let anything run are refused. */
function rulesOf({ limits, scheduler, budgets, roles }: EngineOptions): Rules {
  const rules: Rules = {
    ...defaultRules,
    limits: { ...defaultRules.limits, ...limits },
    scheduler: {
      ...defaultRules.scheduler,
      ...scheduler,
      weights: { ...defaultRules.scheduler.weights, ...scheduler?.weights },
      quotas: { ...defaultRules.scheduler.quotas, ...scheduler?.quotas },
    },
    budgets: { ...defaultRules.budgets, ...budgets },
    roles: roles ?? null,
  };
  const positive: [string, number | null][] = [
    ['scheduler.max_concurrent_sessions_global', rules.scheduler.max_concurrent_sessions_global],
    ['scheduler.max_concurrent_sessions_per_provider', rules.scheduler.max_concurrent_sessions_per_provider],
    ['scheduler.max_concurrent_sessions_per_model', rules.scheduler.max_concurrent_sessions_per_model],
    ['scheduler.rate_limit_requests_per_minute', rules.scheduler.rate_limit_requests_per_minute],
    ['scheduler.rate_limit_tokens_per_minute', rules.scheduler.rate_limit_tokens_per_minute],
    ...Object.entries(rules.scheduler.weights).map(([lane, weight]): [string, number] => [
      `scheduler.weights.${lane}`,
      weight,
    ]),
    ...Object.entries(rules.scheduler.quotas).map(([lane, quota]): [string, number | null] => [
      `scheduler.quotas.${lane}`,
      quota,
    ]),
  ];
  for (const [name, value] of positive) {
    if (value !== null && !(Number.isSafeInteger(value) && value >= 1)) {
      throw new EngineError(
        'invalid_configuration',
        `${name} is ${value}, expected a whole number of at least 1`,
      );
    }
  }
  return rules;
}
