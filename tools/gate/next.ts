/**
 * What comes next, by step. Each is a command that can be typed as it stands, but for what stands in braces, which
 * only a person knows.
 */
export const nextStep = {
  refine: (wpId: string): string => `just record-refinement ${wpId}`,
  provide: (specFile: string): string =>
    `put ${specFile} back into the tree, or fetch the history that has it (git fetch --unshallow)`,
  approve: (wpId: string): string => `just approve-refinement ${wpId}`,
  sign: (wpId: string, signature = '{username}{DDMMYYYYHHMM}'): string =>
    `just record-signature ${wpId} ${signature}`,
  prepare: (wpId: string): string => `just record-prepare ${wpId}`,
  create: (wpId: string): string => `just create-task-packet ${wpId}`,
  waive: (wpId: string, blocker: string): string =>
    `just waive ${wpId} ${blocker} --reason {reason} --until {YYYY-MM-DD}`,
  attest: (wpId: string, index: number): string => `just attest ${wpId} ${index} --reason {reason}`,
  revise: (wpId: string): string => `gov wp revise ${wpId} --reason {reason}`,
  settle: (wpId: string): string => `gov wp settle ${wpId}`,
  sync: (): string => 'gov wp sync',
  align: (file: string): string => `bring ${file} in line`,
  restore: (commit: string, path: string): string =>
    `git checkout ${commit.slice(0, 12)} -- ${/^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`}`,
  unshallow: (): string => 'git fetch --unshallow',
  commit: (path: string): string =>
    `git add ${path.slice(0, path.indexOf('/'))} && git commit -m "Activate a work packet"`,
  check: (): string => 'gov check',
  resolve: (): string => 'gov spec resolve --stubs',
  status: (wpId: string): string => `gov wp status ${wpId}`,
} as const;
