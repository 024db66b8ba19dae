import type { GovTree } from '../../artifacts/index.ts';
import type { Finding } from '../../findings/index.ts';
import type { SpecDrift, SpecLibrary, WpStatus } from '../../gate/index.ts';
import type { SpecIndex } from '../../spec/index.ts';

/** What the reading rooms have computed; nothing of it is computed again. */
export interface GovernanceInput {
  tree: GovTree;
  /** Undefined where no spec can be read: there are no anchors and no drift then. */
  spec: SpecIndex | undefined;
  library: SpecLibrary;
  /** Of every work packet that has a stub or a packet, by id. */
  statuses: readonly WpStatus[];
  /** As `gov check` reports them: without those that the baseline lets pass. */
  findings: readonly Finding[];
  baselined: number;
  /** Documents that were read, by kind. */
  documents: Readonly<Record<string, number>>;
  /** What each rule is about, by its id. */
  summaries: ReadonlyMap<string, string>;
  /** What the spec of today did to the documents of work that is not over. */
  drift: readonly SpecDrift[];
}
