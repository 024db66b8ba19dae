import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AUDIT, audit } from '../gate/demo.ts';
import { answered } from '../gate/steps/chain.ts';
import { gov, type Result } from '../support/gov.ts';
import { BOARD, governedFiles, governedRepository } from '../support/governed.ts';
import { type Repository, temporaryRepository } from '../support/repository.ts';

const DEMO = 'WP-1-Demo-v1';
const OTHER = 'WP-1-Second-v1';
const REGISTRY = '.GOV/roles_shared/WP_TRACEABILITY_REGISTRY.md';
const stubOf = (wpId: string): string => `.GOV/task_packets/stubs/${wpId}.md`;
const refinementOf = (wpId: string): string => `.GOV/refinements/${wpId}.md`;
const packetOf = (wpId: string): string => `.GOV/task_packets/${wpId}.md`;

/** Two stubs, in the order in which people have put them. */
function twoStubs(): Repository {
  const files = governedFiles();
  const stub = files[stubOf(DEMO)]!;
  return governedRepository({
    [stubOf(OTHER)]: stub.replaceAll('WP-1-Demo', 'WP-1-Second'),
    [BOARD]: files[BOARD]!.replace(
      `- **[${DEMO}]** - [STUB]\n`,
      `- **[${DEMO}]** - [STUB]\n- **[${OTHER}]** - [STUB]\n`,
    ),
    [REGISTRY]: `${files[REGISTRY]}| WP-1-Second | ${stubOf(OTHER)} | Stub Backlog (Not Activated): ${OTHER} | stub |\n`,
    [AUDIT]: audit(),
  });
}

/** `ilja` and the minute that it is. */
function signatureOf(user: string): string {
  const [date, time] = new Date().toISOString().split('T') as [string, string];
  const [year, month, day] = date.split('-');
  return `${user}${day}${month}${year}${time.slice(0, 2)}${time.slice(3, 5)}`;
}

const run = ({ root }: Repository, ...args: string[]): Result =>
  gov(root, args, { env: { GOVKIT_ACTOR: 'ilja' } });

function done(repository: Repository, ...args: string[]): string {
  const { code, out, err } = run(repository, ...args);
  expect([args, code, err, code === 0 ? '' : out]).toEqual([args, 0, '', '']);
  return out;
}

const read = ({ root }: Repository, path: string): string => readFileSync(join(root, path), 'utf8');

function refine(repository: Repository, wpId: string): void {
  done(repository, 'wp', 'refine', wpId);
  writeFileSync(join(repository.root, refinementOf(wpId)), answered(read(repository, refinementOf(wpId))));
}

function activate(repository: Repository, wpId: string, user: string): void {
  refine(repository, wpId);
  done(repository, 'wp', 'approve', wpId);
  done(repository, 'wp', 'sign', wpId, signatureOf(user));
  done(repository, 'wp', 'prepare', wpId, 'Coder-A', `feat/${wpId}`, `../wt-${wpId}`);
  done(repository, 'wp', 'create', wpId);
  repository.commit({}, `activate ${wpId}`);
}

