import { globalOptions } from './args.ts';
import type { CommandSpec, OptionSpec } from './command.ts';
import { type Output, pad, wrap } from './output.ts';

const JOBS: Record<CommandSpec['job'], string> = {
  read: 'read      the tree and the Master Spec',
  generate: 'generate  contracts from the Master Spec',
  run: 'run       sessions under those contracts',
  gate: 'gate      work packets on evidence',
  tool: 'tool',
};

export function printHelp(out: Output, commands: readonly CommandSpec[]): void {
  out.line('gov <command> [options]   makes a Markdown governance tree executable');
  for (const job of Object.keys(JOBS) as CommandSpec['job'][]) {
    const rows = commands.filter((command) => command.job === job);
    if (rows.length === 0) continue;
    out.line();
    out.line(JOBS[job]);
    for (const row of rows) printRow(out, usage(row), row.summary, 24);
  }
  out.line();
  out.line('everywhere');
  printOptions(out, globalOptions);
  out.line();
  const codes =
    'exit codes  0 clean or open · 1 an error finding or a closed gate · 2 a wrong call, or our own failure · 130 stopped by Ctrl-C';
  for (const line of wrap(codes, out.limit, ' '.repeat(12))) out.line(line);
}

export function printCommandHelp(out: Output, command: CommandSpec): void {
  const head = `gov ${usage(command)}   `;
  const room = Math.max(20, out.limit - head.length);
  for (const [at, line] of wrap(command.summary, room).entries())
    out.line((at === 0 ? head : ' '.repeat(head.length)) + line);
  if (command.args.length > 0) {
    out.line();
    for (const arg of command.args) printRow(out, arg.name, arg.summary, 24);
  }
  out.line();
  printOptions(out, { ...command.options, ...globalOptions });
  out.line();
  for (const example of command.examples) out.line(`  $ ${example}`);
}

function usage(command: CommandSpec): string {
  const args = command.args.map((arg) => {
    const name = arg.multiple ? `${arg.name}…` : arg.name;
    return arg.required ? name : `[${name}]`;
  });
  return [command.name, ...args].join(' ');
}

function printOptions(out: Output, options: Readonly<Record<string, OptionSpec>>): void {
  for (const [name, spec] of Object.entries(options)) {
    printRow(out, `--${name}${spec.value ? ` ${spec.value}` : ''}`, spec.summary, 24);
  }
}

/** A name and what it is; in a narrow terminal the words fold under themselves. */
function printRow(out: Output, name: string, summary: string, width: number): void {
  const [first = '', ...rest] = wrap(summary, Math.max(20, out.limit - width - 3));
  out.line(`  ${pad(name, width)} ${first}`);
  for (const line of rest) out.line(`  ${' '.repeat(width)} ${line}`);
}
