import { type Finding, linePlace } from '../../findings/index.ts';
import type { TreeFacts } from './facts.ts';
import type { Layout } from './layout.ts';

const PACKET_NAME = /^(WP-.+)\.md$/i;
// A packet of June has a folder with its parts. What is put away, in `_archive` and the like, is no document either.
const APART = /^(?:WP-|[_.]|archived?$)/i;

/** Files that are named like a work packet where no reader looks: whoever wrote them believes they are judged. */
export function lookAlikes(
  { folder, paths }: Pick<TreeFacts, 'folder' | 'paths'>,
  layout: Layout,
): Finding[] {
  return [...paths].flatMap((path) => {
    const expected = expectedPath(path, folder);
    // Where the layout keeps no document there either, the name means something else to this repository.
    if (expected === undefined || layout.kindOf(path) !== undefined || layout.kindOf(expected) === undefined)
      return [];
    return [
      {
        rule: 'tree/look-alike',
        severity: 'warning',
        place: linePlace(path, 1),
        message: `Unexpected file named like a work packet, expected it at ${expected}`,
        args: { path, expected },
      },
    ];
  });
}

function expectedPath(path: string, folder: string): string | undefined {
  if (!path.startsWith(`${folder}/`)) return undefined;
  const [home, ...below] = path.slice(folder.length + 1).split('/');
  const stem = PACKET_NAME.exec(below.pop() ?? '')?.[1];
  if (stem === undefined || below.some((each) => APART.test(each))) return undefined;
  if (home === 'refinements') return `${folder}/refinements/${stem}.md`;
  if (home !== 'task_packets') return undefined;
  const stubs = below.some((each) => /^stubs$/i.test(each)) ? '/stubs' : '';
  return `${folder}/task_packets${stubs}/${stem}.md`;
}
