import { idOfFile, type TreeFacts } from '../../artifacts/index.ts';

/**
 * Whether a document of a work packet may be there unread: it has a finding of its own, and to call it missing
 * as well would only send people the wrong way.
 */
export function mayBeUnread(tree: TreeFacts): (wpId: string) => boolean {
  const ids = new Set<string>();
  let folders = false;
  for (const path of tree.unread) {
    const id = idOfFile(path);
    if (id !== undefined) ids.add(id);
    folders ||= FOLDERS.some((folder) => path === `${tree.folder}${folder}`);
  }
  return (wpId) => folders || ids.has(wpId);
}

/** A folder that cannot be looked into, or is a link, may hold anything. */
const FOLDERS = ['', '/task_packets', '/task_packets/stubs', '/refinements'];
