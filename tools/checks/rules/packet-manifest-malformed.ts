import { isPlaceholder, type ManifestEntry, type Packet } from '../../artifacts/index.ts';
import type { Field } from '../../markdown/index.ts';
import { spanPlace } from '../../text/index.ts';
import { byAge } from '../about/packet-age.ts';
import { defineRule } from '../rule.ts';

interface Args {
  what: string;
  found: string;
  expected: string;
}

interface Wrong extends Args {
  field: Field;
}

export const packetManifestMalformed = defineRule<'packet', Args>({
  id: 'packet/manifest-malformed',
  summary: 'The manifest of a changed file has line numbers in order and two hashes of 40 digits.',
  appliesTo: 'packet',
  severity: 'error',
  docs: `A manifest block says of one file which lines were changed and what its bytes were before and after, so that a later reader can find the change again. A shortened hash, "~120" or an end before its start finds nothing. A gate is "[ ]" or "[x]": anything else was ticked by some readers only.

"just cor701-sha FILE" prints the hash. The block of the template, whose file is "path/to/file", is not looked at.`,
  message: ({ what, found, expected }) => `Unexpected ${what} ${found} in the manifest, expected ${expected}`,
  *check(packet) {
    const severity = byAge(packet);
    for (const entry of packet.manifest) {
      if (entry.path === undefined || isTemplate(entry.path)) continue;
      for (const { field, ...args } of wrongOf(entry)) {
        yield { place: field.place, args, found: field.raw, severity };
      }
      for (const { name, checked, place } of entry.gates) {
        if (checked !== undefined) continue;
        const found = boxOf(packet, place.line);
        if (found === undefined) continue;
        const args = { what: `box of ${name}`, found: `"${found.text}"`, expected: '"[ ]" or "[x]"' };
        yield { place: found.place, args, found: found.text, severity };
      }
    }
  },
});

function isTemplate(path: string): boolean {
  return path === 'path/to/file' || isPlaceholder(path);
}

function wrongOf(entry: ManifestEntry): Wrong[] {
  const { start, end, lineDelta, preSha1, postSha1, window, delta } = entry;
  const wrong: Wrong[] = [];
  const add = (what: string, field: Field | undefined, expected: string): void => {
    if (field !== undefined) wrong.push({ what, field, found: `"${field.raw}"`, expected });
  };
  for (const [what, field] of [
    ['Pre-SHA1', preSha1],
    ['Post-SHA1', postSha1],
  ] as const) {
    // A new file has no bytes before, and says so.
    const value = field?.value.replace(/^`(.*)`$/, '$1') ?? '';
    if (!/^(?:[0-9a-f]{40}|N\/A|NONE|NEW)$/i.test(value)) add(what, field, '40 hexadecimal digits');
  }
  const whole = (field: Field | undefined): boolean => /^\d{1,9}$/.test(field?.value ?? '');
  if (!whole(start)) add('Start', start, 'a line number');
  if (!whole(end)) add('End', end, 'a line number');
  if (whole(start) && whole(end) && window === undefined) add('End', end, `a line from ${start!.value} on`);
  if (delta === undefined) add('Line Delta', lineDelta, 'a whole number');
  return wrong;
}

function boxOf({ path, file }: Packet, line: number) {
  const match = /^(\s*[-*+]\s+)(\[[^\]]{0,3}\])/.exec(file.lines[line - 1]!);
  if (match === null) return undefined;
  return { text: match[2]!, place: spanPlace(path, line, match[1]!.length + 1, match[2]!.length) };
}
