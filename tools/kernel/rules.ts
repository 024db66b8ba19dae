import {
  defaults,
  type GovernanceMode,
  type ModelRunJobLane,
  type SessionSchedulerConfig,
  type SpawnLimits,
} from '../generated/index.ts';

/** One role of `.GOV/roles.yaml` (D-22). */
export interface Role {
  may_spawn: string[];
  lane: ModelRunJobLane;
  capabilities: string[];
}

export interface Budgets {
  session_tokens: number | null;
  session_cost_usd: number | null;
  wp_tokens: number | null;
  wp_cost_usd: number | null;
  /** Pause a session at 100 % of its budget. */
  pause: boolean;
}

export type Limits = Omit<SpawnLimits, 'max_total_active_sessions'> & {
  /** Descendants of one root, ended ones included (D-25). */
  max_descendants_lifetime: number;
  /** Sessions of the workspace that are not terminal; null = no limit (D-24). */
  max_live_sessions: number | null;
  /** Refuse the spawn of a cloud child that no receipt covers yet; else it is BLOCKED until one does. */
  consent_at_spawn: boolean;
};

export type Scheduling = SessionSchedulerConfig & {
  weights: Record<ModelRunJobLane, number>;
  /** Running calls a lane may hold; null = only the common limits. */
  quotas: Record<ModelRunJobLane, number | null>;
  backoff_base_ms: number;
  backoff_max_ms: number;
};

/** What a workspace has decided; the kernel reads it and changes none of it. */
export interface Rules {
  limits: Limits;
  scheduler: Scheduling;
  budgets: Budgets;
  /** Without a table of roles every role is known and may spawn every other. */
  roles: Record<string, Role> | null;
  governance_mode: GovernanceMode;
}

export const lanes = ['PRIMARY', 'SUBAGENT', 'VALIDATION', 'BACKGROUND'] as const satisfies ModelRunJobLane[];

export const defaultRules: Rules = {
  limits: {
    max_spawn_depth: defaults.SpawnLimits.max_spawn_depth,
    max_active_children_per_session: defaults.SpawnLimits.max_active_children_per_session,
    max_descendants_lifetime: 256,
    max_live_sessions: null,
    consent_at_spawn: false,
  },
  scheduler: {
    ...defaults.SessionSchedulerConfig,
    rate_limit_requests_per_minute: null,
    rate_limit_tokens_per_minute: null,
    weights: { PRIMARY: 8, SUBAGENT: 4, VALIDATION: 2, BACKGROUND: 1 },
    quotas: { PRIMARY: null, SUBAGENT: null, VALIDATION: null, BACKGROUND: null },
    backoff_base_ms: 1_000,
    backoff_max_ms: 60_000,
  },
  budgets: { session_tokens: null, session_cost_usd: null, wp_tokens: null, wp_cost_usd: null, pause: false },
  roles: null,
  governance_mode: 'gov_standard',
};

/** Where a session's calls go: the part of `provider/model` before the slash, else the backend. */
export function providerOf(model: string, backend: string): string {
  const slash = model.indexOf('/');
  return slash > 0 ? model.slice(0, slash) : backend;
}

/** The role of that name. Only names that the table itself holds count: `toString` is nobody's role. */
export function roleOf({ roles }: Rules, name: string): Role | undefined {
  return roles && Object.hasOwn(roles, name) ? roles[name] : undefined;
}
