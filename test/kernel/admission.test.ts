// What a spawn may do when its requester is bound to a packet: the gate's word comes with the command (D-26).
import { describe, expect, it } from 'vitest';
import type { SpawnCall } from '../../tools/kernel/index.ts';
import { type World, world } from './world.ts';

const grants = ['fs.read', 'net.http:docs', 'db'];

async function under(capabilities: string[], options: Partial<SpawnCall> = {}, admitted = true) {
  const w = await world();
  const { session_id } = await w.root({ capability_grants: grants });
  const from = w.log.length;
  const answer = await w.run('spawn', {
    request: w.request(session_id, options),
    admission: { admitted, capabilities },
  });
  return { w, answer, kinds: w.kinds(from), child: answer.child_session_id };
}

const grantsOf = (w: World, id: string | null) => w.session(id!).capability_grants;

describe('D-26: a requester that is bound to a packet', () => {
  it('spawns nothing while its packet is not admitted, and that is on record', async () => {
    const { w, answer, kinds } = await under(grants, {}, false);
    expect(answer).toEqual({ accepted: false, child_session_id: null, rejection_reason: 'invalid_request' });
    expect(kinds).toEqual(['SESS-SPAWN-001', 'SESS-SPAWN-003']);
    expect(w.view().select('session', 'live', 'live')).toHaveLength(1);
  });

  it('D-21: that it is not admitted comes before what it asks for', async () => {
    const { answer } = await under([], { capability_grants: ['secrets.use'] }, false);
    expect(answer.rejection_reason).toBe('invalid_request');
  });

  it.each([
    ['its packet does not name it', ['net.http'], ['fs.read']],
    ['its packet names a narrower scope', ['fs.read:src'], ['fs.read']],
    ['its packet allows nothing', [], ['fs.read']],
    ['it does not hold it itself', ['fs.read', 'secrets.use'], ['secrets.use']],
  ])('TRUST-003: gives nothing away when %s', async (_name, capabilities, asked) => {
    const { w, answer, kinds } = await under(capabilities, { capability_grants: asked });
    expect(answer).toEqual({
      accepted: false,
      child_session_id: null,
      rejection_reason: 'capability_widening',
    });
    expect(kinds).toEqual(['SESS-SPAWN-001', 'SESS-SPAWN-003']);
    expect(w.view().select('session', 'live', 'live')).toHaveLength(1);
  });

  it('TRUST-003: gives what both allow, each once', async () => {
    const { w, child } = await under(['fs'], { capability_grants: [] });
    expect(grantsOf(w, child)).toEqual([]);
    const asked = await under(['fs.read', 'db'], { capability_grants: ['fs.read:src', 'db', 'fs.read:src'] });
    expect(grantsOf(asked.w, asked.child)).toEqual(['fs.read:src', 'db']);
  });

  it.each([undefined, []])(
    'a child that names no grants inherits what the packet allows: %j',
    async (asked) => {
      const options = asked === undefined ? {} : { capability_grants: asked };
      const { w, child } = await under(['net.http', 'db:table', 'fs.read'], options);
      expect(grantsOf(w, child)).toEqual(['fs.read', 'net.http:docs']);
    },
  );

  it.each([undefined, []])('without a packet it inherits all of its parent: %j', async (asked) => {
    const w = await world();
    const { session_id } = await w.root({ capability_grants: grants });
    const options = asked === undefined ? {} : { capability_grants: asked };
    expect(grantsOf(w, await w.child(session_id, options))).toEqual(grants);
  });
});

describe('D-22: roles that the table does not hold', () => {
  const lists = (...may_spawn: string[]) => ({ may_spawn, lane: 'PRIMARY' as const, capabilities: [] });
  const refused = { accepted: false, child_session_id: null, rejection_reason: 'invalid_request' };

  it('one that a role may spawn by name only is nobody', async () => {
    const w = await world({ roles: { Orchestrator: lists('Ghost', 'Coder'), Coder: lists() } });
    const { session_id } = await w.root();
    expect(await w.spawn(session_id, { child_role: 'Ghost' })).toEqual(refused);
    expect(await w.spawn(session_id, { child_role: 'Coder' })).toMatchObject({ accepted: true });
  });

  it('a requester whose own role was taken out of it spawns nothing', async () => {
    const w = await world({ roles: { Orchestrator: lists('Coder'), Coder: lists() } });
    const { session_id } = await w.root();
    delete w.rules.roles?.Orchestrator;
    expect(await w.spawn(session_id)).toEqual(refused);
  });
});
