import { type Finding, linePlace } from '../../findings/index.ts';

/**
 * Entries that stood in a commit before, and are gone or say something else now. An entry whose hash holds can still
 * be taken away, and the last of a chain is missed by nobody but the commit that had it (DESIGN §7).
 */
export function entriesChanged(
  now: ReadonlyMap<string, string>,
  before: ReadonlyMap<string, string>,
  options: { isEntry(path: string): boolean; base: string },
): Finding[] {
  const { isEntry, base } = options;
  return [...before].flatMap(([path, content]): Finding[] => {
    if (!isEntry(path) || now.get(path) === content) return [];
    const found = now.has(path) ? 'content of a ledger entry' : 'absence of a ledger entry';
    const expected = now.has(path) ? 'an entry is never edited' : 'an entry is never taken away';
    const message = `Unexpected ${found}, expected it as ${base} has it: ${expected}`;
    const args = { path, base, change: now.has(path) ? 'edited' : 'removed' };
    return [{ rule: 'ledger/entry-changed', severity: 'error', place: linePlace(path, 1), message, args }];
  });
}