describe('gov wp sync', { timeout: 120_000 }, () => {
  it('says that nothing has a ledger, and that nothing has drifted', () => {
    const repository = twoStubs();
    expect(done(repository, 'wp', 'sync')).toBe(
      'nothing to do · no work packet has a ledger under .GOV/ledger, and nothing is rendered of those without one\n',
    );
    refine(repository, DEMO);
    for (const args of [[], ['--dry-run']])
      expect(done(repository, 'wp', 'sync', ...args)).toBe(
        'nothing to do · 1 work packet with a ledger: board, registry, audit and stubs are as it has them\n',
      );
  });

  it('G19: a board moved by hand is drift, told by check and by sync, and one command repairs it', () => {
    const repository = twoStubs();
    activate(repository, DEMO, 'ilja');
    const before = read(repository, BOARD);
    const [entry] = /\d{4}-create-[0-9a-f]+\.json/.exec(repository.git('ls-files', `.GOV/ledger/${DEMO}`))!;
    const owner = `.GOV/ledger/${DEMO}/${entry}`;
    repository.write({ [BOARD]: before.replace('[READY_FOR_DEV]', '[IN_PROGRESS]') });
    const checked = run(repository, 'check', '--json');
    expect(checked.code).toBe(1);
    const { findings } = JSON.parse(checked.out) as { findings: { rule: string; message: string }[] };
    expect(findings.filter(({ rule }) => rule === 'ledger/drift').map(({ message }) => message)).toEqual([
      `Unexpected "[IN_PROGRESS] under Ready for Dev" for ${DEMO} in the Task Board, expected "[READY_FOR_DEV]" by ${owner}`,
    ]);
    const line = `${BOARD}:5  ${DEMO}: the board said [IN_PROGRESS] under Ready for Dev; [READY_FOR_DEV] by ${owner}`;
    const asked = run(repository, 'wp', 'sync', '--dry-run');
    expect([asked.code, asked.out]).toEqual([1, `${line}\nnext   gov wp sync\n`]);
    expect(read(repository, BOARD)).not.toBe(before);
    expect(done(repository, 'wp', 'sync')).toBe(`${line}\n  ${BOARD}\n`);
    expect(read(repository, BOARD)).toBe(before);
    expect(repository.git('status', '--porcelain')).toBe('');
    expect(run(repository, 'wp', 'sync', '--dry-run').code).toBe(0);
  });

  it('what the Coder says in the packet the board follows', () => {
    const repository = twoStubs();
    activate(repository, DEMO, 'ilja');
    repository.write({
      [packetOf(DEMO)]: read(repository, packetOf(DEMO)).replace('Ready for Dev', 'In Progress'),
    });
    const out = done(repository, 'wp', 'sync');
    expect(out.split('\n')[0]).toBe(
      `${BOARD}:5  ${DEMO}: the board said [READY_FOR_DEV] under Ready for Dev; [IN_PROGRESS] by ${packetOf(DEMO)}:15`,
    );
    expect(read(repository, BOARD)).toContain(`## In Progress\n\n- **[${DEMO}]** - [IN_PROGRESS]\n`);
    expect(read(repository, REGISTRY)).toContain(`In Progress: ${DEMO}`);
  });

  it.each(['ours', 'theirs'])('two branches that each activated a packet, merged with %s', (side) => {
    const repository = twoStubs();
    repository.git('switch', '--quiet', '--create', 'second');
    activate(repository, OTHER, 'anna');
    repository.git('switch', '--quiet', 'main');
    activate(repository, DEMO, 'ilja');
    repository.git('merge', '--quiet', '-X', side, '--no-edit', 'second');
    // Whatever git has made of them, one command has board, registry and audit say what both ledgers have.
    repository.write({
      [BOARD]: repository.git('show', side === 'ours' ? `HEAD^1:${BOARD}` : `HEAD^2:${BOARD}`),
      [REGISTRY]: repository.git('show', side === 'ours' ? `HEAD^1:${REGISTRY}` : `HEAD^2:${REGISTRY}`),
      [AUDIT]: repository.git('show', side === 'ours' ? `HEAD^1:${AUDIT}` : `HEAD^2:${AUDIT}`),
    });
    const lost = side === 'ours' ? OTHER : DEMO;
    expect(run(repository, 'wp', 'sync', '--dry-run').out.split('\n')[0]).toContain(
      `${lost}: the board said [STUB] under Stub Backlog (Not Activated); [READY_FOR_DEV] by .GOV/ledger/${lost}/`,
    );
    done(repository, 'wp', 'sync');
    for (const wpId of [DEMO, OTHER]) {
      expect(read(repository, BOARD)).toContain(`- **[${wpId}]** - [READY_FOR_DEV]\n`);
      expect(read(repository, REGISTRY)).toContain(
        `${packetOf(wpId)} | Ready for Dev: ${wpId} | active=${wpId}; activated from stub ${stubOf(wpId)}`,
      );
      expect(read(repository, AUDIT)).toContain(`Task packet activation: ${wpId}`);
    }
    repository.commit({}, 'sync');
    expect(run(repository, 'check').out).not.toContain('ledger/drift');
    for (const wpId of [DEMO, OTHER])
      expect(JSON.parse(done(repository, 'wp', 'status', wpId, '--json'))).toMatchObject({ ready: true });
  });
});

