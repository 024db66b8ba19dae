// The rules of a world: caps so small that each of them is met all the time.
import { defaultRules, type Role, type Rules } from '../../tools/kernel/index.ts';
import type { Random } from './random.ts';

const roles: Record<string, Role> = {
  Orchestrator: {
    may_spawn: ['Coder', 'Validator', 'Sweeper'],
    lane: 'PRIMARY',
    capabilities: ['fs', 'net.http'],
  },
  Coder: {
    may_spawn: ['Coder', 'Validator', 'Orchestrator'],
    lane: 'SUBAGENT',
    capabilities: ['fs.read:src'],
  },
  Validator: { may_spawn: ['Sweeper'], lane: 'VALIDATION', capabilities: [] },
  Sweeper: { may_spawn: [], lane: 'BACKGROUND', capabilities: [] },
};

/** Decided by chance, and the same for the whole of a world. */
export function sampleRules(random: Random): Rules {
  const maybe = (percent: number, least: number, most: number): number | null =>
    random.chance(percent) ? random.between(least, most) : null;
  const global = random.pick([1, 2, 2, 3, 4, 6]);
  const quota = (): number | null => maybe(25, 1, 2);
  const weight = (): number => random.between(1, 8);
  return {
    ...defaultRules,
    limits: {
      max_spawn_depth: random.between(1, 4),
      max_active_children_per_session: random.between(1, 4),
      max_descendants_lifetime: random.pick([3, 8, 20, 40, 40]),
      max_live_sessions: maybe(40, 3, 16),
      max_persistent_children: random.between(1, 4),
      consent_at_spawn: random.chance(15),
    },
    scheduler: {
      ...defaultRules.scheduler,
      max_concurrent_sessions_global: global,
      max_concurrent_sessions_per_provider: random.between(1, global),
      max_concurrent_sessions_per_model: random.between(1, global),
      rate_limit_requests_per_minute: maybe(40, 2, 20),
      rate_limit_tokens_per_minute: maybe(40, 10, 150),
      weights: { PRIMARY: weight(), SUBAGENT: weight(), VALIDATION: weight(), BACKGROUND: weight() },
      quotas: { PRIMARY: quota(), SUBAGENT: quota(), VALIDATION: quota(), BACKGROUND: quota() },
      backoff_base_ms: random.pick([1, 500, 1_000]),
      backoff_max_ms: random.pick([1_000, 3_000]),
    },
    checkpoints: { messages: random.between(1, 5), tokens: random.between(10, 100) },
    budgets: {
      session_tokens: maybe(40, 20, 200),
      session_cost_usd: maybe(30, 1, 3),
      wp_tokens: maybe(40, 50, 400),
      wp_cost_usd: maybe(30, 1, 5),
      pause: random.chance(40),
    },
    roles: random.chance(40) ? roles : null,
  };
}
