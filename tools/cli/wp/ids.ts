import { type GovTree, wpIdFrom } from '../../artifacts/index.ts';

/** The ids that a stub or a packet stands for: what the gate can be asked about. */
export function idsOf(tree: GovTree): string[] {
  const ids = [...new Set([...tree.stubs, ...tree.packets].map(({ stem }) => stem))].sort();
  return ids.filter((id) => {
    try {
      return wpIdFrom(id) === id;
    } catch {
      return false; // `gov check` reports a file whose name is no id
    }
  });
}
