/**
 * What comes next, by step. A command stands here once it exists: whoever is told to type something must be
 * able to. The other steps are still done by hand, and say so in words.
 */
export const nextStep = {
  refine: (wpId: string): string => `just record-refinement ${wpId}`,
  complete: (refinementPath: string): string => `complete ${refinementPath}`,
  provide: (specFile: string): string =>
    `put ${specFile} back into the tree, or fetch the history that has it (git fetch --unshallow)`,
  approve: (refinementPath: string): string =>
    `show the block to the Operator, who approves it in ${refinementPath} (USER_APPROVAL_EVIDENCE)`,
  sign: (refinementPath: string): string =>
    `ask the Operator for a signature in ${refinementPath} (USER_SIGNATURE)`,
  prepare: (wpId: string): string => `prepare branch and worktree of ${wpId}`,
  create: (packetPath: string): string => `write ${packetPath}`,
  align: (file: string): string => `bring ${file} in line`,
  judge: (): string => 'a person has to judge this',
  status: (wpId: string): string => `gov wp status ${wpId}`,
} as const;
