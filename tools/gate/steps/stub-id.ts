import {
  baseWpId,
  type GovTree,
  hasDocument,
  isTakenBack,
  isWpId,
  revisionOf,
  revisionsOf,
  type WorkPacket,
} from '../../artifacts/index.ts';
import { type Finding, linePlace } from '../../findings/index.ts';
import type { RoadmapItem } from '../../spec/index.ts';
import { asciiText } from '../ascii.ts';
import { refused } from './stub-refused.ts';

const SMALL = new Set('a an and as at by for from in into of on or the to via with'.split(' '));
/** Ids are typed, and are names of files and branches. */
const LONGEST = 60;

/**
 * `WP-1-Session-Spawn-Contract-v1` of `30. **Session spawn contract (OpenClaw pattern):**`: a name to start from.
 * None where the section states no phase, or the title no word that ASCII can spell.
 */
export function suggestWpId({ title, phase }: RoadmapItem): string | undefined {
  if (phase === undefined) return undefined;
  const words = asciiText(withoutNotes(title))
    .replace(/\\u[0-9A-F]{4}/g, ' ')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '' && !SMALL.has(word.toLowerCase()))
    .map((word) => word[0]!.toUpperCase() + word.slice(1));
  let name = '';
  for (const word of words) {
    if (name !== '' && name.length + word.length >= LONGEST) break;
    name += name === '' ? word.slice(0, LONGEST) : `-${word}`;
  }
  return name === '' ? undefined : `WP-${phase}-${name}-v1`;
}

/** What stands in parentheses or brackets explains, and names nothing. */
function withoutNotes(title: string): string {
  let depth = 0;
  let text = '';
  for (const char of title) {
    if (char === '(' || char === '[') depth += 1;
    if (depth === 0) text += char;
    if (char === ')' || char === ']') depth = Math.max(0, depth - 1);
  }
  return text;
}

/** What speaks against the id of a new work packet: its form, and what already has it. */
export function againstId(tree: GovTree, wpId: string, path: string): Finding[] {
  // Before it touches a path (governance-grammar 5.1 #14).
  if (!isWpId(wpId)) {
    const folder = linePlace(path.slice(0, path.lastIndexOf('/stubs/') + '/stubs'.length), 1);
    const id = JSON.stringify(wpId.slice(0, 200));
    return [refused(folder, 'ID_MALFORMED', `Unexpected id ${id}, expected WP-<phase>-<Name>-v1`)];
  }
  const base = baseWpId(wpId);
  const place = linePlace(path, 1);
  const unmet: Finding[] = [];
  const others = revisionsOf(tree, base).filter((other) => other.id !== wpId && isUsed(other));
  if (base === wpId) {
    const message = `Unexpected id ${wpId} without a revision, expected ${wpId}-v1`;
    unmet.push(refused(place, 'REVISION_MISSING', message));
  } else if (others.length === 0 && revisionOf(wpId) !== 1) {
    const message = `Unexpected id ${wpId} although ${base} has no other revision, expected ${base}-v1`;
    unmet.push(refused(place, 'REVISION_NOT_FIRST', message));
  }
  const same = revisionsOf(tree, base).find(({ id }) => id === wpId);
  for (const [kind, at] of pathsOf(same)) {
    const message = `Unexpected ${kind} of ${wpId}, expected none: ${at} exists and is not overwritten`;
    unmet.push(refused(linePlace(at, 1), 'ID_TAKEN', message));
  }
  const [latest] = [...others].sort((a, b) => revisionOf(b.id) - revisionOf(a.id));
  if (latest) {
    const [[, at] = ['', path]] = pathsOf(latest);
    const message = `Unexpected second work packet of ${base}, expected a revision of ${latest.id}: gov wp revise ${latest.id}`;
    unmet.push(refused(linePlace(at, 1), 'REVISION_EXISTS', message));
  }
  if (same?.stub === undefined) unmet.push(...againstFile(tree, path));
  return unmet;
}

/** A ledger stays when a document is deleted: its id is not free again, unless all of it was taken back. */
function isUsed(workPacket: WorkPacket): boolean {
  return hasDocument(workPacket) || hasLedger(workPacket);
}

function hasLedger({ ledger }: WorkPacket): boolean {
  return ledger.length > 0 && !isTakenBack(ledger);
}

function pathsOf(workPacket: WorkPacket | undefined): [kind: string, path: string][] {
  if (workPacket === undefined) return [];
  const { stub, refinement, packet } = workPacket;
  const documents = [
    ['stub', stub?.path],
    ['refinement', refinement?.path],
    ['task packet', packet?.path],
    ['ledger', hasLedger(workPacket) ? workPacket.ledger[0]?.path : undefined],
  ] as const;
  return documents.flatMap(([kind, path]) => (path === undefined ? [] : [[kind, path]]));
}

/** Something is at the path, or at one that many disks take for it, that is no stub: it is not ours to replace. */
function againstFile(tree: GovTree, path: string): Finding[] {
  const unread = tree.unread.find((each) => each === path || path.startsWith(`${each}/`));
  if (unread !== undefined) {
    const finding = tree.findings.find(({ place }) => place.file === unread);
    const message = `Unexpected file at ${path} that cannot be read, expected none`;
    return [refused(finding?.place ?? linePlace(unread, 1), 'PATH_UNREADABLE', message)];
  }
  const other = [...tree.paths].find((each) => each.toLowerCase() === path.toLowerCase());
  if (other === undefined) return [];
  return [refused(linePlace(other, 1), 'PATH_TAKEN', `Unexpected file at ${other}, expected none`)];
}
