import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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
  type StepPlan,
  unknownGround,
  type WpStatus,
  wpStatus,
} from '../../tools/gate/index.ts';
import type { SpecIndex } from '../../tools/spec/index.ts';
import { treeOf } from '../artifacts/memory.ts';
import { baseFiles, baseSpec } from '../checks/base.ts';
import { answered } from '../support/answered.ts';
import { AUDIT, audit, REFINEMENT, ROLES, WP } from './demo.ts';

const templates = join(import.meta.dirname, '..', '..', 'templates');
const template = (name: string): string => readFileSync(join(templates, name), 'utf8');

export type Texts = Record<string, string>;

/** The signature of the one day that the walk takes. */
export const TYPED = 'ilja240220261020';

/** A tree with one stub and everything that a step writes into. */
export function stubTree(change: Texts = {}): Texts {
  return { ...baseFiles(), [AUDIT]: audit(), '.GOV/roles.yaml': ROLES, ...change };
}

/** A repository in which everything is committed, and no other branch or worktree is. */
export const GROUND: Ground = {
  ...unknownGround(Date.parse('2026-02-24T10:45:00Z')),
  committed: () => 'same',
  branches: new Set(['main', `feat/${WP}`]),
  worktrees: [
    { path: '', branch: 'main' },
    { path: `../wt-${WP}`, branch: `feat/${WP}` },
  ],
};

export interface World {
  files: Texts;
  spec?: SpecIndex;
  ground?: Partial<Ground>;
}

export async function dossierIn({ files, spec = baseSpec(), ground = {} }: World): Promise<Dossier> {
  return openDossier(await treeOf(files), spec, WP, undefined, { ...GROUND, ...ground });
}

export async function statusIn({ files, spec = baseSpec(), ground = {} }: World): Promise<WpStatus> {
  return wpStatus(await treeOf(files), spec, WP, undefined, { ...GROUND, ...ground });
}

const by = (role: By['role'], clock: string): By => ({ actor: 'ilja', role, time: `2026-02-24T${clock}Z` });

/** Each step, as it is taken when nothing speaks against it. */
export const STEPS = {
  refine: (dossier: Dossier, text = template('refinement.md')) =>
    planRefine(dossier, by('Orchestrator', '10:00:00'), {
      template: text,
      specSha1: dossier.spec!.sha1,
    }),
  approve: (dossier: Dossier) => planApprove(dossier, by('Operator', '10:10:30')),
  sign: (dossier: Dossier, signature = TYPED) =>
    planSign(dossier, by('Operator', '10:21:00'), { signature, repository: undefined }),
  prepare: (dossier: Dossier) =>
    planPrepare(dossier, by('Orchestrator', '10:30:00'), {
      coder: 'Coder-A',
      branch: `feat/${WP}`,
      worktree: `../wt-${WP}`,
      base: 'b'.repeat(40),
    }),
  create: (dossier: Dossier) =>
    planCreate(dossier, by('Orchestrator', '10:40:00'), { template: template('packet.md') }),
};

export type StepName = keyof typeof STEPS;

/** The files after a plan. One that is refused writes nothing, and ends the walk. */
export function carriedOut(files: Texts, plan: StepPlan): Texts {
  if (plan.unmet.length > 0) throw new Error(plan.unmet.map(({ message }) => message).join('\n'));
  const after = { ...files };
  for (const [path, text] of plan.writes) {
    if (text === undefined) delete after[path];
    else after[path] = text;
  }
  return after;
}

/** The tree after all steps up to this one; the rows that `refine` leaves open are answered. */
export async function walked(last: StepName, files: Texts = stubTree()): Promise<Texts> {
  let now = files;
  for (const [name, plan] of Object.entries(STEPS)) {
    now = carriedOut(now, plan(await dossierIn({ files: now })));
    if (name === 'refine') now = { ...now, [REFINEMENT]: answered(now[REFINEMENT]!) };
    if (name === last) break;
  }
  return now;
}

/** What speaks against a step: its code and the whole sentence. Such a plan writes nothing, which is looked at too. */
export function refusals({ unmet, writes, git, said }: StepPlan): [code: unknown, message: string][] {
  if (writes.size + git.length + said.length > 0) throw new Error('a plan that is refused writes');
  return unmet.map(({ args, message }) => [args.code, message]);
}

export async function refused(name: StepName, files: Texts, ground?: Partial<Ground>) {
  return refusals(STEPS[name](await dossierIn({ files, ...(ground && { ground }) })));
}
