import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  DEMO,
  Gated,
  gatedStages,
  OTHER,
  refineAnswered,
  signatureOf,
  stubsNamed,
} from '../support/gated-stages.ts';
import { temporaryFolder } from '../support/repository.ts';

// Rows of governance-grammar 5.1 that need processes, worktrees or a shell; the others: test/gate/grammar-5-1.test.ts.

const project = join(import.meta.dirname, '..', '..');
const at = gatedStages();

it('5.1 #10: after a signature that was refused the same command signs', () => {
  const gated = at('approved');
  const audit = '.GOV/roles_shared/SIGNATURE_AUDIT.md';
  gated.edit(audit, '| Signature |', '| Sig |');
  const before = gated.state();
  const signature = signatureOf();
  const { unmet } = gated.told('wp', 'sign', DEMO, signature);
  expect(unmet.map(({ args }) => args.code)).toEqual(['NOWHERE_TO_RECORD']);
  expect(gated.state()).toEqual(before);
  gated.edit(audit, '| Sig |', '| Signature |');
  expect(gated.told('wp', 'sign', DEMO, signature)).toMatchObject({ applied: true, unmet: [] });
});

it('5.1 #11: the same signature in two worktrees, nothing committed', () => {
  const gated = at('stub');
  gated.git('worktree', 'add', '--quiet', '../second', '-b', 'second');
  const second = new Gated(gated.outer, 'second');
  refineAnswered(gated, DEMO);
  gated.done('wp', 'approve', DEMO);
  refineAnswered(second, OTHER);
  second.done('wp', 'approve', OTHER);
  // Taken after both approvals: a signature tells its minute, and one from before the approval is refused for that.
  const signature = signatureOf();
  gated.done('wp', 'sign', DEMO, signature);
  const before = gated.state();
  const { unmet } = second.told('wp', 'sign', OTHER, signature);
  expect(unmet.map(({ args }) => args.code)).toEqual([
    'SIGNATURE_REUSED',
    'SIGNATURE_REUSED',
    'SIGNATURE_REUSED',
  ]);
  expect(unmet.map(({ message }) => message)).toContain(
    `Unexpected signature "${signature}" for ${OTHER}, expected one that was never used: it serves ${DEMO} on ../repository (ledger)`,
  );
  expect(gated.state()).toEqual(before);
});

it('5.1 #12: of twelve that record at once, twelve are recorded', async () => {
  const ids = Array.from({ length: 12 }, (_, index) => `WP-1-Twelve-${index + 1}-v1`);
  const gated = new Gated(join(temporaryFolder(), 'twelve'));
  gated.repository.commit(stubsNamed(ids));
  const results = await Promise.all(ids.map((id) => gated.start(['wp', 'refine', id])));
  expect(results.map(({ code }) => code)).toEqual(ids.map(() => 0));
  expect(readdirSync(join(gated.root, '.GOV/ledger')).sort()).toEqual([...ids].sort());
  expect(readdirSync(join(gated.root, '.GOV/refinements')).sort()).toEqual(
    ids.map((id) => `${id}.md`).sort(),
  );
});

it('5.1 #13: a worktree is a folder beside the repository, and none that is absolute or further away', async () => {
  const gated = at('signed');
  const before = gated.state();
  const folders = [
    '/nonexistent/abs/dir',
    'C:\\wt',
    '..\\wt',
    '../../wt',
    '../x/../../wt',
    '.',
    '..',
    '--force',
    '~/wt',
  ];
  for (const folder of folders) {
    const done = await gated.start(['wp', 'prepare', DEMO, 'Coder-A', `feat/${DEMO}`, '--', folder]);
    expect(done).toEqual({
      code: 2,
      out: '',
      err: `gov: ${JSON.stringify(folder)} is no worktree, expected a folder beside the repository such as ../wt-WP-1-Demo-v1\n`,
    });
  }
  expect(gated.state()).toEqual(before);
});

const STEPS: readonly (readonly [step: string, ...more: string[]])[] = [
  ...(['refine', 'approve', 'prepare', 'create', 'undo', 'settle', 'status', 'log'] as const).map(
    (step) => [step] as const,
  ),
  ['sign', signatureOf()],
  ['attest', '1', '--reason', 'x'],
  ['waive', 'WP-1-X-v1', '--reason', 'x', '--until', '2099-01-01'],
  ['revise', '--reason', 'x'],
  ['stub', '--item', '1'],
];

