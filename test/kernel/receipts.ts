import type { ConsentReceipt, ProjectionPlan } from '../../tools/generated/index.ts';
import type { CommandInput } from '../../tools/kernel/index.ts';
import type { World } from './world.ts';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** When every test begins. */
export const noon = Date.parse('2026-02-24T09:00:00Z');
export const at = (ms: number): string => new Date(noon + ms).toISOString();

export const receiptId = (n: number): string => uuid(n);
export const planId = (n: number): string => uuid(1000 + n);

export const plan = (n: number, over: Partial<ProjectionPlan> = {}): ProjectionPlan => ({
  schema_version: 'hsk.projection_plan@0.4',
  projection_plan_id: planId(n),
  include_artifact_refs: ['docs/brief.md'],
  include_fields: null,
  redactions_applied: ['secrets'],
  max_bytes: 4096,
  payload_sha256: String(n % 10).repeat(64),
  created_at: at(-1000),
  job_id: null,
  wp_id: null,
  mt_id: null,
  ...over,
});

/** Receipt n for plan n: it has begun and does not end. */
export const receipt = (
  n: number,
  scope: ConsentReceipt['scope'],
  session_ids: string[],
  over: Partial<ConsentReceipt> = {},
): ConsentReceipt => ({
  schema_version: 'hsk.consent_receipt@0.4',
  consent_receipt_id: receiptId(n),
  projection_plan_id: planId(n),
  payload_sha256: String(n % 10).repeat(64),
  approved: true,
  approved_at: at(-500),
  user_id: 'ilja',
  ui_surface: 'operator_console',
  notes: null,
  scope,
  session_ids,
  valid_from: at(-500),
  valid_until: null,
  revoked_at: null,
  ...over,
});

export const missing = 'CX-MM-CONSENT-MISSING';
const cloud = { backend: 'cloud', model_id: 'cloud/large' } as const;

export const cloudRoot = async (w: World, over: Partial<CommandInput<'create_session'>['input']> = {}) =>
  (await w.root({ ...cloud, ...over })).session_id;

/** Issues receipt n with its plan. */
export const agree = (
  w: World,
  n: number,
  scope: ConsentReceipt['scope'],
  session_ids: string[],
  over: Partial<ConsentReceipt> & { plan?: Partial<ProjectionPlan> } = {},
) => {
  const { plan: planned = {}, ...changed } = over;
  return w.run('consent', { receipt: receipt(n, scope, session_ids, changed), plan: plan(n, planned) });
};

export const revoke = (w: World, n: number, by = 'ilja') =>
  w.full('revoke_consent', { consent_receipt_id: receiptId(n), by });

export const state = (w: World, id: string) => {
  const { state, blocked_on } = w.session(id);
  return blocked_on === null ? state : `${state}(${blocked_on})`;
};

export const under = (w: World) => w.of('FR-EVT-SESS-SCHED-002').map((event) => event.policy_decision_id);
export const retry = { outcome: 'failed', error: 'busy', retryable: true } as const;
export const message = { content_hash: 'c'.repeat(64), content_artifact_id: `sha256:${'c'.repeat(64)}` };
export const say = (w: World, session_id: string) =>
  w.run('send', { session_id, ...message, external: 'mail' });
