import { packetStage, workPackets } from '../../artifacts/index.ts';
import type { Config } from '../../config/index.ts';
import { TreeError, UsageError } from '../../findings/index.ts';
import { worktreeSnapshot } from '../../snapshot/index.ts';
import { loadTree } from '../tree.ts';

export interface Packets {
  /** Whether events that name it stay: all but those of a packet that is done or superseded. */
  isOpen(wp_id: string): boolean;
  /** Why nothing can be shown, so that all of them stay; null = the tree was read. */
  unreadable: string | null;
}

/** What this governance tree says of its work packets. Whatever of it cannot be read closes none. */
export async function readPackets(root: string, config: Config): Promise<Packets> {
  const closed = new Set<string>();
  const unreadable = (why: string): Packets => ({ isOpen: () => true, unreadable: why });
  try {
    const tree = await loadTree(worktreeSnapshot(root), config);
    const [unread] = tree.unread;
    if (unread !== undefined) return unreadable(`${unread} cannot be read`);
    // Without a document the tree says nothing; without board and registry a packet speaks for itself alone.
    const missing = tree.findings.find(({ rule }) => rule.startsWith('tree/'));
    if (missing) return unreadable(`${missing.place.file}: ${missing.message}`);
    for (const [id, work] of workPackets(tree))
      if (['done', 'superseded'].includes(packetStage(tree, work))) closed.add(id);
  } catch (error) {
    if (error instanceof TreeError || error instanceof UsageError) return unreadable(error.message);
    throw error;
  }
  return { isOpen: (wp_id) => !closed.has(wp_id), unreadable: null };
}
