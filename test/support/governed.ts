import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from '../../tools/checks/index.ts';
import { BOARD, baseFiles, readBase, SPEC } from '../checks/base.ts';
import { type Repository, repositoryIn, temporaryFolder } from './repository.ts';

/** A governed tree in which nothing is wrong, its spec included. */
export function governedFiles(): Record<string, string> {
  return {
    ...baseFiles(),
    // The base has one clause in a template, which is told as a warning.
    [SPEC]: readBase('spec.md').replace(/^```md\n[\s\S]*?^```\n/m, ''),
    '.GOV/roles_shared/SPEC_CURRENT.md': `# SPEC_CURRENT\n\nThe current authoritative Master Specification is:\n\n**${SPEC}**\n`,
  };
}

/** A board with an error of its own: a token that nobody knows. */
export function boardWith(...tokens: string[]): string {
  return `${readBase('board.md')}\n${tokens.map((token, at) => `- **[WP-1-Extra-${at}-v1]** - [${token}]\n`).join('')}`;
}

/** A repository of it, in a path with a blank and letters that are no ASCII. */
export function governedRepository(files: Record<string, string | Uint8Array> = {}): Repository {
  const root = join(temporaryFolder(), 'Übung § 漢');
  mkdirSync(root);
  const repository = repositoryIn(root);
  repository.commit({ ...governedFiles(), ...files });
  return repository;
}

/** As a clean run tells it: new rules come with other work. */
export const RULE_COUNT = `${RULES.length} rules`;

export { BOARD, SPEC };
