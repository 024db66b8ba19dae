import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import {
  type By,
  type Dossier,
  type Ground,
  openDossier,
  planApprove,
  planCreate,
  planPrepare,
  planRefine,
  planSign,
  planWaive,
  type StepPlan,
  unknownGround,
} from '../../tools/gate/index.ts';
import { treeOf } from '../artifacts/memory.ts';
import { baseFiles, baseSpec, STUB } from '../checks/base.ts';
import { AUDIT, audit, REFINEMENT, WP } from './demo.ts';

const templates = join(import.meta.dirname, '..', '..', 'templates');
const template = (name: string): string => readFileSync(join(templates, name), 'utf8');

/** Noon of the day on which everything happens. */
export const NOON = Date.parse('2026-03-01T12:00:00Z');
export const BRANCH = `feat/${WP}`;

/** A repository in which everything is committed, with branch and worktree of the packet. */
export const ground: Ground = {
  ...unknownGround(NOON),
  committed: () => 'same',
  branches: new Set(['main', BRANCH]),
  worktrees: [{ path: `../wt-${WP}`, branch: BRANCH }],
};

export const ROLES =
  'roles:\n  Coder:\n    capabilities: [fs.read, proc.exec]\n    default_lane: SUBAGENT\n  Validator:\n    capabilities: [fs.read]\n    default_lane: VALIDATION\n';

/** As the Operator at that minute. */
function by(minute: number): By {
  return { actor: 'ilja', role: 'Operator', time: `2026-03-01T11:${String(minute).padStart(2, '0')}:00Z` };
}

type Files = Record<string, string>;

/** The files after one step, which has to be possible. */
export async function taken(files: Files, plan: (dossier: Dossier) => StepPlan): Promise<Files> {
  const { unmet, writes } = plan(openDossier(await treeOf(files), baseSpec(), WP, undefined, ground));
  expect(unmet.map(({ message }) => message)).toEqual([]);
  const after = { ...files };
  for (const [path, text] of writes) {
    if (text === undefined) delete after[path];
    else after[path] = text;
  }
  return after;
}

/** What the template leaves for a person. */
function filled(text: string): string {
  let key = '';
  return text
    .split('\n')
    .map((line) => {
      key = /^- ([A-Z_]+):/.exec(line)?.[1] ?? key;
      if (line.includes('USER_')) return line;
      return line
        .replace('[ ] <PASS or FAIL>', '[x] PASS')
        .replace('<PASS or FAIL>', 'PASS')
        .replace('<YES or NO>', 'NO')
        .replace('<LOW, MEDIUM or HIGH>', 'LOW')
        .replace(/<.*>$/, key === 'IN_SCOPE_PATHS' ? 'src/demo.ts' : 'NONE: looked at');
    })
    .join('\n');
}

/** A tree before each of its steps, in order; the last one is open. */
export async function stages(
  options: { blockedBy?: string; until?: string } = {},
): Promise<Record<'stub' | 'refined' | 'approved' | 'signed' | 'prepared' | 'created', Files>> {
  const { blockedBy, until = '2026-03-31' } = options;
  const stub: Files = { ...baseFiles(), [AUDIT]: audit(), '.GOV/roles.yaml': ROLES };
  if (blockedBy !== undefined)
    stub[STUB] = stub[STUB]!.replace('nothing that has an id.', `\`${blockedBy}\`.`);
  const written = await taken(stub, (dossier) =>
    planRefine(dossier, by(0), { template: template('refinement.md'), specSha1: baseSpec().sha1 }),
  );
  const refined = { ...written, [REFINEMENT]: filled(written[REFINEMENT]!) };
  let approved = await taken(refined, (dossier) => planApprove(dossier, by(1)));
  if (blockedBy !== undefined)
    approved = await taken(approved, (dossier) =>
      planWaive(dossier, by(2), { blocker: blockedBy, reason: 'in the code', until }),
    );
  const signed = await taken(approved, (dossier) =>
    planSign(dossier, by(3), { signature: 'ilja010320261105', repository: undefined }),
  );
  const place = { coder: 'Coder-A', branch: BRANCH, worktree: `../wt-${WP}`, base: 'a'.repeat(40) };
  const prepared = await taken(signed, (dossier) => planPrepare(dossier, by(6), place));
  const created = await taken(prepared, (dossier) =>
    planCreate(dossier, by(7), { template: template('packet.md') }),
  );
  return { stub, refined, approved, signed, prepared, created };
}
