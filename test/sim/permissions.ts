// What an operator permits and takes back: calls to the cloud, and looks into another session's thread.
import type { ConsentReceipt, ProjectionPlan } from '../../tools/generated/index.ts';
import { identity } from '../../tools/kernel/index.ts';
import { type Action, anySession } from './operators.ts';
import { keyOf, onRun } from './runs.ts';
import type { World } from './world.ts';

const scopes = ['SINGLE_CALL', 'SESSION_SCOPED', 'WP_SCOPED', 'BROADCAST_SCOPED'] as const;
const idOf = (kind: number, n: number): string =>
  `00000000-0000-400${kind}-8000-${String(n).padStart(12, '0')}`;
const HASH = '3'.repeat(64);

/** Those that lack one most of all; and now and then a child that does not exist yet. */
function covered(world: World): string[] {
  const { random, sessions, view } = world;
  const stuck = sessions.filter((id) => view.get('session', id)?.consent_missing);
  const first = stuck.length > 0 && random.chance(75) ? random.pick(stuck) : anySession(world);
  const ids = [first];
  while (random.chance(40)) ids.push(anySession(world));
  if (random.chance(30)) ids.push(identity.child(anySession(world), `r${random.below(40)}`));
  return random.chance(1) ? [] : ids;
}

/** Receipts begin now, or later, or began long ago; and some end. */
async function consent(world: World): Promise<void> {
  const { random, now, receipts } = world;
  const n = receipts.length + 1;
  const scope = random.pick(scopes);
  const at = (ms: number): string => new Date(now + ms).toISOString();
  const plan: ProjectionPlan = {
    schema_version: 'hsk.projection_plan@0.4',
    projection_plan_id: idOf(1, n),
    include_artifact_refs: ['docs/brief.md'],
    include_fields: null,
    redactions_applied: ['secrets'],
    max_bytes: 4096,
    payload_sha256: HASH,
    created_at: at(-1_000),
    job_id: null,
    wp_id: random.chance(95) ? random.pick(['WP-1', 'WP-2']) : null,
    mt_id: null,
  };
  const receipt: ConsentReceipt = {
    schema_version: 'hsk.consent_receipt@0.4',
    consent_receipt_id: idOf(0, n),
    projection_plan_id: plan.projection_plan_id,
    payload_sha256: random.chance(98) ? HASH : '4'.repeat(64),
    approved: random.chance(98),
    approved_at: at(-500),
    user_id: 'a person',
    ui_surface: 'operator_console',
    notes: null,
    scope,
    session_ids: covered(world),
    valid_from: at(random.pick([-60_000, 0, 0, 500, 5_000])),
    valid_until: random.chance(30) ? at(random.pick([500, 6_000, 60_000])) : null,
    revoked_at: null,
  };
  receipts.push({ receipt, plan });
  await world.give('consent', { receipt, plan });
}

/** An earlier receipt again, as it was or with other content; or another receipt for its plan. */
async function consentAgain(world: World): Promise<void> {
  const { random, receipts } = world;
  if (receipts.length === 0) return;
  const { receipt, plan } = random.pick(receipts);
  if (random.chance(50)) {
    const consent_receipt_id = idOf(0, receipts.length + 1);
    const next = { ...receipt, consent_receipt_id, session_ids: covered(world) };
    receipts.push({ receipt: next, plan });
    await world.give('consent', { receipt: next });
    return;
  }
  const other = random.chance(20) ? { ...receipt, user_id: 'somebody else' } : receipt;
  await world.give('consent', random.chance(50) ? { receipt: other } : { receipt: other, plan });
}

async function revokeConsent(world: World): Promise<void> {
  const { random, receipts } = world;
  const known = receipts.slice(-12);
  const { consent_receipt_id } =
    known.length > 0 && random.chance(95)
      ? random.pick(known).receipt
      : { consent_receipt_id: idOf(2, random.below(9)) };
  await world.give('revoke_consent', { consent_receipt_id, by: random.pick(['a person', 'system']) });
}

async function allowThread(world: World): Promise<void> {
  const { random, now, runs } = world;
  const recent = runs.slice(-9).map(({ session_id }) => session_id);
  const reader = recent.length > 0 && random.chance(70) ? random.pick(recent) : anySession(world);
  const until = random.chance(40) ? { until: new Date(now + random.pick([0, 5_000])).toISOString() } : {};
  const session_id = random.chance(60) ? (world.sessions[0] ?? reader) : anySession(world);
  const decision = await world.give('allow_thread', { reader, session_id, by: 'a person', ...until });
  if (decision && !decision.rejected) world.permissions.push(decision.result.permission_id);
}

async function revokeThread(world: World): Promise<void> {
  const { random, permissions } = world;
  const known = permissions.length > 0 && random.chance(90);
  await world.give('revoke_thread', {
    permission_id: known ? random.pick(permissions) : idOf(3, 1),
    by: 'a person',
  });
}

/** One that a run relies on: it looks, the permission is taken back, and it looks again. */
const lookTwice = onRun(async (world, run) => {
  const { random, sessions } = world;
  const session_id = random.pick(sessions);
  const given = await world.give('allow_thread', { reader: run.session_id, session_id, by: 'a person' });
  if (!given || given.rejected) return;
  const { permission_id } = given.result;
  world.permissions.push(permission_id);
  await world.give('read_thread', { ...keyOf(run), session_id });
  await world.give('revoke_thread', { permission_id, by: 'a person' });
  await world.give('read_thread', { ...keyOf(run), session_id });
});

const readThread = onRun(async (world, run) => {
  const { random, sessions } = world;
  const session_id = random.chance(50)
    ? sessions[0]!
    : random.chance(50)
      ? run.session_id
      : anySession(world);
  await world.give('read_thread', { ...keyOf(run), session_id });
});

export const permissions: Action[] = [
  { weight: 14, act: consent },
  { weight: 4, act: consentAgain },
  { weight: 6, act: revokeConsent },
  { weight: 6, act: allowThread },
  { weight: 4, act: revokeThread },
  { weight: 6, act: readThread },
  { weight: 2, act: lookTwice },
];
