import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseCall } from '../../tools/cli/args.ts';
import { commands } from '../../tools/cli/table.ts';

const project = join(import.meta.dirname, '..', '..');
const just = (...args: string[]): string =>
  execFileSync(process.execPath, [join(project, 'node_modules', 'rust-just', 'lib', 'index.mjs'), ...args], {
    cwd: project,
    encoding: 'utf8',
  });

it('every recipe of templates/gov.just calls a command that exists', () => {
  const text = readFileSync(join(project, 'templates', 'gov.just'), 'utf8');
  const calls = [...text.matchAll(/process\.env\.gov_bundle, (.+?)\)(?:;|$)/gm)];
  expect(calls.length).toBe([...text.matchAll(/^\[script\("node"\)\]$/gm)].length);
  for (const [, call] of calls) {
    const words = [...call!.matchAll(/"([a-z-]+)"/g)].map(([, word]) => word!);
    const rest = words.filter((word) => !word.startsWith('-'));
    const command = commands.find(({ name }) => rest.join(' ').startsWith(name));
    expect(command?.name, call).toBeDefined();
    for (const option of words.filter((word) => /^--./.test(word)))
      expect(Object.keys(command!.options), call).toContain(option.slice(2));
  }
});

it('arguments reach the command as they are, never through a shell', () => {
  const out = just('spec-resolve', '4.3.9.15 Session; echo INJECTED $(echo INJECTED)', '--json');
  const { results } = JSON.parse(out) as { results: { query: string; status: string }[] };
  expect(results[0]).toMatchObject({
    query: '4.3.9.15 Session; echo INJECTED $(echo INJECTED)',
    status: 'UNIQUE',
  });
});

it('parseCall knows the words of the recipes', () => {
  expect(parseCall(['wp', 'status'], commands).command?.name).toBe('wp status');
});
