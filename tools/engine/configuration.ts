import { z } from 'zod';
import { ModelRunJobLane } from '../generated/index.ts';
import { defaultRules, isCapability, type Rules } from '../kernel/index.ts';
import type { EngineOptions } from './api.ts';
import { callback, milliseconds, money, whole } from './inputs.ts';
import { parse } from './parse.ts';

const perLane = <Value extends z.ZodType>(value: Value) =>
  z
    .strictObject({ PRIMARY: value, SUBAGENT: value, VALIDATION: value, BACKGROUND: value })
    .partial()
    .optional();

const limits = z
  .strictObject({
    max_spawn_depth: whole(0),
    max_active_children_per_session: whole(0),
    max_descendants_lifetime: whole(0),
    max_persistent_children: whole(0),
    max_live_sessions: whole(1).nullable(),
    consent_at_spawn: z.boolean(),
  })
  .partial();

const scheduler = z
  .strictObject({
    max_concurrent_sessions_global: whole(1),
    max_concurrent_sessions_per_provider: whole(1),
    max_concurrent_sessions_per_model: whole(1),
    rate_limit_requests_per_minute: whole(1).nullable(),
    rate_limit_tokens_per_minute: whole(1).nullable(),
    weights: perLane(whole(1)),
    quotas: perLane(whole(1).nullable()),
    backoff_base_ms: milliseconds,
    backoff_max_ms: milliseconds,
  })
  .partial();

const budgets = z
  .strictObject({
    session_tokens: whole(0).nullable(),
    session_cost_usd: money.nullable(),
    wp_tokens: whole(0).nullable(),
    wp_cost_usd: money.nullable(),
    pause: z.boolean(),
  })
  .partial();

const checkpoints = z.strictObject({ messages: whole(1), tokens: whole(1) }).partial();

const capability = z.string().refine(isCapability, 'a capability (axis or axis:scope)');
const roles = z.record(
  z.string(),
  z.strictObject({
    may_spawn: z.array(z.string()),
    lane: ModelRunJobLane,
    capabilities: z.array(capability),
  }),
);

/** An object that has these functions, and keeps its own `this`. */
const port = (...functions: string[]) =>
  z.custom(
    (value) => {
      if (typeof value !== 'object' || value === null) return false;
      return functions.every((name) => callback.safeParse((value as Record<string, unknown>)[name]).success);
    },
    `an object with ${functions.map((name) => `${name}()`).join(', ')}`,
  );

export const storeName = z
  .string()
  .refine((store) => store === 'memory:' || /^sqlite:[^\0]+$/s.test(store), 'memory: or sqlite:PATH');

/**
 * All options there are. A key that is not among them is an error: a limit that is spelt wrongly would be no
 * limit, and there is none that switches a check off (TRUST-004).
 */
const engineOptions = z.strictObject({
  store: storeName,
  runner: port('run'),
  admission: port('admit').optional(),
  unboundSessions: z.enum(['allow', 'refuse']).optional(),
  roles: roles.optional(),
  budgets: budgets.optional(),
  limits: limits.optional(),
  scheduler: scheduler.optional(),
  checkpoints: checkpoints.optional(),
  processes: port('own', 'lives').optional(),
  onRecovery: callback.optional(),
  clock: port('now', 'sleep', 'turn').optional(),
  ids: port('uuid7').optional(),
  artifacts: port('put', 'get', 'has').optional(),
});

export const optionNames: readonly string[] = Object.keys(engineOptions.shape);

/** Throws `invalid_configuration`, which names the option, what it is and what it should be. */
export function checkOptions(options: EngineOptions): EngineOptions {
  return parse(engineOptions, options, '', 'invalid_configuration');
}

/** The workspace's decisions over the defaults. */
export function rulesOf({ limits, scheduler, budgets, checkpoints, roles }: EngineOptions): Rules {
  const common = defaultRules.scheduler;
  return {
    ...defaultRules,
    limits: { ...defaultRules.limits, ...given(limits) },
    scheduler: {
      ...common,
      ...given(scheduler),
      weights: { ...common.weights, ...given(scheduler?.weights) },
      quotas: { ...common.quotas, ...given(scheduler?.quotas) },
    },
    budgets: { ...defaultRules.budgets, ...given(budgets) },
    checkpoints: { ...defaultRules.checkpoints, ...given(checkpoints) },
    roles: roles ?? null,
  };
}

/** An undefined value is an absent one: it must not take the place of a default, least of all of a limit. */
function given<Value extends object>(value: Value | undefined): Partial<Value> {
  return Object.fromEntries(
    Object.entries(value ?? {}).filter(([, item]) => item !== undefined),
  ) as Partial<Value>;
}
