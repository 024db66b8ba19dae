import type { GovTree } from '../../artifacts/index.ts';
import type { Config } from '../../config/index.ts';
import type { Finding } from '../../findings/index.ts';
import { diffOf, nameOfSpec, type RebaseTarget, specDrift, wpStatus } from '../../gate/index.ts';
import { type GovernanceData, governanceData, type PageData } from '../../report/index.ts';
import type { Snapshot } from '../../snapshot/index.ts';
import type { SpecIndex } from '../../spec/index.ts';
import { look } from '../check/look.ts';
import { readPolicy } from '../check/policy.ts';
import { targetOf } from '../check/target.ts';
import type { Call } from '../command.ts';
import { checkRules } from '../rules.ts';
import { idsOf } from '../wp/ids.ts';
import { openLenient } from '../wp/opened.ts';

/** The governance side of a report, and what it was made from. */
export interface Governance {
  data: GovernanceData;
  spec: PageData['spec'];
  /** Why there is nothing to show: the tree has no document. Whoever shows nothing else has to fail with it. */
  empty?: Finding;
  opened: { snapshot: Snapshot; config: Config; tree: GovTree; spec: SpecIndex | undefined };
}

/** Reads the working tree as `gov check`, `gov wp status`, `gov spec resolve` and `gov spec rebase` do, once. */
export async function gatherGovernance(call: Call): Promise<Governance> {
  const target = await targetOf(call.root, { kind: 'worktree' });
  const looked = await look(call, target, await readPolicy(target));
  const { snapshot, config, tree, spec, library, ground } = await openLenient(call);
  const data = governanceData({
    tree,
    spec,
    library,
    statuses: idsOf(tree).map((id) => wpStatus(tree, spec, id, library, ground)),
    findings: looked.findings,
    baselined: looked.baselined,
    documents: looked.judged.documents,
    summaries: new Map(checkRules().map(({ id, summary }) => [id, summary])),
    drift: spec === undefined ? [] : specDrift(tree, targetFor(spec, library)),
  });
  const { judged } = looked;
  const empty = judged.findings.find(({ rule }) => rule === 'tree/empty');
  return {
    data,
    spec: judged.spec === undefined ? null : summaryOf(judged.spec),
    ...(empty && { empty }),
    opened: { snapshot, config, tree, spec },
  };
}

function summaryOf({ file, version, sha256, sections }: NonNullable<PageData['spec']>): PageData['spec'] {
  return { file, version, sha256, sections };
}

/** The spec of today is what everything is compared with. */
function targetFor(spec: SpecIndex, library: RebaseTarget['library']): RebaseTarget {
  return {
    to: spec,
    file: nameOfSpec(spec),
    sha1: spec.sha1,
    library,
    diffFrom: (from) => diffOf(from, spec),
  };
}
