export { askGit } from './ask-git.ts';
export { type Cache, openCache } from './cache.ts';
export { blobSnapshots, commitSnapshot, indexSnapshot, knownCommitSnapshot } from './git.ts';
export { gitCommonFolder, gitFolderAt } from './git-folder.ts';
export { gitState, type HistoricFile, type HistoricFiles, historicFiles } from './history.ts';
export { MemoryCache } from './memory-cache.ts';
export { type Edits, plannedSnapshot } from './planned.ts';
export { baseBranch, mergeBase, parentCommits } from './references.ts';
export { GitError, gitError, openGit, runGit } from './run-git.ts';
export {
  LARGEST_FILE,
  type Snapshot,
  UnreadableFile,
  type UnreadableReason,
  unreadableName,
  unreadableText,
} from './snapshot.ts';
export { worktreeSnapshot } from './worktree.ts';
export { type Worktree, worktreesOf } from './worktrees.ts';
