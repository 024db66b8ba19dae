import { type Bullet, readBullets, readFields } from '../../markdown/index.ts';
import type { Sited } from '../sited.ts';
import type { Refinement } from './refinement.ts';

/** What a refinement says for the packet that is made of it: signed with the rest, so that nothing is added later. */
export interface PacketInput {
  /** By key: `RISK_TIER`, `ROLLBACK_HINT`. */
  values: ReadonlyMap<string, Sited>;
  /** By key: the bullets below it. */
  lists: ReadonlyMap<string, readonly Sited[]>;
  /** What becomes of each note of the stub, by its id: `CARRY`, or `DROPPED: reason`. */
  notes: ReadonlyMap<string, Sited>;
}

const PACKET = /^PACKET_INPUT\b/;
const NOTES = /^STUB_NOTES\b/;

/** Reads the two sections that the scaffold has for it; older refinements have neither. */
export function readPacketInput({ file, sections, path }: Refinement): PacketInput {
  const values = new Map<string, Sited>();
  const lists = new Map<string, readonly Sited[]>();
  const notes = new Map<string, Sited>();
  const input = sections.find(({ title }) => PACKET.test(title));
  if (input !== undefined) {
    for (const { key, raw, place, column } of readFields(path, file.lines, input.line + 1, input.endLine))
      if (column <= 3 && raw !== '') values.set(key, { text: raw, place });
    for (const { text, children } of readBullets(path, file.lines, input.line + 1, input.endLine))
      lists.set(text.replace(/:.*$/, ''), children.map(siteOf));
  }
  const map = sections.find(({ title }) => NOTES.test(title));
  if (map !== undefined) {
    for (const bullet of readBullets(path, file.lines, map.line + 1, map.endLine)) {
      const [, id, fate] = /^([0-9a-f]{12}):\s*(CARRY|DROPPED:.*)(?:$|\s)/.exec(firstPart(bullet.text)) ?? [];
      if (id !== undefined) notes.set(id, { text: fate!.trim(), place: bullet.place });
    }
  }
  return { values, lists, notes };
}

/** A note in parentheses says what the id stands for, and is for people. */
function firstPart(text: string): string {
  return /:\s*CARRY\b/.test(text) ? text.replace(/\s*\(.*$/, '') : text;
}

function siteOf({ text, place }: Bullet): Sited {
  return { text, place };
}
