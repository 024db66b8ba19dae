/** One line, and another one where there is room for it. */
export interface Entry {
  line: string;
  detail?: string;
}
