import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseCall } from '../../tools/cli/args.ts';
import { commands } from '../../tools/cli/table.ts';
import { nextStep } from '../../tools/gate/next.ts';

const recipes = readFileSync(join(import.meta.dirname, '..', '..', 'templates', 'gov.just'), 'utf8');
const WP = 'WP-1-Demo-v1';

const steps: Record<keyof typeof nextStep, string> = {
  refine: nextStep.refine(WP),
  provide: nextStep.provide('Demo_Spec_v02.137.md'),
  approve: nextStep.approve(WP),
  sign: nextStep.sign(WP),
  prepare: nextStep.prepare(WP),
  create: nextStep.create(WP),
  waive: nextStep.waive(WP, 'WP-1-Core-v1'),
  attest: nextStep.attest(WP, 6),
  settle: nextStep.settle(WP),
  sync: nextStep.sync(),
  align: nextStep.align('.GOV/roles_shared/TASK_BOARD.md'),
  commit: nextStep.commit(`.GOV/task_packets/${WP}.md`),
  status: nextStep.status(WP),
};

/** What no command can do: a file that is not here, and a document of a packet that has no ledger. */
const SENTENCES = new Set<string>([steps.provide, steps.align]);

it.each(Object.entries(steps))('G39: the next step %s is a command that exists: %s', (_, step) => {
  const [program, ...words] = step.split(' ');
  if (program === 'gov') expect(parseCall(words, commands).command).toBeDefined();
  else if (program === 'just') expect(recipes).toMatch(new RegExp(`^${words[0]} `, 'm'));
  else if (program === 'git') expect(step).toBe('git add .GOV && git commit -m "Activate a work packet"');
  else expect(SENTENCES).toContain(step);
});
