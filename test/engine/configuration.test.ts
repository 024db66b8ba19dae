import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { optionNames } from '../../tools/engine/configuration.ts';
import { EngineError, type EngineOptions, openEngine } from '../../tools/engine/index.ts';
import { completes, open, request, root } from './opened.ts';

const fault = async (options: unknown): Promise<string> => {
  const error = await openEngine(options as EngineOptions).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(EngineError);
  expect((error as EngineError).code).toBe('invalid_configuration');
  return (error as EngineError).message;
};
const runner = { run: completes };
const weights = { PRIMARY: 8, SUBAGENT: 4, VALIDATION: 2, BACKGROUND: 1 };
const role = { may_spawn: [], lane: 'PRIMARY', capabilities: [] };

describe('a configuration that is wrong does not open', () => {
  it.each([
    [
      { limits: { max_active_children_per_session: Number.NaN, max_spawn_depth: 3 } },
      'limits.max_active_children_per_session is NaN, expected a whole number of at least 0',
    ],
    [
      { limits: { max_spawn_depth: 'x' } },
      'limits.max_spawn_depth is "x", expected a whole number of at least 0',
    ],
    [
      { limits: { max_spawn_depth: -1 } },
      'limits.max_spawn_depth is -1, expected a whole number of at least 0',
    ],
    [
      { limits: { max_spwan_depth: 1 } },
      'limits.max_spwan_depth is no known field, expected one of max_spawn_depth, max_active_children_per_session, max_descendants_lifetime, max_live_sessions, consent_at_spawn',
    ],
    [
      { limits: { max_descendants_lifetime: 1.5 } },
      'limits.max_descendants_lifetime is 1.5, expected a whole number of at least 0',
    ],
    [
      { limits: { max_live_sessions: 0 } },
      'limits.max_live_sessions is 0, expected a whole number of at least 1',
    ],
    [{ limits: { consent_at_spawn: 1 } }, 'limits.consent_at_spawn is 1, expected true or false'],
    [{ limits: null }, 'limits is null, expected an object'],
    [
      { budgets: { session_tokens: Number.NaN } },
      'budgets.session_tokens is NaN, expected a whole number of at least 0',
    ],
    [
      { budgets: { wp_cost_usd: Number.POSITIVE_INFINITY } },
      'budgets.wp_cost_usd is Infinity, expected a finite amount of at least 0',
    ],
    [{ budgets: { wp_cost_usd: -1 } }, 'budgets.wp_cost_usd is -1, expected a finite amount of at least 0'],
    [{ budgets: { pause: 'yes' } }, 'budgets.pause is "yes", expected true or false'],
    [
      { scheduler: { max_concurrent_sessions_global: 0 } },
      'scheduler.max_concurrent_sessions_global is 0, expected a whole number of at least 1',
    ],
    [
      { scheduler: { weights: { ...weights, PRIMARY: 0 } } },
      'scheduler.weights.PRIMARY is 0, expected a whole number of at least 1',
    ],
    [
      { scheduler: { quotas: { URGENT: 1 } } },
      'scheduler.quotas.URGENT is no known field, expected one of PRIMARY, SUBAGENT, VALIDATION, BACKGROUND',
    ],
    [
      { scheduler: { backoff_max_ms: 2 ** 31 } },
      'scheduler.backoff_max_ms is 2147483648, expected a whole number of milliseconds from 1 to 2147483647',
    ],
    [{ roles: { Coder: { lane: 'PRIMARY' } } }, 'roles.Coder.may_spawn is undefined, expected a list'],
    [
      { roles: { Coder: { ...role, lane: 'FAST' } } },
      'roles.Coder.lane is "FAST", expected one of PRIMARY, SUBAGENT, BACKGROUND, VALIDATION',
    ],
    [
      { roles: { Coder: { ...role, capabilities: ['FS.READ'] } } },
      'roles.Coder.capabilities.0 is "FS.READ", expected a capability (axis or axis:scope)',
    ],
    [
      { roles: { Coder: { ...role, trusted: true } } },
      'roles.Coder.trusted is no known field, expected one of may_spawn, lane, capabilities',
    ],
    [{ store: 'postgres:x' }, 'store is "postgres:x", expected memory: or sqlite:PATH'],
    [{ store: 'sqlite:' }, 'store is "sqlite:", expected memory: or sqlite:PATH'],
    [{ runner: {} }, 'runner is an object, expected an object with run()'],
    [{ unboundSessions: true }, 'unboundSessions is true, expected one of allow, refuse'],
  ])('%j', async (wrong, message) => {
    expect(await fault({ store: 'memory:', runner, ...wrong })).toBe(message);
  });

  it('no options at all', async () => {
    expect(await fault(null)).toBe('the call is null, expected an object');
    expect(await fault({ runner })).toBe('store is undefined, expected text');
  });

  it('an option that is undefined is absent, and its default stands', async () => {
    const limits = { max_active_children_per_session: undefined, max_spawn_depth: 1 } as object;
    await using engine = await open(completes, { limits });
    const { session_id } = await engine.createSession(root);
    const answers = [];
    for (let n = 0; n < 5; n += 1) answers.push(await engine.spawn(request(session_id)));
    expect(answers.at(-1)?.rejection_reason).toBe('children_cap_reached');
    expect(await engine.spawn(request(answers[0]!.child_session_id!))).toMatchObject({
      rejection_reason: 'depth_limit_exceeded',
    });
  });
});

it('TRUST-004: no option and no environment variable switches a check off', async () => {
  expect(optionNames).toEqual([
    ...['store', 'runner', 'admission', 'unboundSessions', 'roles', 'budgets', 'limits'],
    ...['scheduler', 'clock', 'ids', 'artifacts'],
  ]);
  for (const bypass of ['dangerouslySkipPermissions', 'skipApproval', 'sandbox', 'capabilities', 'test']) {
    expect(await fault({ store: 'memory:', runner, [bypass]: false })).toContain(
      `${bypass} is no known field`,
    );
  }
  // What the options can do at most: sessions without a packet. Grants, caps and roles hold for those too.
  await using engine = await open(completes, { unboundSessions: 'allow' });
  const { session_id } = await engine.createSession({ ...root, capability_grants: ['fs.read'] });
  expect(await engine.spawn(request(session_id, { capability_grants: ['fs.write'] }))).toMatchObject({
    rejection_reason: 'capability_widening',
  });
  for (const room of ['kernel', 'engine', 'recorder']) {
    const folder = new URL(`../../tools/${room}/`, import.meta.url);
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    )) {
      expect(readFileSync(new URL(file, folder), 'utf8'), file).not.toMatch(/process\.(env|argv)/);
    }
  }
});
