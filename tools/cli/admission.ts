import { specPointers } from '../config/index.ts';
import type { EngineOptions } from '../engine/index.ts';
import { TreeError } from '../findings/index.ts';
import { admit, openLibrary, pinsOf, readGround } from '../gate/index.ts';
import { worktreeSnapshot } from '../snapshot/index.ts';
import { loadSpec, type SpecIndex } from '../spec/index.ts';
import { loadSettings } from './load.ts';
import { layoutFor, loadTree } from './tree.ts';

/** What a governance tree says about the sessions that run under it. */
export type Governance = Pick<EngineOptions, 'admission' | 'unboundSessions' | 'roles'>;

/** This tree's own gate, its roles and its configuration, as an engine takes them. */
export async function governanceOf(root: string, given?: string): Promise<Governance> {
  const snapshot = worktreeSnapshot(root);
  const config = await loadSettings(snapshot);
  const tree = await loadTree(snapshot, config);
  const broken = tree.roles?.findings.find(({ severity }) => severity === 'error');
  if (broken) throw new TreeError(broken);
  // The spec is read only when a session names a packet: most scenarios never ask the gate.
  let spec: Promise<SpecIndex> | undefined;
  return {
    unboundSessions: config.session.unbound,
    ...(tree.roles && {
      roles: Object.fromEntries(
        [...tree.roles.roles].map(([name, { maySpawn, defaultLane, capabilities }]) => [
          name,
          { may_spawn: [...maySpawn], lane: defaultLane ?? 'SUBAGENT', capabilities: [...capabilities] },
        ]),
      ),
    }),
    admission: {
      async admit(wpId, role) {
        spec ??= loadSpec(snapshot, {
          root,
          pointers: specPointers(config.layout),
          ...(given !== undefined && { spec: given }),
        });
        const index = await spec;
        const pins = pinsOf(tree).filter((pin) => pin.wpId === wpId);
        const [library, ground] = await Promise.all([
          openLibrary(snapshot, root, pins, [index]),
          readGround({
            ...{ root, tree, config, wpId },
            layout: layoutFor(config),
            policy: snapshot,
            now: Date.now(),
          }),
        ]);
        const answer = admit(tree, index, wpId, role, library, ground);
        if (answer.refused) return { refused: true, code: answer.code, message: answer.message };
        return {
          capabilities: answer.capabilities,
          paths: answer.paths,
          packet_digest: answer.packet_digest,
        };
      },
    },
  };
}
