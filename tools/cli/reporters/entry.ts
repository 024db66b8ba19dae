/** One line, and another one where there is room for it. */
export interface Entry {
  line: string;
  detail?: string;
}

/** A headline and its entries, the most important first. */
export interface Block {
  title: string;
  entries: Entry[];
}
