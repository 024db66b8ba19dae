import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { type Place, TreeError } from '../../findings/index.ts';
import {
  ExecutionMode,
  ModelBackend,
  ModelRunJobLane,
  ModelSessionMemoryPolicy,
  ParameterClass,
} from '../../generated/index.ts';

const name = z.string().regex(/^[A-Za-z][\w-]*$/, 'expected a name of letters, digits, - and _');
const ms = z.int().min(0);
const money = z.number().min(0);

const spawnStep = z.strictObject({
  as: name,
  role: z.string(),
  script: name.optional(),
  task: z.string().optional(),
  mode: z.enum(['ONE_SHOT', 'SESSION_PERSISTENT']).optional(),
  announce_back: z.boolean().optional(),
  grants: z.array(z.string()).optional(),
  model: z.string().optional(),
  max_child_depth: z.int().min(0).optional(),
  max_active_children: z.int().min(0).optional(),
  expect: z.string().optional(),
});

const steps = {
  say: z.strictObject({
    text: z.string(),
    tokens: z.int().min(0).optional(),
    cost_usd: money.optional(),
    ms: ms.optional(),
  }),
  tool: z.strictObject({
    id: z.string(),
    needs: z.array(z.string()).optional(),
    ms: ms.optional(),
    fails: z.boolean().optional(),
  }),
  spawn: spawnStep,
  usage: z.strictObject({ tokens: z.int().min(0), cost_usd: money.optional() }),
  sleep: ms,
  wait: z.enum(['children', 'input']),
  fail: z.strictObject({
    error: z.string(),
    retryable: z.boolean().optional(),
    times: z.int().min(1).optional(),
  }),
  complete: z.strictObject({
    outputs: z.array(z.string()).optional(),
    next_steps: z.array(z.string()).optional(),
    close: z.boolean().optional(),
  }),
};

/** Exactly one key, so that an error can say which step it is about. */
const step = z
  .strictObject(Object.fromEntries(Object.entries(steps).map(([key, schema]) => [key, schema.optional()])))
  .refine((value) => Object.keys(value).length === 1, `expected one of ${Object.keys(steps).join(', ')}`);

export const scenarioSchema = z.strictObject({
  schema: z.literal('govkit.scenario@1'),
  title: z.string(),
  seed: z.int().min(0).default(1),
  start: z.iso.datetime().default('2026-01-01T00:00:00Z'),
  limits: z
    .strictObject({
      max_spawn_depth: z.int().min(0),
      max_active_children_per_session: z.int().min(0),
      max_descendants_lifetime: z.int().min(0),
      max_persistent_children: z.int().min(0),
      max_live_sessions: z.int().min(1).nullable(),
    })
    .partial()
    .default({}),
  scheduler: z
    .strictObject({
      max_concurrent_sessions_global: z.int().min(1),
      max_concurrent_sessions_per_provider: z.int().min(1),
      max_concurrent_sessions_per_model: z.int().min(1),
      rate_limit_requests_per_minute: z.int().min(1).nullable(),
      rate_limit_tokens_per_minute: z.int().min(1).nullable(),
      backoff_base_ms: z.int().min(1),
      backoff_max_ms: z.int().min(1),
    })
    .partial()
    .default({}),
  budgets: z
    .strictObject({
      session_tokens: z.int().min(0),
      session_cost_usd: money,
      wp_tokens: z.int().min(0),
      wp_cost_usd: money,
      pause: z.boolean(),
    })
    .partial()
    .default({}),
  roles: z
    .record(
      z.string(),
      z.strictObject({
        may_spawn: z.array(z.string()).default([]),
        lane: ModelRunJobLane.default('SUBAGENT'),
        capabilities: z.array(z.string()).default([]),
      }),
    )
    .optional(),
  sessions: z
    .array(
      z.strictObject({
        as: name,
        role: z.string(),
        script: name,
        model: z.string().default('local/model'),
        backend: ModelBackend.default('local'),
        parameter_class: ParameterClass.default('PUnknown'),
        execution_mode: ExecutionMode.default('SINGLE_MODEL_MULTI_ROLE'),
        memory_policy: ModelSessionMemoryPolicy.default('SESSION_SCOPED'),
        grants: z.array(z.string()).optional(),
        wp_id: z.string().optional(),
      }),
    )
    .min(1),
  scripts: z.record(name, z.array(step)),
  actions: z
    .array(
      z.strictObject({
        at: ms,
        do: z.enum(['cancel', 'pause', 'resume', 'close', 'send']),
        session: name,
        reason: z.string().default('operator'),
        by: z.string().default('operator'),
        text: z.string().optional(),
      }),
    )
    .default([]),
});

export type Scenario = z.infer<typeof scenarioSchema>;

/** Reads a scenario; what is wrong with it is reported at its place in the file. */
export function parseScenario(text: string, file = 'scenario.yaml'): Scenario {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placeAt = (start: number, end: number): Place => {
    const from = lines.linePos(start);
    const to = lines.linePos(Math.max(start, end));
    return { file, line: from.line, column: from.col, endLine: to.line, endColumn: to.col };
  };
  const [fault] = document.errors;
  if (fault) throw wrong(fault.message, placeAt(...fault.pos));
  let plain: unknown;
  try {
    plain = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw wrong((error as Error).message, placeAt(0, 0)); // an alias of nothing, or a bomb of them
  }
  const parsed = scenarioSchema.safeParse(plain);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const at = issue.path.join('.') || 'the scenario';
    throw wrong(`${at}: ${issue.message}`, placeAt(...nodeRange(issue.path)));
  }
  checkNames(parsed.data, (path, message) => {
    throw wrong(`${path.join('.')}: ${message}`, placeAt(...nodeRange(path)));
  });
  return parsed.data;

  /** The range of a node, or of the nearest one above it that the file has. */
  function nodeRange(path: readonly PropertyKey[]): [number, number] {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true) as
        | { range?: [number, number, number] }
        | undefined;
      if (node?.range) return [node.range[0], node.range[1]];
    }
    return [0, 0];
  }
}

function wrong(message: string, place: Place): TreeError {
  return new TreeError({ rule: 'scenario/invalid', severity: 'error', place, message, args: {} });
}

/** Names must lead somewhere: scripts that are played, sessions that are acted on. */
function checkNames(scenario: Scenario, report: (path: PropertyKey[], message: string) => never): void {
  const known = new Set(scenario.sessions.map((session) => session.as));
  scenario.sessions.forEach((session, index) => {
    if (!Object.hasOwn(scenario.scripts, session.script))
      report(['sessions', index, 'script'], `no script is called "${session.script}"`);
  });
  for (const [script, list] of Object.entries(scenario.scripts)) {
    list.forEach((entry, index) => {
      const spawn = entry.spawn as z.infer<typeof spawnStep> | undefined;
      if (!spawn) return;
      if (spawn.script !== undefined && !Object.hasOwn(scenario.scripts, spawn.script)) {
        report(['scripts', script, index, 'spawn', 'script'], `no script is called "${spawn.script}"`);
      }
      known.add(spawn.as);
    });
  }
  scenario.actions.forEach((action, index) => {
    if (!known.has(action.session))
      report(['actions', index, 'session'], `no session is called "${action.session}"`);
  });
}
