import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type By,
  type Dossier,
  type Ground,
  planApprove,
  planCreate,
  planPrepare,
  planRefine,
  planSign,
  type StepPlan,
} from '../../../tools/gate/index.ts';
import { baseFiles, baseSpec } from '../../checks/base.ts';
import { AUDIT, audit, demoGround, dossierOf, REFINEMENT, ROLES, WP } from '../demo.ts';

const templates = join(import.meta.dirname, '..', '..', '..', 'templates');
const template = (name: string): string => readFileSync(join(templates, name), 'utf8');

export const SIGNED = 'ilja240220261020';
export const BASE = 'b'.repeat(40);
export const FIRST = 'f'.repeat(40);

/** Who records, at a time of the one day that the demo takes. */
export const by = (role: By['role'], clock = '10:00:00'): By => ({
  actor: 'ilja',
  role,
  time: `2026-02-24T${clock}Z`,
});

/** What each step of the demo is told, so that a test changes one thing of it. */
export const INPUT = {
  refine: { template: template('refinement.md'), specSha1: baseSpec().files[0]!.sha1 },
  sign: { signature: SIGNED, repository: FIRST },
  prepare: { coder: 'Coder-A', branch: `feat/${WP}`, worktree: `../wt-${WP}`, base: BASE },
  create: { template: template('packet.md') },
};

const STEPS = {
  refine: (dossier: Dossier) => planRefine(dossier, by('Orchestrator', '10:00:00'), INPUT.refine),
  approve: (dossier: Dossier) => planApprove(dossier, by('Operator', '10:10:30')),
  sign: (dossier: Dossier) => planSign(dossier, by('Operator', '10:21:00'), INPUT.sign),
  prepare: (dossier: Dossier) => planPrepare(dossier, by('Orchestrator', '10:30:00'), INPUT.prepare),
  create: (dossier: Dossier) => planCreate(dossier, by('Orchestrator', '10:40:00'), INPUT.create),
};

export type Step = keyof typeof STEPS;
export type Texts = Record<string, string>;

/** A governed tree with one stub, before its first step. */
export function stubFiles(): Texts {
  return { ...baseFiles(), [AUDIT]: audit(), '.GOV/roles.yaml': ROLES };
}

/** The files as they are when a plan was carried out. */
export function carriedOut(files: Texts, plan: StepPlan): Texts {
  if (plan.unmet.length > 0) throw new Error(plan.unmet.map(({ message }) => message).join('\n'));
  const after = { ...files };
  for (const [path, text] of plan.writes) {
    if (text === undefined) delete after[path];
    else after[path] = text;
  }
  return after;
}

/** The demo up to and with a step; the refinement is answered after it was written. */
export async function taken(
  step: Step,
  start: Texts = stubFiles(),
  answer: (text: string) => string = (text) => text,
): Promise<Texts> {
  let files = start;
  for (const [name, plan] of Object.entries(STEPS)) {
    files = carriedOut(files, plan(await dossierOf(files)));
    if (name === 'refine') files = { ...files, [REFINEMENT]: answer(answered(files[REFINEMENT]!)) };
    if (name === step) return files;
  }
  return files;
}

/** What a person would write into the rows that the scaffold leaves open. */
export function answered(text: string): string {
  const answers: Record<string, string> = {
    CLEARLY_COVERS_VERDICT: 'PASS',
    AMBIGUITY_FOUND: 'NO',
    AMBIGUITY_REASON: 'NONE',
    ENRICHMENT_NEEDED: 'NO',
    RISK_TIER: 'LOW',
  };
  return text
    .replaceAll('[ ] <PASS or FAIL>', '[x] PASS')
    .replace('<fill: one exact file a line>', 'src/demo.ts')
    .replace('<fill: a command that shows it>', 'npm test')
    .replace(/^(- (\w+): )<[^\n]*>$/gm, (whole, head: string, key: string) =>
      answers[key] === undefined ? whole : head + answers[key],
    )
    .replace(/<fill[^\n]*>$/gm, 'as the section says');
}

/** A tree as a step sees it. */
export async function seen(files: Texts, ground: Partial<Ground> = {}): Promise<Dossier> {
  return dossierOf(files, demoGround(ground));
}

/** What speaks against a step: its code, where, and the whole sentence. */
export function refusals({ unmet }: StepPlan): [code: unknown, at: string, message: string][] {
  return unmet.map(({ args, place, message }) => [args.code, `${place.file}:${place.line}`, message]);
}
