import { byAge } from '../about/packet-age.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
  expected: string;
}

export const packetScopePath = defineRule<'packet', Args>({
  id: 'packet/scope-path',
  summary: 'IN_SCOPE_PATHS of a packet are single paths of this repository, each once.',
  appliesTo: 'packet',
  severity: 'error',
  docs: `The paths in scope are the locks of a packet: no other packet in progress may touch them, and no change outside them is part of the work. An absolute path or one that climbs out with ".." locks nothing here, and a pattern locks what nobody counted. Of 191 packets that were turned into JSON, 102 kept the dash of the bullet in the path, which then matched no file at all.

Write each file on a bullet of its own, relative to the root of the repository. A folder ends with "/".`,
  message: ({ found, expected }) => `Unexpected path "${found}" in IN_SCOPE_PATHS, expected ${expected}`,
  *check(packet) {
    const seen = new Map<string, number>();
    for (const { text, place } of packet.inScopePaths) {
      const expected = wrongPath(text);
      const severity = byAge(packet);
      if (expected !== undefined) {
        const pattern = expected === PATTERN;
        yield {
          place,
          args: { found: text, expected },
          found: text,
          severity: pattern ? 'warning' : severity,
        };
      }
      const first = seen.get(text);
      if (first === undefined) seen.set(text, place.line);
      else {
        const args = { found: text, expected: `it once; the first is in line ${first}` };
        yield { place, args, found: text, severity: 'warning' };
      }
    }
  },
});

const PATTERN = 'a path without a pattern';

function wrongPath(path: string): string | undefined {
  if (/^(?:[-*+]|\d+[.)])\s/.test(path)) return 'it without the mark of a bullet';
  if (/^(?:[A-Za-z]:[\\/]|[\\/]|~\/)/.test(path)) return 'a path from the root of the repository';
  if (path.split(/[\\/]/).includes('..')) return 'a path that stays within the repository';
  if (path.includes('\\')) return 'slashes, as git writes paths';
  return /[*?{]/.test(path) ? PATTERN : undefined;
}
