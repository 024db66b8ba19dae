import { describe, expect, it } from 'vitest';
import { SpawnRejectionReason } from '../../tools/generated/index.ts';
import { closed, done, type World, world } from './world.ts';

const chain = async (w: World, depth: number): Promise<string> => {
  let id = (await w.root()).session_id;
  for (let level = 0; level < depth; level += 1) id = await w.child(id);
  return id;
};

const circular: { stage_session_id: unknown } = { stage_session_id: null };
circular.stage_session_id = circular;

describe('4.3.9.15: the spawn contract', () => {
  it('an accepted spawn: child, first job, span and four events in their order', async () => {
    const w = await world();
    const { session_id } = await w.root();
    const from = w.log.length;
    const child = await w.child(session_id);
    expect(w.kinds(from)).toEqual(['SESS-SPAWN-001', 'SESS-001', 'SESS-SPAWN-002', 'SESS-SCHED-001']);
    expect(w.log.slice(from).map((event) => event.model_session_id)).toEqual([
      session_id,
      child,
      session_id,
      child,
    ]);
    expect(w.session(child)).toMatchObject({
      parent_session_id: session_id,
      spawn_depth: 1,
      state: 'CREATED',
      lane: 'SUBAGENT',
    });
    expect(w.view().select('span', 'open', child)).toHaveLength(1);
  });

  it('INV-SPAWN-001, E01: at depth two a child is accepted, from depth three nothing is spawned, and no child exists', async () => {
    const w = await world();
    const deepest = await chain(w, 3);
    expect(w.session(deepest).spawn_depth).toBe(3);
    const from = w.log.length;
    expect(await w.spawn(deepest)).toEqual({
      accepted: false,
      child_session_id: null,
      rejection_reason: 'depth_limit_exceeded',
    });
    expect(w.kinds(from)).toEqual(['SESS-SPAWN-001', 'SESS-SPAWN-003']);
    expect(w.of('FR-EVT-SESS-SPAWN-003')[0]?.payload).toEqual({
      requester_session_id: deepest,
      rejection_reason: 'depth_limit_exceeded',
      spawn_depth: 4,
      active_children_count: 0,
    });
    expect(w.view().select('session', 'parent', deepest)).toEqual([]);
  });

  it('FM-02, H1, E02: a depth that the caller states is ignored; the depth follows from the requester alone', async () => {
    const w = await world();
    const { session_id } = await w.root();
    const stating = (requester: string, spawn_depth: number, more = {}) =>
      w.run('spawn', { request: { ...w.request(requester, more), spawn_depth } as never });
    const first = await stating(session_id, 3, { request_id: 'r1' });
    expect(w.session(first.child_session_id!).spawn_depth).toBe(1);
    expect(await stating(session_id, 0, { request_id: 'r1' })).toEqual(first); // no part of what was asked
    const deepest = await chain(w, 3);
    for (const stated of [0, 1])
      expect(await stating(deepest, stated)).toMatchObject({ rejection_reason: 'depth_limit_exceeded' });
    for (const wrong of [-1, 1.5])
      expect(await stating(session_id, wrong)).toMatchObject({ rejection_reason: 'invalid_request' });
  });

  it('D-20, E11: overrides narrow for the whole subtree and never widen', async () => {
    const w = await world();
    const { session_id } = await w.root();
    const narrowed = await w.child(session_id, { max_child_depth: 1, max_active_children: 9 });
    expect(await w.spawn(narrowed)).toMatchObject({ rejection_reason: 'depth_limit_exceeded' });
    const wide = await w.child(session_id, { max_child_depth: 9, max_active_children: 2 });
    const below = await w.child(wide);
    await w.child(wide);
    expect(await w.spawn(wide)).toMatchObject({ rejection_reason: 'children_cap_reached' });
    const lower = await w.child(below);
    expect(await w.spawn(lower)).toMatchObject({ rejection_reason: 'depth_limit_exceeded' });
  });

  it('INV-SPAWN-002, E03: the fifth child at cap four is rejected, and accepted after one has ended', async () => {
    const w = await world();
    const { session_id } = await w.root();
    const children = [];
    for (let n = 0; n < 4; n += 1) children.push(await w.child(session_id));
    expect(await w.spawn(session_id)).toMatchObject({ rejection_reason: 'children_cap_reached' });
    expect(w.of('FR-EVT-SESS-SPAWN-003')[0]?.payload.active_children_count).toBe(4);
    await w.play(children[0]!, done);
    expect(await w.spawn(session_id)).toMatchObject({ accepted: true });
  });

  it('FM-01: of a hundred spawns at cap four exactly four are accepted', async () => {
    const w = await world();
    const { session_id } = await w.root();
    const answers = await Promise.all(Array.from({ length: 100 }, () => w.spawn(session_id)));
    expect(answers.filter((answer) => answer.accepted)).toHaveLength(4);
    expect(new Set(answers.map((answer) => answer.child_session_id))).toHaveProperty('size', 5);
    expect(w.session(session_id).active_children).toBe(4);
  });

  it('FM-03: the same request id gives the same child and records nothing more', async () => {
    const w = await world();
    const { session_id } = await w.root();
    const [one, two] = await Promise.all([1, 2].map(() => w.spawn(session_id, { request_id: 'r1' })));
    const from = w.log.length;
    expect(two).toEqual(one);
    expect(await w.spawn(session_id, { request_id: 'r1' })).toEqual(one);
    expect(w.kinds(from)).toEqual([]);
    expect(w.session(session_id).active_children).toBe(1);
  });

  it('D-19: the same request id with another content is refused, and the first answer stays', async () => {
    const w = await world();
    const { session_id } = await w.root();
    const one = await w.spawn(session_id, { request_id: 'r1' });
    expect(await w.spawn(session_id, { request_id: 'r1', child_role: 'Validator' })).toMatchObject({
      rejection_reason: 'invalid_request',
    });
    expect(await w.spawn(session_id, { request_id: 'r1' })).toEqual(one);
  });

  it('D-19: a stored rejection stays what it was', async () => {
    const w = await world({ limits: { max_active_children_per_session: 1 } });
    const { session_id } = await w.root();
    const child = await w.child(session_id);
    const refused = await w.spawn(session_id, { request_id: 'again' });
    await w.play(child, done);
    expect(await w.spawn(session_id, { request_id: 'again' })).toEqual(refused);
  });

  it('INV-SPAWN-003, TRUST-003, E08: no child and no grandchild holds more than its parent', async () => {
    const w = await world();
    const { session_id } = await w.root({ capability_grants: ['fs.read', 'net.http'] });
    for (const asked of ['secrets.use', 'fs.write', ' fs.read', 'FS.READ', 'fs']) {
      expect(await w.spawn(session_id, { capability_grants: ['fs.read', asked] })).toMatchObject({
        rejection_reason: 'capability_widening',
      });
    }
    const child = await w.child(session_id, { capability_grants: ['fs.read:src', 'fs.read:src'] });
    expect(w.session(child).capability_grants).toEqual(['fs.read:src']);
    expect(await w.spawn(child, { capability_grants: ['fs.read'] })).toMatchObject({
      rejection_reason: 'capability_widening',
    });
    const heir = await w.child(session_id, { capability_grants: [] });
    expect(w.session(heir).capability_grants).toEqual(['fs.read', 'net.http']);
  });

  it('FM-06, H5: a terminal requester spawns nothing', async () => {
    const w = await world();
    const { session_id } = await w.root();
    await w.run('cancel', { session_id, reason: 'stop', by: 'operator' });
    expect(await w.spawn(session_id)).toMatchObject({ rejection_reason: 'requester_terminal' });
  });

  it('E10, H10: an unknown requester is refused with evidence', async () => {
    const w = await world();
    const nobody = '00000000-0000-7000-8000-000000000001';
    expect(await w.spawn(nobody)).toMatchObject({ rejection_reason: 'requester_not_found' });
    expect(w.kinds()).toEqual(['SESS-SPAWN-001', 'SESS-SPAWN-003']);
    expect(w.log.map((event) => event.model_session_id)).toEqual([nobody, nobody]);
  });

  it.each([
    ['no uuid', { requester_session_id: 'me' }],
    ['no role', { child_role: ' ' }],
    ['no task', { task_payload_artifact_id: '' }],
    ['a negative depth', { max_child_depth: -1 }],
    ['half a child', { max_active_children: 0.5 }],
    ['a wrong mode', { spawn_mode: 'FOREVER' as 'ONE_SHOT' }],
    ['a borrowed role', { requester_role: 'Validator' }],
    ['a task that no store holds', { task_payload_artifact_id: 'sha256:task' }],
    ['a path for a task', { task_payload_artifact_id: '../../etc/passwd' }],
    ['a key that the contract does not have', { priority: 0 } as object],
    ['a trigger without its keys', { trigger_source: {} } as object],
    ['a backend that does not exist', { child_backend_preference: 'mainframe' } as object],
    ['grants that are no list', { capability_grants: 'fs.read' } as object],
    ['a request id that is no text', { request_id: 7 } as object],
    ['what has no JSON', { max_child_depth: Number.NaN }],
    ['what refers to itself', { trigger_source: circular } as object],
  ])('invalid_request, with evidence where the events would be valid: %s', async (_, wrong) => {
    const w = await world();
    const { session_id } = await w.root();
    const from = w.log.length;
    expect(await w.spawn(session_id, wrong)).toEqual({
      accepted: false,
      child_session_id: null,
      rejection_reason: 'invalid_request',
    });
    const silent = ['requester_session_id', 'child_role', 'spawn_mode'].some((key) => key in wrong);
    expect(w.kinds(from)).toEqual(silent ? [] : ['SESS-SPAWN-001', 'SESS-SPAWN-003']);
    expect(w.view().select('session', 'parent', session_id)).toEqual([]);
  });

  it('D-22: roles decide who may be spawned and in which lane; PRIMARY never goes to a child', async () => {
    const role = (lane: 'PRIMARY' | 'VALIDATION', may_spawn: string[] = []) => ({
      may_spawn,
      lane,
      capabilities: [],
    });
    const w = await world({
      roles: {
        Orchestrator: role('PRIMARY', ['Validator', 'Orchestrator']),
        Validator: role('VALIDATION'),
        Hidden: role('VALIDATION'),
      },
    });
    const session = await w.root();
    const { session_id } = session;
    expect(w.session(await w.child(session_id, { child_role: 'Validator' })).lane).toBe('VALIDATION');
    expect(w.session(await w.child(session_id, { child_role: 'Orchestrator' })).lane).toBe('SUBAGENT');
    expect(await w.spawn(session_id, { child_role: 'Hidden' })).toMatchObject({
      rejection_reason: 'invalid_request',
    });
    expect(
      await w.decide('create_session', { input: { ...session, role: 'toString' }, admitted: null }),
    ).toMatchObject({ code: 'invalid_request' });
    expect(await w.spawn(session_id, { child_role: 'toString' })).toMatchObject({
      rejection_reason: 'invalid_request',
    });
    const child = await w.child(session_id, { child_role: 'Validator' });
    expect(await w.decide('enqueue', { session_id: child, lane: 'PRIMARY' })).toMatchObject({
      code: 'invalid_request',
    });
  });

  it('D-21: the first reason of the list is given', async () => {
    const w = await world({
      limits: { max_active_children_per_session: 0, max_spawn_depth: 0, max_descendants_lifetime: 0 },
    });
    const { session_id } = await w.root();
    const reasons: (string | null)[] = [];
    const order = async (options = {}): Promise<void> => {
      reasons.push((await w.spawn(session_id, options)).rejection_reason);
    };
    await order({ child_role: '', capability_grants: ['x.y'] });
    await order({ capability_grants: ['x.y'] });
    await order();
    w.rules.limits.max_spawn_depth = 3;
    const open = await w.root();
    expect(reasons).toEqual(['invalid_request', 'capability_widening', 'depth_limit_exceeded']);
    expect(await w.spawn(open.session_id)).toMatchObject({ rejection_reason: 'children_cap_reached' });
    w.rules.limits.max_active_children_per_session = 4;
    const last = await w.root();
    expect(await w.spawn(last.session_id)).toMatchObject({ rejection_reason: 'tree_budget_exhausted' });
    w.rules.limits.max_descendants_lifetime = 9;
    w.rules.limits.max_live_sessions = 1;
    expect(await w.spawn(last.session_id)).toMatchObject({ rejection_reason: 'total_sessions_cap_reached' });
    expect(SpawnRejectionReason.options[0]).toBe('invalid_request');
  });

  it('FM-32: the lifetime budget counts ended children too', async () => {
    const w = await world({ limits: { max_descendants_lifetime: 3 } });
    const { session_id } = await w.root();
    for (let n = 0; n < 3; n += 1) await w.play(await w.child(session_id, { announce_back: false }), done);
    expect(await w.spawn(session_id)).toMatchObject({ rejection_reason: 'tree_budget_exhausted' });
  });

  it('FM-21, D-23: an idle persistent child holds no place, and needs one to work again', async () => {
    const w = await world({ limits: { max_active_children_per_session: 1 } });
    const { session_id } = await w.root();
    const persistent = await w.child(session_id, { spawn_mode: 'SESSION_PERSISTENT', announce_back: false });
    expect(await w.spawn(session_id)).toMatchObject({ rejection_reason: 'children_cap_reached' });
    await w.play(persistent, done);
    expect(w.session(persistent)).toMatchObject({ state: 'BLOCKED', blocked_on: 'input' });
    const other = await w.child(session_id, { announce_back: false });
    expect(await w.decide('enqueue', { session_id: persistent })).toMatchObject({
      code: 'children_cap_reached',
    });
    await w.play(other, done);
    await w.run('enqueue', { session_id: persistent });
    await w.play(persistent, closed);
    expect(w.session(persistent).state).toBe('COMPLETED');
    expect(w.session(session_id).active_children).toBe(0);
  });
});
