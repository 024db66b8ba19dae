import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { GovTree } from '../../../tools/artifacts/index.ts';
import {
  type By,
  type Dossier,
  type Ground,
  openDossier,
  planApprove,
  planAttest,
  planCreate,
  planPrepare,
  planRefine,
  planSign,
  type StepPlan,
  unknownGround,
} from '../../../tools/gate/index.ts';
import { treeOf } from '../../artifacts/memory.ts';
import { BOARD, baseFiles, baseSpec, REGISTRY, STUB } from '../../checks/base.ts';
import { AUDIT, audit, WP } from '../demo.ts';

export { AUDIT, BOARD, REGISTRY, STUB, WP };
export const REFINEMENT = `.GOV/refinements/${WP}.md`;
export const PACKET = `.GOV/task_packets/${WP}.md`;
export const SIGNATURE = 'ilja010320261200';

const template = (name: string): string =>
  readFileSync(join(import.meta.dirname, '..', '..', '..', 'templates', name), 'utf8');

/** What a person would write into the open rows. */
export function answered(text: string): string {
  return text
    .replaceAll('[ ] <PASS or FAIL>', '[x] PASS')
    .replace('VERDICT: <PASS or FAIL>', 'VERDICT: PASS')
    .replace('<YES or NO>', 'NO')
    .replace('<YES or NO>', 'NO')
    .replace('<LOW, MEDIUM or HIGH>', 'LOW')
    .replace('<fill: one exact file a line>', 'src/demo.ts')
    .replace('<fill, or NONE>', 'NONE')
    .replace(/<fill\b[^\n]*>/g, 'said by a person');
}

/** A tree in memory, and the steps of the gate on it: what a step plans is what the tree then has. */
export class Chain {
  files: Record<string, string>;
  ground: Ground;
  #minutes = 0;

  constructor(files: Record<string, string> = { ...baseFiles(), [AUDIT]: audit() }) {
    this.files = { ...files };
    this.ground = {
      ...unknownGround(Date.UTC(2026, 2, 1, 18)),
      committed: () => 'same',
      branches: new Set(['main']),
    };
  }

  /** The same tree, going on by itself: another branch. */
  branched(): Chain {
    const other = new Chain(this.files);
    other.#minutes = this.#minutes + 1;
    other.ground = this.ground;
    return other;
  }

  tree(): Promise<GovTree> {
    return treeOf(this.files);
  }

  async dossier(wpId = WP): Promise<Dossier> {
    return openDossier(await this.tree(), baseSpec(), wpId, undefined, this.ground);
  }

  by(role: By['role'] = 'Operator'): By {
    this.#minutes += 1;
    const time = new Date(Date.UTC(2026, 2, 1, 8, this.#minutes)).toISOString().replace('.000Z', 'Z');
    return { actor: 'ilja', role, time };
  }

  /** Carries a plan out, or says why not. */
  take(plan: StepPlan): StepPlan {
    for (const [path, text] of plan.writes) {
      if (text === undefined) delete this.files[path];
      else this.files[path] = text;
    }
    for (const action of plan.git) {
      if (!('name' in action)) continue;
      const branches = new Set(this.ground.branches);
      if (action.kind === 'branch') branches.add(action.name);
      else branches.delete(action.name);
      this.ground = { ...this.ground, branches };
    }
    return plan;
  }

  async step(plan: (dossier: Dossier, by: By) => StepPlan, wpId = WP): Promise<StepPlan> {
    return this.take(plan(await this.dossier(wpId), this.by()));
  }

  async done(plan: (dossier: Dossier, by: By) => StepPlan, wpId = WP): Promise<StepPlan> {
    const made = await this.step(plan, wpId);
    expect(made.unmet.map(({ message }) => message)).toEqual([]);
    expect(made.done).toBeUndefined();
    return made;
  }

  /** The steps of the chain up to one of them. */
  async upTo(last: keyof typeof STEPS, wpId = WP): Promise<this> {
    for (const [name, step] of Object.entries(STEPS)) {
      await step(this, wpId);
      if (name === last) break;
    }
    return this;
  }

  entries(wpId = WP): string[] {
    return Object.keys(this.files)
      .filter((path) => path.startsWith(`.GOV/ledger/${wpId}/`))
      .sort()
      .map((path) => /\d+-([a-z]+)-/.exec(path)![1]!);
  }

  /** All but the ledger. */
  documents(): Record<string, string> {
    return Object.fromEntries(Object.entries(this.files).filter(([path]) => !path.includes('/ledger/')));
  }
}

export const refine = (dossier: Dossier, by: By): StepPlan =>
  planRefine(dossier, by, { template: template('refinement.md'), specSha1: baseSpec().files[0]!.sha1 });

export const sign =
  (signature = SIGNATURE) =>
  (dossier: Dossier, by: By): StepPlan =>
    planSign(dossier, by, { signature, repository: undefined });

export const prepare = (dossier: Dossier, by: By): StepPlan =>
  planPrepare(dossier, by, {
    coder: 'Coder-A',
    branch: `feat/${dossier.wpId}`,
    worktree: `../wt-${dossier.wpId}`,
    base: 'a'.repeat(40),
  });

export const create = (dossier: Dossier, by: By): StepPlan =>
  planCreate(dossier, by, { template: template('packet.md') });

export const attest =
  (reason = 'read them all') =>
  (dossier: Dossier, by: By): StepPlan =>
    planAttest(dossier, by, {
      item: { index: 1, intent: 'other', text: 'Feed the cat.' },
      reason,
    });

const STEPS = {
  refine: async (chain: Chain, wpId: string): Promise<void> => {
    await chain.done(refine, wpId);
    const path = `.GOV/refinements/${wpId}.md`;
    chain.files[path] = answered(chain.files[path]!);
  },
  approve: (chain: Chain, wpId: string) => chain.done(planApprove, wpId),
  sign: (chain: Chain, wpId: string) => chain.done(sign(wpId === WP ? SIGNATURE : 'ilja010320261300'), wpId),
  prepare: (chain: Chain, wpId: string) => chain.done(prepare, wpId),
  create: (chain: Chain, wpId: string) => chain.done(create, wpId),
} as const;
