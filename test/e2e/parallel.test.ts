import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Activation, SPANS, SPAWN } from '../support/activation.ts';

const HUNDRED = Array.from({ length: 100 }, (_, at) => at);

interface Entry {
  name: string;
  kind: string;
  parents: string[];
  data: { reason?: string };
}

function entriesOf({ root }: Activation, wpId: string): Entry[] {
  const folder = join(root, '.GOV', 'ledger', wpId);
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name, ...JSON.parse(readFileSync(join(folder, name), 'utf8')) }));
}

/** Each follows the one before it, and no other. */
function isLinear(entries: readonly Entry[]): boolean {
  return entries.every(({ name, parents }, at) => {
    const before = entries[at - 1];
    const hash = /-([0-9a-f]{16})\.json$/.exec(before?.name ?? '')?.[1];
    const follows =
      hash === undefined ? parents.length === 0 : parents.length === 1 && parents[0]!.startsWith(hash);
    return follows && name.startsWith(`${String(at + 1).padStart(4, '0')}-`);
  });
}

it('a hundred words at once, on two packets: a hundred entries, each after another', {
  timeout: 300_000,
}, async () => {
  const repo = await Activation.begin();
  for (const wpId of [SPAWN, SPANS]) {
    const path = join('.GOV', 'task_packets', 'stubs', `${wpId}.md`);
    repo.write(path, `${repo.read(path).trimEnd()}\n- [ ] Ask the neighbours.\n`);
  }
  const ended = await Promise.all(
    HUNDRED.map((at) =>
      repo.try(['gov', 'wp', 'attest', at % 2 === 0 ? SPAWN : SPANS, '8', '--reason', `neighbour ${at}`]),
    ),
  );
  expect(ended.filter(({ code }) => code !== 0)).toEqual([]);
  const reasons: (string | undefined)[] = [];
  for (const wpId of [SPAWN, SPANS]) {
    const entries = entriesOf(repo, wpId);
    expect(entries.length).toBe(50);
    expect(entries.every(({ kind }) => kind === 'attest')).toBe(true);
    expect(isLinear(entries)).toBe(true);
    reasons.push(...entries.map(({ data }) => data.reason));
  }
  expect(new Set(reasons)).toEqual(new Set(HUNDRED.map((at) => `neighbour ${at}`)));
  const { findings } = await repo.json('gov', 'check');
  expect(findings.filter(({ severity }: { severity: string }) => severity === 'error')).toEqual([]);
  expect(readdirSync(join(repo.root, '.git', 'govkit')).filter((name) => name !== 'cache')).toEqual([]);
});

it('twelve that refine one packet at once: one writes, eleven say that it is done', {
  timeout: 120_000,
}, async () => {
  const repo = await Activation.begin();
  const ended = await Promise.all(
    Array.from({ length: 12 }, () => repo.try(['gov', 'wp', 'refine', SPAWN, '--json'])),
  );
  expect(ended.map(({ code }) => code)).toEqual(Array(12).fill(0));
  const answers = ended.map(({ out }) => JSON.parse(out));
  expect(answers.filter(({ applied }) => applied).length).toBe(1);
  expect(answers.filter(({ done }) => done === `.GOV/refinements/${SPAWN}.md is recorded`).length).toBe(11);
  expect(entriesOf(repo, SPAWN).map(({ kind }) => kind)).toEqual(['refine']);
});
