/** Names longer than this are no slip of the hand. */
const LONGEST = 80;
const MOST = 6;

/** The known words that someone may have meant: a slip or two away, else of the same family (`anchor/…`). */
export function nearWords(word: string, known: readonly string[]): string[] {
  if (word.length > LONGEST) return [];
  const slips = known
    .map((each) => ({ each, distance: distance(word, each) }))
    .filter((one) => one.distance <= Math.max(2, word.length / 5));
  const closest = Math.min(...slips.map((one) => one.distance));
  const near = slips.filter((one) => one.distance === closest).map(({ each }) => each);
  if (near.length > 0) return near.slice(0, MOST);
  const slash = word.indexOf('/');
  const family = slash < 0 ? `${word}/` : word.slice(0, slash + 1);
  return known.filter((each) => each.startsWith(family)).slice(0, MOST);
}

/** How many letters must be put in, taken out or exchanged. */
function distance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const exchange = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(exchange, above[j]! + 1, row[j - 1]! + 1));
    }
    above = row;
  }
  return above[b.length]!;
}
