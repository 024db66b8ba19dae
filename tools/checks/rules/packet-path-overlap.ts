import { isWorkedOn, openPackets, type WorkPacket } from '../../artifacts/index.ts';
import type { Place } from '../../findings/index.ts';
import { sight } from '../about/sight.ts';
import { defineRule } from '../rule.ts';

interface Args {
  wpId: string;
  found: string;
  other: string;
  path: string;
}

/** A path in scope: a file, or all that lies in a folder. */
interface Claim {
  work: WorkPacket;
  text: string;
  place: Place;
  path: string;
  isFolder: boolean;
}

/** Longer than any path of a repository. */
const LONGEST = 1024;

export const packetPathOverlap = defineRule<'tree', Args>({
  id: 'packet/path-overlap',
  summary: 'No two open packets have the same path in scope.',
  appliesTo: 'tree',
  severity: 'error',
  docs: `IN_SCOPE_PATHS are exclusive locks against what is in progress: two people who change one file undo each other's work, and neither's manifest fits afterwards. It is an error where both packets are worked on, a warning where one of them has not begun. A folder overlaps with all that lies in it. Paths of the governance folder are shared by all and are not looked at.`,
  message: ({ wpId, found, other, path }) =>
    `Unexpected path ${found} in the scope of ${wpId}, expected no other open packet over it: ${other} has ${path}`,
  *check(tree) {
    const claims = openPackets(tree)
      .flatMap((work) => work.packet.inScopePaths.map(({ text, place }) => ({ work, text, place })))
      .map((claim) => ({ ...claim, ...normalized(claim.text) }))
      .filter(({ path }) => path.length <= LONGEST && !isShared(path, tree.folder));
    const first = new Map<string, Claim[]>();
    for (const claim of claims) {
      const known = first.get(claim.path);
      if (known === undefined) first.set(claim.path, [claim]);
      // With two packets there is one that is not the one in question.
      else if (known.length === 1 && known[0]!.work !== claim.work) known.push(claim);
    }
    for (const claim of claims) {
      const { work, path } = claim;
      const same = first.get(path)![0]!;
      const other = same.work === work ? folderOfAnother(first, claim) : same;
      if (other !== undefined) yield report(claim, other);
    }
  },
});

/** A folder above a path that another packet has in scope; whichever of the two is reported, it is once. */
function folderOfAnother(
  first: ReadonlyMap<string, readonly Claim[]>,
  { work, path }: Claim,
): Claim | undefined {
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    const other = first.get(path.slice(0, at))?.find((each) => each.isFolder && each.work !== work);
    if (other !== undefined) return other;
  }
  return undefined;
}

function report({ work, text, place }: Claim, other: Claim) {
  const both = isWorkedOn(work) && isWorkedOn(other.work);
  return {
    ...sight(place, text),
    args: { wpId: work.id, found: text, other: other.work.id, path: other.text },
    severity: both ? ('error' as const) : ('warning' as const),
    related: [{ place: other.place, note: `in the scope of ${other.work.id}` }],
  };
}

/** `src/a/`, `src/a/**` and `src/a/*` are the folder `src/a`. */
function normalized(text: string): { path: string; isFolder: boolean } {
  const path = text.replaceAll('\\', '/').replace(/^\.\//, '');
  const bare = path.replace(/\/(?:\*{1,2})?$/, '');
  return { path: bare, isFolder: bare !== path };
}

function isShared(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
