import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { parseCall } from '../../tools/cli/args.ts';
import { commands } from '../../tools/cli/table.ts';
import { gov } from '../support/gov.ts';
import { temporaryFolder } from '../support/repository.ts';

const project = join(import.meta.dirname, '..', '..');
const readme = readFileSync(join(project, 'README.md'), 'utf8');
const timeless = (text: string): string => text.replaceAll(/\d+\.\d ms/g, 'N ms');

describe('README', () => {
  it('shows what npm start prints', () => {
    const shown = /`npm start` prints:\n\n```\n([\s\S]*?)\n```/.exec(readme)?.[1];
    const done = spawnSync(
      process.execPath,
      [join(project, 'dist', 'bin', 'start.js'), join(temporaryFolder(), 'start.db')],
      {
        encoding: 'utf8',
        env: { ...process.env, NO_COLOR: '1' },
      },
    );
    expect(timeless(shown ?? '')).toBe(timeless(done.stdout.trimEnd()));
  });

  it('shows what gov wp status prints', () => {
    const [, wpId, shown] = /```\n\$ gov wp status (\S+)\n([\s\S]*?)\n```/.exec(readme) ?? [];
    const { out } = gov(project, ['wp', 'status', wpId!]);
    expect(shown).toBe(out.trimEnd());
  });

  it('validates an event as it says', () => {
    const code = /```ts\n(import \{ parseEvent \} [\s\S]*?)```/.exec(readme)?.[1] ?? '';
    const said = /^\/\/ (.*)$/m.exec(code)?.[1];
    const contents = code.replace('./generated/', './tools/generated/');
    const outfile = join(temporaryFolder(), 'event.mjs');
    buildSync({
      stdin: { contents, resolveDir: project, loader: 'ts' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile,
      logLevel: 'error',
    });
    const { stdout } = spawnSync(process.execPath, [outfile], {
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    });
    expect(stdout).toBe(`${said}\n`);
  });

  it('names only commands and recipes that exist', () => {
    const recipes = readFileSync(join(project, 'templates', 'gov.just'), 'utf8');
    const named = [...readme.matchAll(/`gov ([a-z]+(?: [a-z]+)?)[^`]*`/g)].map((match) => match[1]!);
    expect(named.length).toBeGreaterThan(8);
    for (const words of named) {
      const name = commands.find(
        (command) =>
          words === command.name ||
          words.startsWith(`${command.name} `) ||
          command.name === words.split(' ')[0],
      );
      expect(name, words).toBeDefined();
    }
    for (const [, recipe] of readme.matchAll(/`just ([a-z-]+)[^`]*`/g))
      expect(recipes).toMatch(new RegExp(`^${recipe} `, 'm'));
    expect(parseCall(['check'], commands).command?.name).toBe('check');
  });
});
