import { parseArgs } from 'node:util';
import { UsageError } from '../findings/index.ts';
import type { CommandSpec, OptionSpec } from './command.ts';

/** Understood by every command. */
export const globalOptions: Readonly<Record<string, OptionSpec>> = {
  root: { type: 'string', value: 'DIR', summary: 'the tree to work on (default: the enclosing repository)' },
  spec: {
    type: 'string',
    value: 'FILE|DIR|REV:PATH',
    summary: 'the Master Spec, or a glob of its modules (default: what SPEC_CURRENT.md names)',
  },
  json: { type: 'boolean', summary: 'everything, for machines' },
  quiet: { type: 'boolean', summary: 'print only what is wrong' },
  'no-color': { type: 'boolean', summary: 'no colour' },
  help: { type: 'boolean', short: 'h', summary: 'this help' },
};

export interface Parsed {
  command?: CommandSpec;
  args: string[];
  flags: Set<string>;
  values: Record<string, string[]>;
  /** Words that name no command. */
  unknown?: string;
}

/** Words first choose the command (longest name wins), then its own options are enforced. */
export function parseCall(argv: readonly string[], commands: readonly CommandSpec[]): Parsed {
  const takesValue = new Set(
    [globalOptions, ...commands.map(({ options }) => options)].flatMap((options) =>
      Object.entries(options).flatMap(([name, { type }]) => (type === 'string' ? [name] : [])),
    ),
  );
  const words = leadingWords(argv, takesValue);
  const command = [...commands]
    .sort((a, b) => b.name.length - a.name.length)
    .find((candidate) => {
      const name = candidate.name.split(' ');
      return name.every((word, i) => words[i]?.word === word);
    });
  const known = { ...globalOptions, ...command?.options };
  const skip = new Set(command ? command.name.split(' ').map((_, i) => words[i]!.index) : []);
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({
      // No option begins with a dash and a blank: that is a bullet, pasted from a document.
      args: argv.filter((_, index) => !skip.has(index)).map((arg) => arg.replace(/^-\s+/, '')),
      options: Object.fromEntries(
        Object.entries(known).map(([name, spec]) => [
          name,
          { type: spec.type, multiple: spec.type === 'string', ...(spec.short && { short: spec.short }) },
        ]),
      ),
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    throw new UsageError(explain(error as NodeJS.ErrnoException, Object.keys(known), command));
  }
  const flags = new Set<string>();
  const values: Record<string, string[]> = {};
  for (const [name, value] of Object.entries(parsed.values)) {
    if (Array.isArray(value)) values[name] = value.map(String);
    else if (value === true) flags.add(name);
  }
  if (!command)
    return {
      args: [],
      flags,
      values,
      ...(words.length > 0 && { unknown: words.map((w) => w.word).join(' ') }),
    };
  const args = flags.has('help') ? parsed.positionals : checkArguments(command, parsed.positionals);
  return { command, args, flags, values };
}

function checkArguments(command: CommandSpec, args: string[]): string[] {
  const needed = command.args.filter((arg) => arg.required).length;
  if (args.length < needed) {
    const missing = command.args[args.length]!;
    throw new UsageError(`gov ${command.name} wants ${missing.name} (${missing.summary})`);
  }
  if (args.length > command.args.length && !command.args.at(-1)?.multiple) {
    throw new UsageError(`Unexpected argument "${args[command.args.length]}" for gov ${command.name}`);
  }
  return args;
}

/** Positional words before `--`, with their index; the value of an option is none. */
function leadingWords(
  argv: readonly string[],
  takesValue: ReadonlySet<string>,
): { word: string; index: number }[] {
  const words: { word: string; index: number }[] = [];
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index]!;
    if (word === '--') break;
    if (word.startsWith('-')) {
      // The command is not known yet: what takes a value for any command takes it here.
      if (takesValue.has(word.replace(/^--/, ''))) index += 1;
      continue;
    }
    words.push({ word, index });
  }
  return words;
}

function explain(error: NodeJS.ErrnoException, known: string[], command: CommandSpec | undefined): string {
  const option = /'(-[^' ]*)/.exec(error.message)?.[1] ?? '';
  const where = command ? `gov ${command.name}` : 'gov';
  if (error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    return `Unexpected option ${option}, expected one of: ${known.map((name) => `--${name}`).join(' ')} (${where} --help)`;
  }
  return `${error.message.split('\n')[0]} (${where} --help)`;
}
