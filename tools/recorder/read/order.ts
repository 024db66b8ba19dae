/** What a log says of the places of its entries, as they come. */
export interface Order {
  /** The place that stands beside an event. */
  event(seq: unknown): void;
  /** Events that are not in the log any more. */
  gap(first: unknown, last: unknown): void;
  /** A piece of a log leaves places out: an archive says in its header which ones it has. */
  piece(): void;
}

/** D-47: `seq` orders everything, so it rises from line to line, and what it leaves out was lost. */
export function createOrder(report: (rule: string, message: string) => void): Order {
  let last = 0;
  let isPiece = false;
  const hole = (next: number): void => {
    if (next <= last + 1 || isPiece) return;
    const missing = next === last + 2 ? `event ${last + 1}` : `events ${last + 1} to ${next - 1}`;
    report('log/seq-hole', `Unexpected seq ${next} after ${last}, expected ${missing}, or a gap line`);
  };
  return {
    event(seq) {
      if (!isPlace(seq))
        report('log/seq-order', `Unexpected seq ${told(seq)}, expected a whole number from 1`);
      else if (seq <= last)
        report('log/seq-order', `Unexpected seq ${seq} after ${last}, expected a higher one`);
      else {
        hole(seq);
        last = seq;
      }
    },
    gap(first, end) {
      if (!isPlace(first) || !isPlace(end) || end < first) {
        report(
          'log/seq-order',
          `Unexpected gap from ${told(first)} to ${told(end)}, expected first_seq and last_seq, whole numbers that rise`,
        );
      } else if (first <= last) {
        report(
          'log/seq-order',
          `Unexpected gap from ${first} to ${end} after ${last}, expected higher places`,
        );
        last = Math.max(last, end);
      } else {
        hole(first);
        last = end;
      }
    },
    piece() {
      isPiece = true;
    },
  };
}

const isPlace = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 1;
const told = (value: unknown): string => JSON.stringify(value)?.slice(0, 40) ?? 'nothing';
