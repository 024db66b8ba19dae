interface Made {
  /** Number of a clause, or the title of a section without one. */
  section: string;
  fingerprint: string;
}

/** The clause of a definition, and the fingerprint of the text that it was made from. */
export function clauseText({ section, fingerprint }: Made): string {
  return `Clause ${clauseName(section) || '(none)'}, fingerprint ${fingerprint}.`;
}

/** A title in quotes: without them nobody sees where it ends. */
export function clauseName(section: string): string {
  return section === '' || /^[\dA-Z]+(?:\.\w+)*$/.test(section) ? section : `"${section}"`;
}

/** What a definition says of itself and where it stands, in one line. */
export function clauseDoc(node: Made & { doc: string }): string {
  return [sentence(node.doc), clauseText(node)].filter((part) => part !== '').join(' ');
}

function sentence(text: string): string {
  return text === '' || /[.!?:]$/.test(text) ? text : `${text}.`;
}
