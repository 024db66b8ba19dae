import { baseWpId, entriesOf, type GovTree, type Packet, packetOf } from '../artifacts/index.ts';
import type { Dossier } from './dossier.ts';
import type { Blocker } from './model.ts';

/** Work packets that the stub depends on and that no VALIDATED packet stands for. Each is named once. */
export function findBlockers({ tree, stub, wpId }: Dossier): Blocker[] {
  const blockers = new Map<string, Blocker>();
  for (const dependency of stub?.dependencies ?? []) {
    if (!dependency.blocking) continue;
    for (const { id, place } of dependency.wpIds) {
      if (id === wpId || blockers.has(id)) continue;
      const reason = whyBlocking(tree, id);
      if (reason === undefined) continue;
      const detail = `depends on ${id}, ${reason}`;
      blockers.set(id, { wp_id: id, detail, file: place.file, line: place.line });
    }
  }
  return [...blockers.values()];
}

function whyBlocking(tree: GovTree, id: string): string | undefined {
  const packet = packetInForce(tree, id);
  if (packet === undefined) return 'which has no packet';
  const entries = tree.board ? entriesOf(tree.board, packet.stem) : [];
  // An entry twice proves neither of its states.
  if (entries.length === 1 && entries[0]!.token === 'VALIDATED') return undefined;
  const said = entries.map(({ token }) => `[${token ?? 'no state'}]`).join(' and ');
  return `whose packet ${packet.stem} is not validated (${said === '' ? 'not on the board' : said})`;
}

/** A dependency names a base, a stub or an old version: the registry says which packet is in force now. */
function packetInForce(tree: GovTree, id: string): Packet | undefined {
  const row = tree.registry?.rows.find(({ baseWpId: base }) => base === baseWpId(id));
  const active = row && tree.packets.find(({ path }) => path === row.activePacket);
  return active ?? packetOf(tree, id);
}
