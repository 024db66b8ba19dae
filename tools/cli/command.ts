import type { Output } from './output.ts';

/**
 * 0 clean or open · 1 a finding of severity error, or a closed gate · 2 wrong call, or our own failure · 130 stopped by
 * Ctrl-C, as shells have it.
 */
export type ExitCode = 0 | 1 | 2 | 130;

export interface OptionSpec {
  type: 'boolean' | 'string';
  /** What the value is, for help: `FILE`. */
  value?: string;
  multiple?: boolean;
  short?: string;
  summary: string;
}

export interface ArgumentSpec {
  name: string;
  summary: string;
  required?: boolean;
  multiple?: boolean;
}

/** One row of the command table. Help, completion and recipes are derived from these rows. */
export interface CommandSpec {
  /** `wp status`. */
  name: string;
  /** The job of DESIGN §1 it belongs to. */
  job: 'read' | 'generate' | 'run' | 'gate' | 'tool';
  summary: string;
  args: readonly ArgumentSpec[];
  options: Readonly<Record<string, OptionSpec>>;
  examples: readonly string[];
  /** Loaded when it runs, so that `gov --help` is instant. */
  load(): Promise<{ run(call: Call): Promise<ExitCode> }>;
}

/** One invocation, parsed. */
export interface Call {
  /** Absolute. */
  root: string;
  /** Where relative paths of the call start. */
  cwd: string;
  spec?: string;
  /** `--root` and `--spec` as they were typed; the next command that is printed repeats them. */
  given?: { root?: string; spec?: string };
  args: readonly string[];
  flags: ReadonlySet<string>;
  values: Readonly<Record<string, readonly string[]>>;
  json: boolean;
  quiet: boolean;
  out: Output;
}
