import { compareText } from '../../findings/index.ts';
import type { RegistryRow } from '../registry.ts';
import type { AuditRow } from '../signature-audit.ts';
import type { BoardEntry } from '../task-board.ts';
import { baseWpId } from '../wp-id.ts';
import type {
  GateEventFacts,
  LedgerFacts,
  PacketFacts,
  RefinementFacts,
  StubFacts,
  TreeFacts,
} from './facts.ts';

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
  /** Rows of the registry whose notes say that it was replaced. */
  replacedBy: RegistryRow[];
  /** Rows of the audit whose purpose names it. */
  audits: AuditRow[];
  /** Its events in upstream's gate log. */
  events: GateEventFacts[];
  ledger: LedgerFacts[];
}

interface Joined {
  packets: ReadonlyMap<string, WorkPacket>;
  bases: ReadonlyMap<string, readonly WorkPacket[]>;
  /** Rows of the registry by their base id: one, or something is wrong. */
  rows: ReadonlyMap<string, readonly RegistryRow[]>;
}

const joined = new WeakMap<TreeFacts, Joined>();

/** Every work packet that some document names as its own subject, by id and in the order of the ids. */
export function workPackets(tree: TreeFacts): ReadonlyMap<string, WorkPacket> {
  return joinedOf(tree).packets;
}

/** The work packets of one base id, in the order of the ids. */
export function revisionsOf(tree: TreeFacts, base: string): readonly WorkPacket[] {
  return joinedOf(tree).bases.get(base) ?? [];
}

/** The rows that the registry has for a base id. */
export function registryRowsOf(tree: TreeFacts, base: string): readonly RegistryRow[] {
  return joinedOf(tree).rows.get(base) ?? [];
}

/** Whether the work packet has a document of its own; a line on the board is none. */
export function hasDocument({ stub, packet, refinement }: WorkPacket): boolean {
  return stub !== undefined || packet !== undefined || refinement !== undefined;
}

/** Whether an id, or a revision of its base, has a document: people name a base, or a revision that was replaced. */
export function isKnown(tree: TreeFacts, id: string): boolean {
  return [id, baseWpId(id)].some((base) => revisionsOf(tree, base).some(hasDocument));
}

function joinedOf(tree: TreeFacts): Joined {
  const known = joined.get(tree);
  if (known !== undefined) return known;
  const made = join(tree);
  joined.set(tree, made);
  return made;
}

function join(tree: TreeFacts): Joined {
  const packets = new Map<string, WorkPacket>();
  const of = (id: string): WorkPacket => {
    let packet = packets.get(id);
    if (packet === undefined) {
      packet = {
        id,
        base: baseWpId(id),
        entries: [],
        rows: [],
        replacedBy: [],
        audits: [],
        events: [],
        ledger: [],
      };
      packets.set(id, packet);
    }
    return packet;
  };
  for (const stub of tree.stubs) of(stub.stem).stub = firstOf(packets.get(stub.stem)?.stub, stub);
  for (const packet of tree.packets)
    of(packet.stem).packet = firstOf(packets.get(packet.stem)?.packet, packet);
  for (const one of tree.refinements)
    of(one.stem).refinement = firstOf(packets.get(one.stem)?.refinement, one);
  for (const entry of tree.board?.entries ?? []) of(entry.wpId).entries.push(entry);
  for (const row of tree.registry?.rows ?? []) {
    const id = idOfFile(row.activePacket);
    if (id !== undefined) of(id).rows.push(row);
    for (const replaced of row.supersedes) addOnce(of(replaced).replacedBy, row);
  }
  for (const row of tree.audit?.rows ?? []) for (const id of row.wpIds) addOnce(of(id).audits, row);
  for (const event of tree.gates?.events ?? []) of(event.wpId).events.push(event);
  for (const entry of tree.ledger) of(entry.wpId).ledger.push(entry);
  const sorted = [...packets.values()].sort((a, b) => compareText(a.id, b.id));
  return {
    packets: new Map(sorted.map((packet) => [packet.id, packet])),
    bases: groupBy(sorted, ({ base }) => base),
    rows: groupBy(tree.registry?.rows ?? [], ({ baseWpId: base }) => base),
  };
}

/** Two layouts in one tree give two files for one id: which of them counts is no matter of how they were read. */
function firstOf<T extends { path: string }>(known: T | undefined, other: T): T {
  return known === undefined || other.path < known.path ? other : known;
}

/** A row is looked at once, so that it can only be the last. */
function addOnce<T>(rows: T[], row: T): void {
  if (rows.at(-1) !== row) rows.push(row);
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** `.GOV/task_packets/WP-1-Demo-v1.md`, and `task_packets/WP-1-Demo-v1/packet.md` of the later layout. */
export function idOfFile(path: string): string | undefined {
  return /\/(WP-[^/]+?)(?:\/packet)?\.md$/.exec(path)?.[1];
}
