import {
  defaultLayout,
  type LedgerDraft,
  type LedgerKind,
  ledgerFile,
  readTree,
} from '../../../tools/artifacts/index.ts';
import { defaultConfig } from '../../../tools/config/index.ts';
import type { Ground } from '../../../tools/gate/ground/ground.ts';
import { type GroundOptions, readGround } from '../../../tools/gate/ground/read.ts';
import { worktreeSnapshot } from '../../../tools/snapshot/index.ts';
import { draftOf } from '../../artifacts/ledger/entries.ts';

export const WP = 'WP-1-A-v1';
export const OTHER = 'WP-1-B-v1';
export const SIGNATURE = 'ilja240220260400';

/** The ground of what lies in a folder. */
export async function groundOf(root: string, more: Partial<GroundOptions> = {}): Promise<Ground> {
  const snapshot = worktreeSnapshot(root);
  const layout = more.layout ?? defaultLayout();
  return readGround({
    root,
    tree: await readTree(snapshot, { layout }),
    layout,
    config: defaultConfig,
    policy: snapshot,
    now: 0,
    ...more,
  });
}

/** A ledger entry as a file of the tree. */
export function entry<K extends LedgerKind>(
  kind: K,
  more: Partial<LedgerDraft<K>> = {},
): Record<string, string> {
  const { path, text } = ledgerFile('.GOV', draftOf(kind, more));
  return { [path]: text };
}

export function refinement(wpId: string, signature: string): Record<string, string> {
  return {
    [`.GOV/refinements/${wpId}.md`]: `### METADATA\n- WP_ID: ${wpId}\n- USER_SIGNATURE: ${signature}\n### SPEC_ANCHORS\n#### ANCHOR 1\n- SPEC_ANCHOR: x\n`,
  };
}

export function packet(wpId: string, signature: string, more = ''): Record<string, string> {
  return {
    [`.GOV/task_packets/${wpId}.md`]: `# Task Packet: ${wpId}\n\n## METADATA\n- WP_ID: ${wpId}\n- USER_SIGNATURE: ${signature}\n\n## SCOPE\n${more}\n`,
  };
}

/** What was found where, in a line each. */
export const entriesOf = ({ entries }: Ground): string[] =>
  entries.map(({ where, what }) => `${where}: ${what.wpId} ${what.kind}`);

export const usesOf = ({ uses }: Ground): string[] =>
  uses.map(({ where, what }) => `${where}: ${what.signature} ${what.kind} ${what.wpIds.join()}`);
