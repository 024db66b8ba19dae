import { describe, expect, it } from 'vitest';
import { type Admission, openEngine } from '../../tools/engine/index.ts';
import { completes, logOf, open, request, root } from './opened.ts';

describe('admission', () => {
  const gate: Admission = {
    admit: async (wp_id) =>
      wp_id === 'WP-1-Stub-v1'
        ? { refused: true, code: 'STUB', message: 'a stub admits nobody' }
        : { capabilities: ['fs.read'], paths: ['src'], packet_digest: 'x' },
  };

  it('a stub admits nobody, and without a gate nobody is admitted', async () => {
    await using engine = await open(completes, { admission: gate });
    await expect(engine.createSession({ ...root, wp_id: 'WP-1-Stub-v1' })).rejects.toMatchObject({
      code: 'not_admitted',
      message: 'a stub admits nobody',
    });
    await using ungated = await open(completes);
    await expect(ungated.createSession({ ...root, wp_id: 'WP-1-Demo-v1' })).rejects.toMatchObject({
      code: 'not_admitted',
    });
    expect(await logOf(engine)).toEqual([]);
  });

  it('an admitted session holds what the packet grants and no more; its children too', async () => {
    await using engine = await open(completes, { admission: gate });
    const session = await engine.createSession({ ...root, wp_id: 'WP-1-Demo-v1' });
    expect(session.capability_grants).toEqual(['fs.read']);
    await expect(
      engine.createSession({ ...root, wp_id: 'WP-1-Demo-v1', capability_grants: ['fs.write'] }),
    ).rejects.toMatchObject({ code: 'capability_widening' });
    const { child_session_id } = await engine.spawn(request(session.session_id));
    expect(await engine.session(child_session_id!)).toMatchObject({
      wp_id: 'WP-1-Demo-v1',
      capability_grants: ['fs.read'],
    });
    expect((await logOf(engine)).every((event) => event.wp_id === 'WP-1-Demo-v1')).toBe(true);
  });

  it('a session without a packet is refused unless the configuration allows it', async () => {
    await using engine = await openEngine({ store: 'memory:', runner: { run: completes } });
    await expect(engine.createSession(root)).rejects.toMatchObject({ code: 'unbound_session' });
  });
});
