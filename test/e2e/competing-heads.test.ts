import { expect, it } from 'vitest';
import { Activation, commandsOf, nextOf, SPAWN } from '../support/activation.ts';

const ATTEST = ['gov', 'wp', 'attest', SPAWN, '8', '--reason'];

/** A repository with a refinement that is filled in and committed, and an item that a human answers for. */
async function refined(): Promise<Activation> {
  const repo = await Activation.begin();
  const stub = `.GOV/task_packets/stubs/${SPAWN}.md`;
  repo.write(stub, `${repo.read(stub).trimEnd()}\n- [ ] Ask the neighbours.\n`);
  const { open } = await repo.json('just', 'record-refinement', SPAWN);
  repo.answer(SPAWN, open);
  await commit(repo, 'refine');
  return repo;
}

async function commit(repo: Activation, message: string): Promise<void> {
  await repo.git('add', '--all');
  await repo.git('commit', '--quiet', '--message', message);
}

/** Two branches that each go on with the packet, merged by git alone. */
async function merged(repo: Activation, ours: string[][], theirs: string[][]): Promise<void> {
  await repo.git('switch', '--quiet', '-c', 'theirs');
  for (const words of theirs) await repo.done(words);
  await commit(repo, 'theirs');
  await repo.git('switch', '--quiet', 'main');
  for (const words of ours) await repo.done(words);
  await commit(repo, 'ours');
  await repo.git('merge', '--quiet', '--no-edit', 'theirs');
  expect(await repo.git('status', '--porcelain')).toBe('');
}

async function competes(repo: Activation): Promise<void> {
  const { findings } = await repo.json('just', 'gov-check');
  const rules = findings
    .filter(({ severity }: { severity: string }) => severity === 'error')
    .map(({ rule }: { rule: string }) => rule);
  expect(new Set(rules)).toEqual(new Set(['ledger/heads-compete', 'ledger/sequence-repeated']));
  const status = await repo.try(['just', 'activation', SPAWN]);
  expect(status.code).toBe(1);
  expect(nextOf(status.out)).toBe(`gov wp settle ${SPAWN}`);
}

async function hasNoError(repo: Activation): Promise<void> {
  const { findings } = await repo.json('just', 'gov-check');
  expect(findings.filter(({ severity }: { severity: string }) => severity === 'error')).toEqual([]);
}

it.concurrent('words on two branches merge without a conflict, and are settled as they stand', {
  timeout: 120_000,
}, async () => {
  const repo = await refined();
  await merged(repo, [[...ATTEST, 'the left one']], [[...ATTEST, 'the right one']]);
  await competes(repo);
  const refused = await repo.try(['just', 'approve-refinement', SPAWN]);
  expect(refused.code).toBe(1);
  expect(refused.out).toContain(`gov wp settle ${SPAWN}`);
  const settled = await repo.done(commandsOf(nextOf(refused.out)!)[0]!);
  expect(settled).toContain('settled 2 heads; ');
  await hasNoError(repo);
  const { items } = await repo.json('just', 'activation', SPAWN);
  expect(items[7].state).toBe('ATTESTED');
  expect(
    items[7].evidence.map(({ detail }: { detail: string }) => /: (the \w+ one);/.exec(detail)?.[1]),
  ).toEqual(expect.arrayContaining(['the left one', 'the right one']));
  expect(nextOf(settled)).toBe(`just approve-refinement ${SPAWN}`);
  const approved = await repo.done(commandsOf(nextOf(settled)!)[0]!);
  expect(nextOf(approved)).toBe(`just record-signature ${SPAWN} {username}{DDMMYYYYHHMM}`);
  await repo.done(commandsOf(nextOf(approved)!)[0]!);
});

it.concurrent('steps on two branches merge without a conflict, and somebody says which line goes on', {
  timeout: 120_000,
}, async () => {
  const repo = await refined();
  const approve = ['just', 'approve-refinement', SPAWN, '--actor'];
  await merged(repo, [[...approve, 'ann']], [[...approve, 'ben']]);
  await competes(repo);
  const asked = await repo.try(['gov', 'wp', 'settle', SPAWN]);
  expect(asked.code).toBe(1);
  expect(asked.out).toContain(
    'Unexpected 2 lines of steps, expected --keep with the head of the one that goes on',
  );
  const heads = [...asked.out.matchAll(/([0-9a-f]{12}) \(approve/g)].map(([, hash]) => hash!);
  expect(heads.length).toBe(2);
  const settled = await repo.done(['gov', 'wp', 'settle', SPAWN, '--keep', heads[0]!]);
  await hasNoError(repo);
  expect(nextOf(settled)).toBe(`just record-signature ${SPAWN} {username}{DDMMYYYYHHMM}`);
  await repo.done(commandsOf(nextOf(settled)!)[0]!);
  expect(await repo.done(['gov', 'wp', 'settle', SPAWN])).toContain(
    `nothing to do · the ledger of ${SPAWN} has one head`,
  );
});
