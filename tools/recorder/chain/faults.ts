/** What is wrong with a stored log: `rule` is one of CHAIN_RULES. */
export interface ChainFault {
  rule: string;
  what: 'record' | 'gap' | 'segment' | 'head';
  /** The first record it is about; of the head, the number that it has, or would have. */
  seq: number;
  last_seq: number;
  message: string;
}

export type Tell = (fault: ChainFault) => void;

/** The same, `message` without its first word. */
export type TellAbout = (
  rule: string,
  place: Pick<ChainFault, 'what' | 'seq' | 'last_seq'>,
  message: string,
) => void;

export const tellAbout =
  (tell: Tell): TellAbout =>
  (rule, place, message) =>
    tell({ rule, ...place, message: `Unexpected ${message}` });

/** `record 5`, `records 5-9`. */
export const records = (first: number, last: number): string =>
  first === last ? `record ${first}` : `records ${first}-${last}`;

/** Enough of a hash to tell it from others. */
export const short = (hash: string): string => (hash.length > 12 ? `${hash.slice(0, 12)}…` : hash);

/** A value as it is, cut where it gets long: a body may be a page. */
export function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