it('5.1 #14: an id that leads out of the tree is no id, for every step', async () => {
  const gated = at('stub');
  const before = gated.state();
  const id = 'WP-/../../../../evil';
  for (const [step, ...more] of STEPS) {
    const { code, err } = await gated.start(['wp', step, id, ...more]);
    expect([step, code, err]).toEqual([
      step,
      2,
      `gov: "${id}" is no work-packet id (expected WP-<phase>-<Name>[-vN], for example WP-1-Session-Spawn-Contract-v1)\n`,
    ]);
  }
  expect(gated.state()).toEqual(before);
});

/** The recipes, as an adopter imports them, with the bundle of this checkout. */
function withRecipes(
  gated: Gated,
): (...words: string[]) => { code: number | null; out: string; err: string } {
  const just = join(project, 'node_modules', '.bin', 'just');
  mkdirSync(join(gated.root, 'templates'));
  writeFileSync(
    join(gated.root, 'justfile'),
    `set allow-duplicate-variables := true\nexport gov_bundle := '${join(project, 'dist', 'bin', 'gov.js')}'\nimport '${join(project, 'templates', 'gov.just')}'\n`,
  );
  return (...words) => {
    const done = spawnSync(just, words, { cwd: gated.root, encoding: 'utf8' });
    return { code: done.status, out: done.stdout, err: done.stderr };
  };
}

it.each([
  ['gate-check', ['WP-1-x; echo INJECTED'], 2],
  ['gate-check', ['$(echo INJECTED >&2)'], 2],
  ['activation', ['WP-1-x; echo INJECTED'], 2],
  ['record-refinement', ['WP-1-x`echo INJECTED`'], 2],
  ['record-prepare', [DEMO, 'C', 'main" ; echo INJECTED >&2 ; true "'], 2],
  ['record-signature', [DEMO, '$(echo INJECTED)'], 1],
  ['worktree-add', [DEMO, 'main" ; echo INJECTED >&2 ; true "'], 2],
  ['waive', [DEMO, '|| echo INJECTED', '--reason', '"; echo INJECTED', '--until', '2099-01-01'], 2],
])('5.1 #15: just %s %j runs no shell, and keeps the exit code', (recipe, words, code) => {
  const gated = at('signed');
  const just = withRecipes(gated);
  const before = gated.state();
  const done = just(recipe, ...words);
  expect(done.code).toBe(code);
  // Told as what was found, and never as what an `echo` printed.
  const lines = `${done.out}${done.err}`.split('\n');
  expect(lines).not.toContain('INJECTED');
  expect(done.err).not.toContain('internal error');
  expect(gated.state()).toEqual(before);
});

it('5.1 #16: a gate log that is none is told, with its place and no trace', async () => {
  const gated = at('stub');
  const log = '.GOV/roles/orchestrator/ORCHESTRATOR_GATES.json';
  for (const [text, says] of [
    ['{}', 'Unexpected content, expected {"gate_logs": [...]}'],
    ['{"gate_logs": [', 'Unexpected end of the file, expected "]"'],
    ['[]', 'Unexpected content, expected {"gate_logs": [...]}'],
    ['', 'Unexpected empty file, expected a gate log'],
  ] as const) {
    gated.repository.write({ [log]: text });
    const { code, out, err } = await gated.start(['wp', 'status', DEMO, '--json']);
    expect([code, err]).toEqual([1, '']);
    expect(JSON.parse(out).notes).toEqual([`the gate log is not read whole: ${log}: ${says}`]);
    const check = await gated.start(['check']);
    expect([check.code, check.err]).toEqual([1, '']);
    expect(check.out).toContain(says);
  }
});

it('5.1 #21: an id is that id, and nothing that begins with it', () => {
  const gated = at('stub');
  const status = gated.gov('wp', 'status', 'WP-1-Demo');
  expect([status.code, status.out]).toEqual([
    1,
    expect.stringContaining(
      'Unexpected work packet WP-1-Demo, expected one with a stub or a packet under .GOV/task_packets',
    ),
  ]);
  expect(gated.gov('wp', 'status', 'WP-').code).toBe(2);
  expect(execFileSync('git', ['status', '--porcelain'], { cwd: gated.root, encoding: 'utf8' })).toBe('');
});
