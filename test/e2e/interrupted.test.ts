import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { Activation, SCHEDULER, SPAWN, wordsOf } from '../support/activation.ts';

/** Every k of every step; without it some of each. */
const LONG = process.env.GOVKIT_LONG === '1';
const BOARD = '.GOV/roles_shared/TASK_BOARD.md';

interface Step {
  name: string;
  /** It may have to name what is there. */
  words(repo: Activation): string[] | Promise<string[]>;
  /** What the step begins with: each is made once, out of the one before it, and copied. */
  begin(): Promise<Activation>;
  /** A file that it writes. */
  writes: RegExp;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** The repository as it is before a step, made by the steps before. */
function after(before: () => Promise<Activation>, ...commands: string[][]): () => Promise<Activation> {
  return once(async () => {
    const repo = await (await before()).copy();
    for (const words of commands) await repo.done(words);
    return repo;
  });
}

const STEPS = {
  refine: ['gov', 'wp', 'refine', SPAWN],
  approve: ['gov', 'wp', 'approve', SPAWN],
  waive: wordsOf(`gov wp waive ${SPAWN} ${SCHEDULER} --reason {reason} --until {YYYY-MM-DD}`),
  sign: wordsOf(`gov wp sign ${SPAWN} {username}{DDMMYYYYHHMM}`),
  prepare: ['gov', 'wp', 'prepare', SPAWN],
  create: ['gov', 'wp', 'create', SPAWN],
  attest: ['gov', 'wp', 'attest', SPAWN, '8', '--reason', 'asked and answered'],
  undo: ['gov', 'wp', 'undo', SPAWN],
  sync: ['gov', 'wp', 'sync'],
};

const begun = once(async () => {
  const repo = await Activation.begin();
  const path = `.GOV/task_packets/stubs/${SPAWN}.md`;
  // An item that no rule knows is a human's to answer for.
  writeFileSync(join(repo.root, path), `${repo.read(path).trimEnd()}\n- [ ] Ask the neighbours.\n`);
  await repo.git('commit', '--quiet', '--all', '--message', 'ask the neighbours');
  return repo;
});
const refined = once(async () => {
  const repo = await (await begun()).copy();
  const { open } = await repo.json(...STEPS.refine);
  repo.answer(SPAWN, open);
  return repo;
});
const approved = after(refined, STEPS.approve);
const waived = after(approved, STEPS.waive);
const signed = after(waived, STEPS.sign);
const prepared = after(signed, STEPS.prepare, STEPS.attest);
const created = after(prepared, STEPS.create);
const drifted = once(async () => {
  const repo = await (await created()).copy();
  for (const path of [BOARD, `.GOV/task_packets/stubs/${SPAWN}.md`])
    writeFileSync(
      join(repo.root, path),
      repo.read(path).replace('[READY_FOR_DEV]', '[DONE]').replaceAll('- [x]', '- [ ]'),
    );
  return repo;
});

/** One entry, by its name: so that a further run has nothing left to take back. */
function undoOf(kind: string): (repo: Activation) => string[] {
  return ({ root }) => {
    const names = readdirSync(join(root, '.GOV', 'ledger', SPAWN));
    const name = names.find((each) => each.includes(`-${kind}-`))!;
    return [...STEPS.undo, '--entry', /-([0-9a-f]{16})\.json$/.exec(name)![1]!];
  };
}

const GRID: Step[] = [
  { name: 'refine', words: () => STEPS.refine, begin: begun, writes: /^\.GOV\/refinements\// },
  { name: 'approve', words: () => STEPS.approve, begin: refined, writes: /^\.GOV\/refinements\// },
  { name: 'waive', words: () => STEPS.waive, begin: approved, writes: /^\.GOV\/ledger\// },
  { name: 'sign', words: () => STEPS.sign, begin: waived, writes: /SIGNATURE_AUDIT/ },
  { name: 'prepare', words: () => STEPS.prepare, begin: signed, writes: /^\.GOV\/ledger\// },
  { name: 'attest', words: () => STEPS.attest, begin: signed, writes: /^\.GOV\/ledger\// },
  { name: 'create', words: () => STEPS.create, begin: prepared, writes: /TASK_BOARD/ },
  { name: 'undo', words: undoOf('create'), begin: created, writes: /TASK_BOARD/ },
  { name: 'undo of prepare', words: undoOf('prepare'), begin: prepared, writes: /^\.GOV\/ledger\// },
  { name: 'sync', words: () => STEPS.sync, begin: drifted, writes: /TASK_BOARD/ },
];

/** What is left beside the files: temporary ones, the lock, the journal. */
function leftovers({ outer, root }: Activation): string[] {
  const folder = join(root, '.git', 'govkit');
  const own = existsSync(folder) ? readdirSync(folder).filter((name) => /^(?:lock|journal)/.test(name)) : [];
  const all = readdirSync(outer, { recursive: true, encoding: 'utf8' });
  return [...own, ...all.filter((path) => path.endsWith('.tmp'))];
}

/** Ends the step after its k-th write. */
async function kill(repo: Activation, words: readonly string[], k: number): Promise<void> {
  const { signal, out, err } = await repo.try(words, { GOVKIT_FAILPOINT: String(k) });
  expect(signal, `k = ${k}: ${out}${err}`).toBe('SIGKILL');
}

/** Lock, journal, whatever git and the files need, and the journal taken away. */
async function writesOf(repo: Activation, words: readonly string[]): Promise<number> {
  const { writes, git } = await repo.json(...words, '--dry-run');
  return 3 + writes.length + git.length;
}

it.concurrent.each(GRID)(
  '$name: killed after any of its writes, the next run completes it or does it, and a further one does nothing',
  { timeout: 300_000 },
  async ({ words: wordsFrom, begin }) => {
    const before = await begin();
    const words = await wordsFrom(before);
    const all = await writesOf(before, words);
    expect(all).toBeGreaterThanOrEqual(4);
    const whole = await before.copy();
    const start = await whole.state();
    await whole.done(words);
    const end = await whole.state();
    expect(end).not.toEqual(start);
    expect(await whole.done(words)).toContain('nothing to do · ');
    expect(await whole.state()).toEqual(end);
    const every = Array.from({ length: all }, (_, at) => at + 1);
    for (const k of LONG ? every : new Set([2, 3, Math.ceil(all / 2) + 1, all])) {
      const repo = await before.copy();
      await kill(repo, words, k);
      const again = await repo.done(words);
      expect(await repo.state(), `k = ${k}: ${again}`).toEqual(end);
      expect(leftovers(repo), `k = ${k}`).toEqual([]);
    }
    if (LONG) {
      const { signal } = await (await before.copy()).try(words, { GOVKIT_FAILPOINT: String(all + 1) });
      expect(signal).toBeNull();
    }
  },
);

it.concurrent('a kill before anything was written leaves a lock that the next run takes over', {
  timeout: 120_000,
}, async () => {
  const repo = await (await begun()).copy();
  const start = await repo.state();
  await kill(repo, STEPS.refine, 1);
  expect(leftovers(repo)).toEqual(['lock']);
  expect(await repo.state()).toEqual(start);
  await repo.done(STEPS.refine);
  expect(leftovers(repo)).toEqual([]);
});

it.concurrent('undo without an entry takes back one step, though it was killed in between', {
  timeout: 120_000,
}, async () => {
  const before = await created();
  const repo = await before.copy();
  await kill(repo, STEPS.undo, 4);
  const out = await repo.done(STEPS.undo);
  expect(out).toContain(
    `completed the interrupted "undo" of ${SPAWN}\nnothing to do · it was interrupted, and is completed`,
  );
  const whole = await before.copy();
  await whole.done(STEPS.undo);
  expect(await repo.state()).toEqual(await whole.state());
});

it.concurrent.each([2, 3, 4, 5, 6, 7, 8])(
  'killed while its file %i gets its name, no temporary file is left by the next run',
  { timeout: 120_000 },
  async (at) => {
    const before = await prepared();
    const repo = await before.copy();
    const hook = join(repo.outer, 'kill.cjs');
    writeFileSync(
      hook,
      `const fs = require('node:fs/promises');
       const { syncBuiltinESMExports } = require('node:module');
       let named = 0;
       for (const name of ['link', 'rename']) {
         const real = fs[name];
         fs[name] = async (...args) => {
           if (++named === ${at}) process.kill(process.pid, 'SIGKILL');
           return real(...args);
         };
       }
       syncBuiltinESMExports();\n`,
    );
    const { signal } = await repo.try(STEPS.create, { NODE_OPTIONS: `--require "${hook}"` });
    rmSync(hook);
    const isKilled = signal === 'SIGKILL';
    // The lock, the journal, and the five files of the step.
    expect(isKilled).toBe(at <= 7);
    expect(leftovers(repo).some((path) => path.endsWith('.tmp'))).toBe(isKilled);
    await repo.done(STEPS.create);
    expect(leftovers(repo)).toEqual([]);
  },
);

interface Disturbance {
  name: string;
  /** After which write it comes: the journal stands, or the first file as well. */
  k: number;
  disturb(repo: Activation, path: string): Promise<void>;
  says(path: string): RegExp;
}

const DISTURBANCES: Disturbance[] = [
  {
    name: 'another branch',
    k: 2,
    disturb: async (repo) => {
      await repo.git('switch', '--quiet', '-c', 'other');
    },
    says: () => /the ground has moved since: \S.* other, expected main; nothing was touched/,
  },
  {
    name: 'another commit',
    k: 2,
    disturb: async (repo) => {
      await repo.git('commit', '--quiet', '--allow-empty', '--message', 'meanwhile');
    },
    says: () =>
      /the ground has moved since: HEAD is [0-9a-f]{12}, expected [0-9a-f]{12}; nothing was touched/,
  },
  {
    name: 'a hand edit',
    k: 3,
    disturb: async ({ root }, path) => {
      const file = join(root, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${existsSync(file) ? readFileSync(file, 'utf8') : ''}by hand\n`);
    },
    says: (path) =>
      new RegExp(
        `the ground has moved since: ${path.replaceAll('.', '\\.')} was changed by somebody else; nothing was touched`,
      ),
  },
];

const MOVED = GRID.filter(({ name }) => LONG || ['refine', 'prepare', 'create'].includes(name)).flatMap(
  (step) => DISTURBANCES.map((disturbance) => ({ ...step, step: step.name, ...disturbance })),
);

it.concurrent.each(MOVED)(
  '$step with $name in between: refused, nothing touched, and taken back with --interrupted',
  { timeout: 120_000 },
  async ({ words: wordsFrom, begin, writes, k, disturb, says }) => {
    const before = await begin();
    const words = await wordsFrom(before);
    const plan = await before.json(...words, '--dry-run');
    const path = plan.writes
      .map((each: { path: string }) => each.path)
      .find((each: string) => writes.test(each));
    const undisturbed = await before.copy();
    const repo = await before.copy();
    await kill(repo, words, k);
    await disturb(repo, path);
    const moved = await repo.state();
    const refused = await repo.try(words);
    expect(refused.code, refused.out).toBe(2);
    expect(refused.err).toMatch(says(path));
    expect(refused.err).toContain(`or take back what was written: gov wp undo`);
    expect(await repo.state()).toEqual(moved);
    await repo.done(['gov', 'wp', 'undo', SPAWN, '--interrupted']);
    expect(leftovers(repo)).toEqual([]);
    // As if there had been no step; what was edited by hand is left to whom edited it, and what git did stays.
    await disturb(undisturbed, path);
    const expected = await undisturbed.state();
    const found = await repo.state();
    if (k === 3)
      for (const state of [expected, found])
        for (const name of Object.keys(state))
          if (name === `repository/${path}` || /^(?:wt-|git )/.test(name)) delete state[name];
    expect(found).toEqual(expected);
  },
);
