import { UsageError } from '../../findings/index.ts';
import { nearWords } from '../../text/index.ts';
import type { Call } from '../command.ts';
import { value } from '../load.ts';

const FORMATS = ['text', 'json', 'sarif', 'github'] as const;

export type Format = (typeof FORMATS)[number];

/** What is judged: everything, or what a change has to answer for. */
export type Scope =
  | { kind: 'worktree' }
  | { kind: 'commit'; rev: string }
  | { kind: 'staged' }
  | { kind: 'since'; since: string; rev?: string };

export interface CheckOptions {
  scope: Scope;
  format: Format;
  /** Only these rules; all of them when empty. */
  rules: readonly string[];
  fix: 'none' | 'preview' | 'write';
  /** Adopt the tree as it is, or shrink what was adopted. */
  baseline: boolean;
}

/** The options of a call of `gov check`; those that contradict each other are refused. */
export async function checkOptions(call: Call): Promise<CheckOptions> {
  const scope = scopeOf(call);
  const { flags } = call;
  const rules = call.values.rule ?? [];
  if (flags.has('write') && !flags.has('fix')) throw new UsageError('--write goes with --fix');
  if (flags.has('fix') && scope.kind !== 'worktree')
    throw new UsageError(`--fix mends files on disk, and ${nameOf(scope)} looks at others: one of them`);
  const narrowed = call.args.length > 0 ? 'PATH' : rules.length > 0 ? '--rule' : undefined;
  const against = flags.has('fix') ? '--fix' : scope.kind === 'worktree' ? narrowed : nameOf(scope);
  if (flags.has('baseline') && against !== undefined)
    throw new UsageError(`--baseline adopts the whole tree as it is on disk, and excludes ${against}`);
  await checkRuleIds(rules);
  const format = formatOf(call);
  const prints = flags.has('fix') ? '--fix' : flags.has('baseline') ? '--baseline' : undefined;
  if (prints !== undefined && (format === 'sarif' || format === 'github'))
    throw new UsageError(`${prints} prints text or JSON, and excludes --format ${format}`);
  return {
    scope,
    format,
    rules,
    fix: flags.has('fix') ? (flags.has('write') ? 'write' : 'preview') : 'none',
    baseline: flags.has('baseline'),
  };
}

function nameOf({ kind }: Scope): string {
  return kind === 'staged' ? '--staged' : kind === 'since' ? '--changed-since' : '--rev';
}

function scopeOf(call: Call): Scope {
  const rev = value(call, 'rev');
  const since = value(call, 'changed-since');
  if (call.flags.has('staged')) {
    const other = rev !== undefined ? '--rev' : since !== undefined ? '--changed-since' : undefined;
    if (other !== undefined) throw new UsageError(`--staged and ${other} exclude each other`);
    return { kind: 'staged' };
  }
  if (since !== undefined) return { kind: 'since', since, ...(rev !== undefined && { rev }) };
  return rev === undefined ? { kind: 'worktree' } : { kind: 'commit', rev };
}

function formatOf(call: Call): Format {
  const given = value(call, 'format');
  if (given === undefined) return call.json ? 'json' : 'text';
  const format = FORMATS.find((each) => each === given);
  if (format === undefined) throw new UsageError(`--format ${given}: expected ${FORMATS.join(', ')}`);
  if (call.json && format !== 'json') throw new UsageError(`--json and --format ${given} exclude each other`);
  return format;
}

/** A rule that nothing reports would make a gate that cannot fail. */
async function checkRuleIds(rules: readonly string[]): Promise<void> {
  if (rules.length === 0) return;
  const known = (await import('../rules.ts')).checkRules().map(({ id }) => id);
  for (const id of rules) {
    if (known.includes(id)) continue;
    const near = nearWords(id, known);
    const expected = near.length > 0 ? `one of: ${near.join(', ')}` : 'a rule (gov explain lists them)';
    throw new UsageError(`--rule ${id}: no rule of gov check, expected ${expected}`);
  }
}
