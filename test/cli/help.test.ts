import { afterEach, describe, expect, it, vi } from 'vitest';
import { main } from '../../tools/cli/main.ts';
import { commands } from '../../tools/cli/table.ts';

afterEach(() => vi.restoreAllMocks());

async function printed(...argv: string[]): Promise<string> {
  let out = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  expect(await main(argv)).toBe(0);
  return out;
}

/** The commands that a help lists. */
const listed = (help: string): string[] =>
  commands.map(({ name }) => name).filter((name) => new RegExp(`^ {2}${name}\\b`, 'm').test(help));

describe('gov --help', () => {
  it('lists every command', async () => {
    expect(listed(await printed('--help'))).toEqual(commands.map(({ name }) => name));
  });

  it('of the first word of some commands lists these, in the order in which they are needed', async () => {
    const [query, ...rest] = listed(await printed('recorder', '--help'));
    expect([query, ...rest]).toEqual(
      ['query', 'tail', 'check', 'verify', 'archive'].map((word) => `recorder ${word}`),
    );
  });

  it('of a word that is no command lists all', async () => {
    expect(listed(await printed('nosuch', '--help'))).toHaveLength(commands.length);
  });
});
