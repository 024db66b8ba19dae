import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../tools/findings/index.ts';
import { branchFrom, coderFrom, type Ground, planPrepare, worktreeFrom } from '../../../tools/gate/index.ts';
import { REFINEMENT, WP } from '../demo.ts';
import { BASE, by, INPUT, refusals, SIGNED, seen, type Texts, taken } from './taken.ts';

const BRANCH = `feat/${WP}`;
const FOLDER = `../wt-${WP}`;
const fresh: Partial<Ground> = { branches: new Set(['main']), worktrees: [{ path: '', branch: 'main' }] };
const plan = async (files: Texts, ground: Partial<Ground> = fresh, input = INPUT.prepare) =>
  planPrepare(await seen(files, ground), by('Orchestrator', '10:30:00'), input);

describe('planPrepare', () => {
  it('makes branch and worktree, and records them with the coder', async () => {
    const { writes, git, said, unmet } = await plan(await taken('sign'));
    expect([unmet, said]).toEqual([[], [`prepared ${BRANCH} in ${FOLDER} for Coder-A`]]);
    expect(git).toEqual([
      { kind: 'branch', name: BRANCH, at: BASE },
      { kind: 'worktree', path: FOLDER, branch: BRANCH },
    ]);
    expect(JSON.parse([...writes.values()][0]!).data).toMatchObject(INPUT.prepare);
  });

  it('takes on a branch and a worktree that are there', async () => {
    const branch = { branches: new Set(['main', BRANCH]) };
    expect((await plan(await taken('sign'), { ...fresh, ...branch })).git).toEqual([
      { kind: 'worktree', path: FOLDER, branch: BRANCH },
    ]);
    expect((await plan(await taken('sign'), {})).git).toEqual([]);
  });

  it('once is enough, and what is gone since is made again', async () => {
    const files = await taken('prepare');
    const again = await plan(files, {});
    expect([again.done, again.writes.size]).toEqual([`${BRANCH} is prepared in ${FOLDER} for Coder-A`, 0]);
    expect((await plan(files)).git).toHaveLength(2);
  });

  it('before a signature, and outside a repository, it is refused; all of it is told', async () => {
    const refused = planPrepare(
      await seen(await taken('approve'), { branches: undefined, worktrees: [] }),
      by('Validator'),
      INPUT.prepare,
    );
    expect([refused.git, refused.writes.size, refusals(refused)]).toEqual([
      [],
      0,
      [
        [
          'ROLE_MAY_NOT_WRITE',
          `.GOV/ledger/${WP}:1`,
          'Unexpected role "Validator", expected Orchestrator or Operator: nobody else records "prepare"',
        ],
        [
          'NOT_SIGNED',
          `${REFINEMENT}:1`,
          'Unexpected preparation, expected a signature that holds first: nothing recorded yet',
        ],
        [
          'NO_REPOSITORY',
          `.GOV/ledger/${WP}:1`,
          'Unexpected folder without a repository of its own, expected one (git init)',
        ],
      ],
    ]);
  });

  it('a signature that no longer holds is none', async () => {
    const files = await taken('sign');
    const changed = files[REFINEMENT]!.replace('RISK_TIER: LOW', 'RISK_TIER: HIGH');
    expect(refusals(await plan({ ...files, [REFINEMENT]: changed }))).toEqual([
      [
        'NOT_SIGNED',
        `${REFINEMENT}:1`,
        'Unexpected preparation, expected a signature that holds first: PACKET_INPUT.RISK_TIER of the refinement was changed since it was signed at 2026-02-24T10:21:00Z',
      ],
    ]);
    const typed = await plan(await taken('sign'), { ...fresh, policy: 'ssh' });
    expect(refusals(typed)).toEqual([
      [
        'NOT_SIGNED',
        `${REFINEMENT}:1`,
        'Unexpected preparation, expected a signature that holds first: the policy is ssh, and it has no SSH signature',
      ],
    ]);
    expect(SIGNED).toMatch(/^ilja\d{12}$/);
  });

  it.each([
    ['feat/other', 'feat/other'],
    [undefined, 'no branch'],
  ])('a worktree of %s is in the way', async (branch, has) => {
    const worktrees = [{ path: FOLDER, ...(branch !== undefined && { branch }) }];
    expect(refusals(await plan(await taken('sign'), { ...fresh, worktrees }))).toEqual([
      [
        'WORKTREE_TAKEN',
        `.GOV/ledger/${WP}:1`,
        `Unexpected worktree ${FOLDER} of ${has}, expected one of ${BRANCH}`,
      ],
    ]);
  });
});

describe('what git is told', () => {
  it.each(['feat/WP-1-Demo-v1', 'x', 'release/1.2+3'])('%s is a branch', (text) => {
    expect(branchFrom(text)).toBe(text);
  });

  it.each([
    '--upload-pack=touch x',
    '-d',
    'a..b',
    'a b',
    'a//b',
    '/a',
    'a/',
    'a.lock',
    'a.lock/b',
    'a@{1}',
    'a/.b',
    'a;b',
    '$(a)',
    'a\nb',
    'x'.repeat(300),
    '',
  ])('%j is no branch', (text) => {
    expect(() => branchFrom(text)).toThrow(UsageError);
    expect(() => branchFrom(text)).toThrow(
      `${JSON.stringify(text)} is no branch name, expected one such as feat/WP-1-Demo-v1`,
    );
  });

  it.each(['/tmp/x', '..', '../..', '../a/b', '../-x', '../.git', 'wt', 'C:\\wt', '~/wt', '../a b', ''])(
    '%j is no worktree (governance-grammar 5.1 #13)',
    (text) => {
      expect(() => worktreeFrom(text)).toThrow(
        `${JSON.stringify(text)} is no worktree, expected a folder beside the repository such as ../wt-WP-1-Demo-v1`,
      );
    },
  );

  it.each(['', '-x', 'a\nb', '$(x)', 'x'.repeat(61)])('%j is no coder', (text) => {
    expect(() => coderFrom(text)).toThrow(
      `${JSON.stringify(text)} is no coder, expected a name such as Coder-A`,
    );
  });
});
