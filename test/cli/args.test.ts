import { describe, expect, it } from 'vitest';
import { parseCall } from '../../tools/cli/args.ts';
import { commands } from '../../tools/cli/table.ts';

const parse = (...argv: string[]) => parseCall(argv, commands);

describe('parseCall', () => {
  it.each([
    [['check'], 'check', []],
    [['spec', 'resolve', '4.3.9.15'], 'spec resolve', ['4.3.9.15']],
    [['spec', 'resolve', 'a', 'b'], 'spec resolve', ['a', 'b']],
    [['--root', 'x', 'check'], 'check', []],
    [['wp', '--json', 'status', 'WP-1-A-v1'], 'wp status', ['WP-1-A-v1']],
    [['spec', 'show', '--', '--odd'], 'spec show', ['--odd']],
  ])('%j', (argv, name, args) => {
    const parsed = parse(...argv);
    expect([parsed.command?.name, parsed.args]).toEqual([name, args]);
  });

  it('keeps values and flags apart, the last value counts', () => {
    const parsed = parse('check', '--root', 'a', '--root', 'b', '--json');
    expect(parsed.values.root).toEqual(['a', 'b']);
    expect([...parsed.flags]).toEqual(['json']);
  });

  it.each([
    [
      ['check', '--al'],
      'Unexpected option --al, expected one of: --root --spec --json --quiet --no-color --help --staged --changed-since --rev --rule --fix --write --baseline --format (gov check --help)',
    ],
    [['doctor', 'x'], 'Unexpected argument "x" for gov doctor'],
    [
      ['spec', 'show'],
      'gov spec show wants ANCHOR (section or identifier, as for spec resolve, or FILE:LINE)',
    ],
    [['check', '--root'], "Option '--root <value>' argument missing (gov check --help)"],
  ])('%j is refused', (argv, message) => {
    expect(() => parse(...argv)).toThrowError(expect.objectContaining({ name: 'UsageError', message }));
  });

  it('words that name no command are told', () => {
    expect(parse('spec', 'nothing').unknown).toBe('spec nothing');
    expect(parse().unknown).toBeUndefined();
  });
});

describe('the command table', () => {
  it('has unique names, and every option and argument says what it is', () => {
    expect(new Set(commands.map((command) => command.name)).size).toBe(commands.length);
    for (const command of commands) {
      for (const text of [
        command.summary,
        ...command.args.map((a) => a.summary),
        ...Object.values(command.options).map((o) => o.summary),
      ]) {
        expect(text, command.name).not.toBe('');
      }
    }
  });

  it('every example parses to its own command', () => {
    for (const command of commands) {
      for (const example of command.examples) {
        const argv = (example.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replace(/^"|"$/g, ''));
        expect(argv.shift()).toBe('gov');
        expect(parse(...argv).command?.name, example).toBe(command.name);
      }
    }
  });

  it('every command loads', async () => {
    for (const command of commands) expect(typeof (await command.load()).run, command.name).toBe('function');
  });
});
