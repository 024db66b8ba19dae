import { z } from 'zod';
import {
  ExecutionMode,
  ModelBackend,
  ModelRunJobLane,
  ModelSessionMemoryPolicy,
  ParameterClass,
} from '../../generated/index.ts';
import { action, run } from './actions.ts';
import { expectations } from './expectations.ts';
import { money, ms, name, step } from './steps.ts';

const whole = z.int().min(0);
const limit = z.int().min(1);

const limits = z
  .strictObject({
    max_spawn_depth: whole,
    max_active_children_per_session: whole,
    max_descendants_lifetime: whole,
    max_persistent_children: whole,
    consent_at_spawn: z.boolean(),
    max_live_sessions: limit.nullable(),
  })
  .partial()
  .default({})
  .describe('Limits of the engine, as in its options.');

const scheduler = z
  .strictObject({
    max_concurrent_sessions_global: limit,
    max_concurrent_sessions_per_provider: limit,
    max_concurrent_sessions_per_model: limit,
    rate_limit_requests_per_minute: limit.nullable(),
    rate_limit_tokens_per_minute: limit.nullable(),
    backoff_base_ms: limit,
    backoff_max_ms: limit,
    weights: z.partialRecord(ModelRunJobLane, limit).describe('Share of a lane among those that wait.'),
    quotas: z.partialRecord(ModelRunJobLane, limit.nullable()).describe('Calls that a lane may run at once.'),
  })
  .partial()
  .default({})
  .describe('Scheduling of the engine, as in its options.');

const budgets = z
  .strictObject({
    session_tokens: whole,
    session_cost_usd: money,
    wp_tokens: whole,
    wp_cost_usd: money,
    pause: z.boolean(),
  })
  .partial()
  .default({})
  .describe('Budgets of the engine, as in its options.');

const role = z.strictObject({
  may_spawn: z.array(z.string()).default([]).describe('Roles that it may spawn.'),
  lane: ModelRunJobLane.default('SUBAGENT').describe('Lane of its runs.'),
  capabilities: z.array(z.string()).default([]).describe('What it holds where nothing else is said.'),
});

const session = z.strictObject({
  as: name.describe('What the scenario calls it.'),
  role: z.string().describe('Its role.'),
  script: name.describe('What it plays.'),
  at: ms.default(0).describe('When it is created, in milliseconds from the start.'),
  model: z.string().default('local/model').describe('provider/model.'),
  backend: ModelBackend.default('local').describe('A cloud session needs consent.'),
  parameter_class: ParameterClass.default('PUnknown').describe('Size of its model.'),
  execution_mode: ExecutionMode.default('SINGLE_MODEL_MULTI_ROLE').describe('How models share the work.'),
  memory_policy: ModelSessionMemoryPolicy.default('SESSION_SCOPED').describe(
    'How long it remembers; fixed for life (INV-SESS-004).',
  ),
  grants: z.array(z.string()).optional().describe('Capabilities. Default: those of its role.'),
  wp_id: z.string().optional().describe('Work packet; the gate decides whether it may start.'),
  run: run.optional().describe('How its run is scheduled.'),
});

/** The language of `gov session run`. Every step and action is described in docs/scenarios.md. */
export const scenarioSchema = z.strictObject({
  schema: z.literal('govkit.scenario@1').describe('The language: govkit.scenario@1.'),
  title: z.string().describe('What it shows, in one line.'),
  seed: whole.default(1).describe('Ids are made of it: the same scenario gives the same bytes.'),
  start: z.iso.datetime().default('2026-01-01T00:00:00Z').describe('When it begins.'),
  limits,
  scheduler,
  budgets,
  roles: z.record(z.string(), role).optional().describe('Roles. Default: those of .GOV/roles.yaml.'),
  sessions: z.array(session).min(1).describe('Root sessions. Each gets one run.'),
  scripts: z.record(name, z.array(step)).describe('What sessions do, one step after the other.'),
  actions: z.array(action).default([]).describe('What somebody outside does, each at its time.'),
  expect: expectations.default({}).describe('What must be true when everything has come to rest.'),
});

export type Scenario = z.output<typeof scenarioSchema>;
