/** Comment of a definition: its clause, and the fingerprint of the text it was made from. */
export function clauseDoc(node: { section: string; fingerprint: string; doc: string }): string {
  const clause = `Clause ${node.section || '(none)'}, fingerprint ${node.fingerprint}.`;
  return node.doc === '' ? clause : `${node.doc}. ${clause}`;
}
