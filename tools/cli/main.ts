import { ConfigError, findRoot } from '../config/index.ts';
import { GovError, TreeError, UsageError } from '../findings/index.ts';
import { parseCall } from './args.ts';
import type { CommandSpec, ExitCode } from './command.ts';
import { recordCrash } from './crash.ts';
import { printCommandHelp, printHelp } from './help.ts';
import { createOutput, type Output, visible } from './output.ts';
import { findingsReport, printFindings } from './reporters/findings.ts';
import { commands } from './table.ts';
import { packageVersion } from './version.ts';

/** Parses, runs, reports; the exit code is the result. */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  const machine = /^(?:--json|--format=(?:json|sarif|github))$/;
  const color = !argv.includes('--no-color') && !argv.some((arg) => machine.test(arg));
  const out = createOutput(process, { color });
  let root = process.cwd();
  let json = argv.includes('--json');
  try {
    if (argv[0] === '--version' || argv[0] === '-V') {
      out.line(packageVersion());
      return 0;
    }
    const parsed = parseCall(argv, commands);
    if (parsed.flags.has('help')) {
      if (parsed.command) printCommandHelp(out, parsed.command);
      else printHelp(out, parsed.unknown === undefined ? commands : commandsOf(parsed.unknown));
      return 0;
    }
    json = parsed.flags.has('json') || single(parsed.values.format) === 'json';
    if (!parsed.command) return noCommand(out, parsed.unknown);
    const typedRoot = single(parsed.values.root);
    root = findRoot(process.cwd(), typedRoot);
    const spec = single(parsed.values.spec);
    const { run } = await parsed.command.load();
    return await run({
      root,
      cwd: process.cwd(),
      ...(spec !== undefined && { spec }),
      given: { ...(typedRoot !== undefined && { root: typedRoot }), ...(spec !== undefined && { spec }) },
      args: parsed.args,
      flags: parsed.flags,
      values: parsed.values,
      json,
      quiet: parsed.flags.has('quiet'),
      out,
    });
  } catch (error) {
    return await report(error, { out, root, json });
  }
}

/** The commands of one family, as `gov recorder --help` asks for them; of a word that is none, all. */
function commandsOf(words: string): readonly CommandSpec[] {
  const family = commands.filter(({ name }) => name.startsWith(`${words} `));
  return family.length > 0 ? family : commands;
}

function noCommand(out: Output, unknown: string | undefined): ExitCode {
  if (unknown === undefined) {
    printHelp(out, commands);
    return 0;
  }
  const first = unknown.split(' ')[0]!;
  const near = commands.filter(
    (command) => command.name.startsWith(`${first} `) || command.name.startsWith(first.slice(0, 2)),
  );
  const hint =
    near.length > 0
      ? `did you mean ${near.map((command) => `gov ${command.name}`).join(', ')}?`
      : 'gov --help lists them';
  throw new UsageError(`"${visible(unknown)}" is no command (${hint})`);
}

async function report(error: unknown, at: { out: Output; root: string; json: boolean }): Promise<ExitCode> {
  const { out, json } = at;
  if (error instanceof TreeError) {
    if (json) out.json(findingsReport(at.root, [error.finding]));
    else printFindings(out, [error.finding]);
    return 1;
  }
  // A rule that threw is expected to be told with its place, but it is our failure all the same.
  const ours = !(error instanceof GovError) || error.name === 'RuleCrash';
  const message = visible(error instanceof Error ? error.message : String(error));
  const crash = ours ? await recordCrash(at.root, error) : undefined;
  if (json) {
    out.json({
      schema: 'govkit.error@1',
      error: { kind: ours ? 'internal' : 'usage', message, ...(crash && { crash }) },
    });
  } else if (crash === undefined) {
    // A configuration tells all of its problems at once, each on its line.
    const problems = error instanceof ConfigError ? error.problems.map(visible) : [message];
    for (const problem of problems) out.error(`gov: ${problem}`);
  } else {
    const said = message.startsWith('internal error') ? message : `internal error: ${message}`;
    out.error(`gov: ${said} · this is a bug of govkit, not of your tree`);
    out.error(`     please report it with the file ${crash} (it holds no document text)`);
  }
  return 2;
}

function single(values: readonly string[] | undefined): string | undefined {
  return values?.at(-1);
}
