import type {
  GateEventFacts,
  LedgerFacts,
  PacketFacts,
  RefinementFacts,
  StubFacts,
  TreeFacts,
} from './facts.ts';
import type { RegistryRow } from './registry.ts';
import type { AuditRow } from './signature-audit.ts';
import type { BoardEntry } from './task-board.ts';
import { baseWpId } from './wp-id.ts';

/** All that the tree says of one work packet, whichever document says it. */
export interface WorkPacket {
  id: string;
  /** The id without its `-vN`. */
  base: string;
  stub?: StubFacts;
  packet?: PacketFacts;
  refinement?: RefinementFacts;
  /** Its lines on the Task Board, in order. */
  entries: BoardEntry[];
  /** Rows of the registry whose active packet is one of its files. */
  rows: RegistryRow[];
  /** Rows of the audit whose purpose names it. */
  audits: AuditRow[];
  /** Its events in upstream's gate log. */
  events: GateEventFacts[];
  ledger: LedgerFacts[];
}

const joined = new WeakMap<TreeFacts, ReadonlyMap<string, WorkPacket>>();

/** Every work packet that some document names as its own subject, by id and in the order of the ids. */
export function workPackets(tree: TreeFacts): ReadonlyMap<string, WorkPacket> {
  const known = joined.get(tree);
  if (known !== undefined) return known;
  const packets = join(tree);
  joined.set(tree, packets);
  return packets;
}

function join(tree: TreeFacts): ReadonlyMap<string, WorkPacket> {
  const packets = new Map<string, WorkPacket>();
  const of = (id: string): WorkPacket => {
    let packet = packets.get(id);
    if (packet === undefined) {
      packet = { id, base: baseWpId(id), entries: [], rows: [], audits: [], events: [], ledger: [] };
      packets.set(id, packet);
    }
    return packet;
  };
  for (const stub of tree.stubs) of(stub.stem).stub = stub;
  for (const packet of tree.packets) of(packet.stem).packet = packet;
  for (const refinement of tree.refinements) of(refinement.stem).refinement = refinement;
  for (const entry of tree.board?.entries ?? []) of(entry.wpId).entries.push(entry);
  for (const row of tree.registry?.rows ?? []) {
    const id = idOfFile(row.activePacket);
    if (id !== undefined) of(id).rows.push(row);
  }
  for (const row of tree.audit?.rows ?? []) for (const id of new Set(row.wpIds)) of(id).audits.push(row);
  for (const event of tree.gates?.events ?? []) of(event.wpId).events.push(event);
  for (const entry of tree.ledger) of(entry.wpId).ledger.push(entry);
  return new Map([...packets].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `.GOV/task_packets/WP-1-Demo-v1.md`, and `task_packets/WP-1-Demo-v1/packet.md` of the later layout. */
export function idOfFile(path: string): string | undefined {
  return /\/(WP-[^/]+?)(?:\/packet)?\.md$/.exec(path)?.[1];
}