describe('gov wp undo', { timeout: 120_000 }, () => {
  it('takes the chain back step by step, and it goes on', () => {
    const repository = twoStubs();
    refine(repository, DEMO);
    repository.commit({}, 'refined');
    done(repository, 'wp', 'approve', DEMO);
    const signature = signatureOf('ilja');
    done(repository, 'wp', 'sign', DEMO, signature);
    done(repository, 'wp', 'undo', DEMO, '--reason', 'too early');
    expect(read(repository, AUDIT)).toContain(`(INVALID - TAKEN BACK) Task packet activation: ${DEMO}`);
    const again = run(repository, 'wp', 'sign', DEMO, signature);
    expect([again.code, again.out]).toEqual([1, expect.stringContaining('expected one that was never used')]);
    done(repository, 'wp', 'undo', DEMO);
    // Of the documents only the audit is not as it was committed.
    expect(
      repository
        .git('status', '--porcelain')
        .split('\n')
        .filter((line) => !line.includes('ledger')),
    ).toEqual([`M ${AUDIT}`]);
    done(repository, 'wp', 'approve', DEMO);
    expect(done(repository, 'wp', 'sign', DEMO, signatureOf('anna'))).toContain(
      'since the last signature:\n  nothing has changed\n',
    );
    const refused = run(repository, 'wp', 'undo', DEMO, '--entry', 'zz');
    expect([refused.code, refused.out]).toEqual([
      1,
      expect.stringContaining(`expected an entry that counts: ${DEMO} has no entry "zz"`),
    ]);
  });

  it('removes branch and worktree of a preparation only while no work is in them', () => {
    const repository = twoStubs();
    refine(repository, DEMO);
    done(repository, 'wp', 'approve', DEMO);
    done(repository, 'wp', 'sign', DEMO, signatureOf('ilja'));
    repository.commit({}, 'signed');
    const documents = repository.git('status', '--porcelain');
    done(repository, 'wp', 'prepare', DEMO, 'Coder-A', `feat/${DEMO}`, `../wt-${DEMO}`);
    const worktree = join(repository.root, '..', `wt-${DEMO}`);
    const undo = (): Result => run(repository, 'wp', 'undo', DEMO);

    writeFileSync(join(worktree, 'new.ts'), '// work\n');
    expect([undo().code, undo().out]).toEqual([
      1,
      expect.stringContaining(
        `Unexpected undo of "prepare", expected no work that would be lost: ../wt-${DEMO} has 1 file that is not committed`,
      ),
    ]);
    const author = ['-c', 'user.name=T', '-c', 'user.email=t@example.org'];
    repository.git('-C', worktree, 'add', 'new.ts');
    repository.git('-C', worktree, ...author, 'commit', '--quiet', '-m', 'work');
    expect(undo().out).toContain(`feat/${DEMO} has 1 commit of its own`);
    expect(existsSync(join(worktree, 'new.ts'))).toBe(true);

    repository.git('-C', worktree, 'reset', '--quiet', '--hard', 'HEAD^');
    expect(undo().code).toBe(0);
    expect([existsSync(worktree), repository.git('branch', '--list', 'feat/*')]).toEqual([false, '']);
    expect(
      repository
        .git('status', '--porcelain')
        .split('\n')
        .filter((line) => !line.includes('ledger')),
    ).toEqual([documents].filter(Boolean));
    // What was there before stays: here the branch is somebody else's.
    repository.git('branch', `feat/${DEMO}`);
    done(repository, 'wp', 'prepare', DEMO, 'Coder-A', `feat/${DEMO}`, `../wt-${DEMO}`);
    expect(done(repository, 'wp', 'undo', DEMO)).toContain('left the branch: it was there before');
    expect([existsSync(worktree), repository.git('branch', '--list', 'feat/*')]).toEqual([
      false,
      `feat/${DEMO}`,
    ]);
  });

  it('a stub that is taken back leaves nothing but its entries, and may be written again', () => {
    const repository = temporaryRepository();
    cpSync(join(import.meta.dirname, '..', '..', '.GOV'), join(repository.root, '.GOV'), { recursive: true });
    repository.commit({});
    const wpId = 'WP-1-Crash-Recovery-v1';
    const write = (): string => done(repository, 'wp', 'stub', wpId, '--item', '34', '--anchor', '4.3.9.19');
    write();
    expect(repository.git('status', '--porcelain').split('\n')).toHaveLength(4);
    done(repository, 'wp', 'undo', wpId);
    expect(repository.git('status', '--porcelain')).toBe('?? .GOV/ledger/');
    expect(run(repository, 'check').code).toBe(0);
    expect(done(repository, 'wp', 'sync')).toContain('nothing to do · ');
    expect(write()).toContain(`wrote ${stubOf(wpId)}`);
    const stub = read(repository, stubOf(wpId));
    repository.write({ [stubOf(wpId)]: stub.replace(/<fill[^>]*>/, 'said') });
    const { code, out } = run(repository, 'wp', 'undo', wpId);
    expect([code, out]).toEqual([1, expect.stringContaining('somebody has worked in it')]);
  });

  it('a worktree that somebody has removed by hand is no obstacle', () => {
    const repository = twoStubs();
    refine(repository, DEMO);
    done(repository, 'wp', 'approve', DEMO);
    done(repository, 'wp', 'sign', DEMO, signatureOf('ilja'));
    repository.commit({}, 'signed');
    done(repository, 'wp', 'prepare', DEMO, 'Coder-A', `feat/${DEMO}`, `../wt-${DEMO}`);
    repository.git('worktree', 'remove', `../wt-${DEMO}`);
    repository.git('branch', '-D', `feat/${DEMO}`);
    done(repository, 'wp', 'undo', DEMO);
    expect(repository.git('worktree', 'list').split('\n')).toHaveLength(1);
  });
});

