import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { gov } from '../support/gov.ts';

const root = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(root, 'docs/recorder.md'), 'utf8');
const home = mkdtempSync(join(tmpdir(), 'gov-recorder-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** What changes with every change of the engine, or with the Node that packs, is no part of the page. */
const steady = (text: string): string =>
  text
    .replaceAll(`${home}/`, '')
    .replaceAll(/\b[0-9a-f]{64}\b/g, 'HASH')
    .replaceAll(/-[0-9a-f]{16}\.ndjson/g, '-SHA.ndjson')
    .replaceAll(/\d+\.\d KB/g, '14 KB');

/** A line as a shell would start it: what a pipe or a redirection takes goes into a file. */
function ran(line: string): string {
  const [, command, into, piped] = /^gov (.*?)(?: > (\S+)| \| gov (.*) -)?$/.exec(line) ?? [];
  const words = [...(command ?? '').matchAll(/'([^']*)'|(\S+)/g)].map(
    ([, quoted, plain]) => quoted ?? plain!,
  );
  const { code, out } = gov(home, words);
  expect({ line, code }).toEqual({ line, code: 0 });
  const file = into ?? (piped === undefined ? undefined : 'piped.ndjson');
  if (file !== undefined) writeFileSync(join(home, file), out);
  return piped === undefined ? out : ran(`gov ${piped} ${file}`);
}

// Derived: `GOVKIT_LONG=1 npx vitest run test/e2e/recorder-docs.test.ts -u` writes what the commands print.
it('every command of docs/recorder.md runs in its order, and prints what the page shows', async () => {
  for (const part of ['.GOV', 'gov.config.yaml'])
    cpSync(join(root, part), join(home, part), { recursive: true });
  let commands = 0;
  const made = page.replaceAll(/```(sh|console)\n([\s\S]*?)\n```/g, (block, kind: string, text: string) => {
    const lines = text.split('\n').filter((line) => kind === 'sh' || line.startsWith('$ '));
    const printed = lines.map((line) => `${line}\n${steady(ran(line.replace(/^\$ /, '')))}`);
    commands += lines.length;
    return kind === 'sh' ? block : `\`\`\`console\n${printed.join('')}\`\`\``;
  });
  expect(commands).toBeGreaterThan(10);
  await expect(made).toMatchFileSnapshot(join(root, 'docs/recorder.md'));
}, 60_000);
