export { commitSnapshot, indexSnapshot, openGit } from './git.ts';
export { type Edits, plannedSnapshot } from './planned.ts';
export { type Snapshot, UnreadableFile, type UnreadableReason, unreadableText } from './snapshot.ts';
export { worktreeSnapshot } from './worktree.ts';
