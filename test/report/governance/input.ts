import type { Finding } from '../../../tools/findings/index.ts';
import { type Ground, openLibrary, pinsOf, wpStatus } from '../../../tools/gate/index.ts';
import { type GovernanceData, governanceData } from '../../../tools/report/index.ts';
import type { SpecIndex } from '../../../tools/spec/index.ts';
import { type Files, memorySnapshot, treeOf } from '../../artifacts/memory.ts';
import { baseSpec } from '../../checks/base.ts';
import { demoGround, WP } from '../../gate/demo.ts';

export interface Given {
  ids?: readonly string[];
  findings?: readonly Finding[];
  spec?: SpecIndex | undefined;
  ground?: Ground;
}

/** The data of a tree in memory, its gates judged in the repository of the demo. */
export async function dataOf(files: Files, given: Given = {}): Promise<GovernanceData> {
  const { ids = [WP], findings = [], ground = demoGround() } = given;
  const spec = 'spec' in given ? given.spec : baseSpec();
  const tree = await treeOf(files);
  const known = spec === undefined ? [] : [spec];
  const library = await openLibrary(memorySnapshot(files), '/nowhere', pinsOf(tree), known);
  return governanceData({
    tree,
    spec,
    library,
    statuses: ids.map((id) => wpStatus(tree, spec, id, library, ground)),
    findings,
    baselined: 3,
    documents: { stub: tree.stubs.length },
    summaries: new Map([['board/two-states', 'a packet has one state']]),
    drift: [],
  });
}
