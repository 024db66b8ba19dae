/** Milliseconds from the beginning of the page to a time in RFC 3339. */
export type Millis = (time: string) => number;

export const since =
  (from: string): Millis =>
  (time) =>
    Date.parse(time) - Date.parse(from);

export const timeOf = (ms: number): string => new Date(ms).toISOString();
