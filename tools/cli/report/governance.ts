import type { Blocks, PageData } from '../../report/index.ts';
import type { Call } from '../command.ts';

/** What the tree says. */
export async function gatherGovernance(
  _call: Call,
): Promise<Pick<PageData, 'spec' | 'governance' | 'trace'> & Pick<Blocks, 'sources'>> {
  return { spec: null, governance: null, trace: null, sources: {} };
}
