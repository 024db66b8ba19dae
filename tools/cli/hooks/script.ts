import { sha256 } from '../../text/index.ts';

/**
 * The hooks that judge what a commit brings. Git asks the second for a merge that needs nobody's help, and asks
 * none for cherry-pick, rebase, revert and am: what comes in that way is caught in CI.
 */
export const HOOKS = ['pre-commit', 'pre-merge-commit'] as const;
export type HookName = (typeof HOOKS)[number];

const MARK = /^# govkit hook ([0-9a-f]{12}) /;

/**
 * A hook as git runs it: LF, no BOM, for any sh, in the root of the work tree. What cannot be run must refuse the
 * commit: a gate that is silent because it is not there passes everything. A linked worktree without an
 * installation of its own uses that of the main one.
 */
export function hookScript(hook: HookName, bundle: string): string {
  const body = [
    `bundle=${shellWord(bundle)}`,
    'gov="$bundle"',
    '[ -f "$gov" ] || gov="$(git rev-parse --git-common-dir)/../$bundle"',
    ...refusal('[ -f "$gov" ]', '$bundle is not there (npm ci installs it)'),
    ...refusal('command -v node > /dev/null', 'node is not on the PATH'),
    `exec node "$gov" hooks run ${hook}`,
    '',
  ].join('\n');
  return `#!/bin/sh\n# govkit hook ${digest(body)} (gov hooks install wrote it, gov hooks uninstall removes it)\n${body}`;
}

/** Whose a hook is: `ours` as it was written by some version of govkit, `edited` where somebody changed it. */
export function ownerOf(script: string): 'ours' | 'edited' | 'foreign' {
  const [first, second = '', ...rest] = script.split('\n');
  const mark = MARK.exec(second)?.[1];
  if (mark === undefined) return 'foreign';
  return first === '#!/bin/sh' && mark === digest(rest.join('\n')) ? 'ours' : 'edited';
}

/** The bundle that a hook of ours starts. */
export function bundleOf(script: string): string | undefined {
  const word = /^bundle='(.*)'$/m.exec(script)?.[1];
  return word?.replaceAll(`'\\''`, `'`);
}

/** What somebody who has a hook already adds to it. */
export function chainLine(hook: HookName, bundle: string): string {
  return `node ${shellWord(bundle)} hooks run ${hook} || exit 1`;
}

/** Does a foreign hook start ours? */
export function isChained(script: string): boolean {
  return script.split(/\r?\n/).some((line) => !/^\s*#/.test(line) && /\bhooks run pre-/.test(line));
}

function refusal(condition: string, reason: string): string[] {
  return [
    `${condition} || {`,
    `  echo "govkit: ${reason}: nothing was checked, and the commit is refused" >&2`,
    '  exit 1',
    '}',
  ];
}

function digest(body: string): string {
  return sha256(body).slice(0, 12);
}

/** Quoted, so that a shell takes it for one word. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