describe('gov wp revise and gov wp settle', { timeout: 120_000 }, () => {
  it('the next revision is free on all branches, and the old one admits nobody', () => {
    const repository = twoStubs();
    activate(repository, DEMO, 'ilja');
    repository.git('switch', '--quiet', '--create', 'other');
    const third = 'WP-1-Demo-v3';
    repository.commit({ [stubOf(third)]: read(repository, stubOf(OTHER)).replaceAll(OTHER, third) });
    repository.git('switch', '--quiet', 'main');
    expect(done(repository, 'wp', 'revise', DEMO, '--reason', 'the scope is too large')).toContain(
      `${DEMO} is superseded; wrote ${stubOf('WP-1-Demo-v4')}\n`,
    );
    const { ready, refusal } = JSON.parse(run(repository, 'wp', 'status', DEMO, '--json').out);
    expect([ready, refusal]).toEqual([
      false,
      `${DEMO} is superseded and must not be activated: it goes on as WP-1-Demo-v4`,
    ]);
    const { findings } = JSON.parse(run(repository, 'check', '--json').out) as {
      findings: { severity: string; rule: string; message: string }[];
    };
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(done(repository, 'wp', 'sync')).toContain('nothing to do · 2 work packets with a ledger');
  });

  it('two branches that both approved: status names settle, and the one that is kept goes on', () => {
    const repository = twoStubs();
    refine(repository, DEMO);
    repository.commit({}, 'refined');
    const before = repository.git('rev-parse', 'HEAD');
    done(repository, 'wp', 'approve', DEMO);
    repository.commit({}, 'approved');
    repository.git('switch', '--quiet', '--create', 'other', before);
    // The same approval in the same second would be the same entry.
    done(repository, 'wp', 'approve', DEMO, '--actor', 'anna');
    repository.commit({}, 'approved too');
    repository.git('merge', '--quiet', '--no-edit', 'main');
    const { next } = JSON.parse(run(repository, 'wp', 'status', DEMO, '--json').out);
    expect(next).toBe(`gov wp settle ${DEMO}`);
    const blocked = run(repository, 'wp', 'sign', DEMO, signatureOf('ilja'));
    expect([blocked.code, blocked.out]).toEqual([1, expect.stringContaining(`: gov wp settle ${DEMO}`)]);
    const which = run(repository, 'wp', 'settle', DEMO);
    const heads = [...which.out.replace(/\s+/g, ' ').matchAll(/([0-9a-f]{12}) \(approve of/g)].map(
      (match) => match[1]!,
    );
    expect([which.code, heads.length]).toEqual([1, 2]);
    done(repository, 'wp', 'settle', DEMO, '--keep', heads[1]!);
    done(repository, 'wp', 'sign', DEMO, signatureOf('ilja'));
    expect(run(repository, 'check').out).not.toContain('ledger/');
  });
});
