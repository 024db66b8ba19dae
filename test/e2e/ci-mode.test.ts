import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  activate,
  CONFIG,
  copyOf,
  gatedRepository,
  kept,
  makeKey,
  PACKET,
  SIGNERS,
  signatureOf as signedNow,
  step,
  WP,
} from '../support/gated.ts';
import { gov } from '../support/gov.ts';
import { BOARD } from '../support/governed.ts';
import { type Repository, repositoryIn, temporaryFolder } from '../support/repository.ts';

const OVERLAID = 'codegen:\n  overlay: .GOV/spec/overlay.yaml\n';
const SSH = 'gate:\n  signature: ssh\n';
const OVERLAY = '.GOV/spec/overlay.yaml';

let repository: Repository;

const commit = (message = 'change'): void => {
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '--message', message);
};
const status = (...args: string[]) => {
  const { code, out, err } = gov(repository.root, ['wp', 'status', ...args, '--json']);
  return {
    code,
    ...(JSON.parse(out === '' ? '{}' : out) as Record<string, never>),
    err,
  } as unknown as Answer;
};
interface Item {
  intent: string;
  state: string;
  evidence: { detail: string }[];
}
interface Answer {
  code: number;
  ready: boolean;
  stage: string;
  items: Item[];
  base?: { commit: string; overruled: string[] };
  unproven?: string[];
  findings?: { rule: string; message: string; place: { file: string } }[];
  notes: string[];
  next: string | null;
  wps: { wp_id: string; ready: boolean; demanded?: string }[];
  error?: { message: string };
}
const signatureOf = ({ items }: Answer): { state: string; said: string | undefined } => {
  const { state, evidence } = items.find(({ intent }) => intent === 'signature')!;
  return { state, said: evidence[0]?.detail };
};
/** A printed command, as a person types it. */
const type = (command: string): void => {
  execFileSync('bash', ['-c', command], { cwd: repository.root, stdio: 'pipe' });
};

describe('by the policy ssh of the base', () => {
  let activated: string | undefined;
  let line = '';

  beforeEach(() => {
    activated ??= activatedOnce();
    repository = copyOf(activated);
  });

  function activatedOnce(): string {
    const own = makeKey('ilja');
    line = own.line;
    repository = gatedRepository({
      ...{ [CONFIG]: SSH + OVERLAID, [SIGNERS]: line },
      [OVERLAY]: 'answers: []\n',
    });
    // A history that a shallow clone does not have all of.
    for (const text of ['1', '2']) repository.commit({ 'code.ts': text }, text);
    repository.git('switch', '--quiet', '--create', 'change');
    activate(repository.root, { key: own.key });
    commit();
    return kept(repository.root);
  }

  it('an honest change is open, and says by which commit', () => {
    const answer = status(WP, '--base', 'main');
    expect(answer).toMatchObject({ code: 0, ready: true, stage: 'READY', next: null, unproven: [] });
    expect(answer.base).toEqual({ commit: repository.git('rev-parse', 'main'), overruled: [] });
    expect(signatureOf(answer)).toEqual({
      state: 'PASS',
      said: expect.stringMatching(/SSH signature of ilja with a key file \(SHA256:/),
    });
    expect(status('--base', 'main')).toMatchObject({ code: 0 });
  });

  it.each([
    ['the policy is loosened', CONFIG, () => 'gate:\n  signature: typed\n'],
    ['the zone is another', CONFIG, () => 'gate:\n  signature: ssh\n  time_zone: Pacific/Auckland\n'],
    ['a signer comes in', SIGNERS, () => `${line}${line.replace('ilja', 'eve')}`],
    ['the overlay is edited', OVERLAY, () => 'answers: [ ]\n'],
  ])('%s: that of the base counts, and that is told', (_, file, text) => {
    repository.commit({ [file]: text() });
    expect(status(WP, '--base', 'main')).toMatchObject({ code: 0, base: { overruled: [file] } });
    const note = `${file} differs from the merge base: that of the merge base counts\n`;
    const { out } = gov(repository.root, ['wp', 'status', WP, '--base', 'main']);
    expect(out).toContain(`\nnote  ${note}`);
    const table = gov(repository.root, ['wp', 'status', '--base', 'main']).out;
    expect(table).toContain(`1 of 1 work packet open\n${note}next   gov wp status ${WP} --base main\n`);
  });

  it('a signature without its SSH half passes by its own policy, and not by that of the base', () => {
    dropSsh(repository.root);
    repository.write({ [CONFIG]: 'gate:\n  signature: typed\n' });
    commit();
    expect(signatureOf(status(WP))).toMatchObject({ state: 'ATTESTED' });
    const answer = status(WP, '--base', 'main');
    expect(answer).toMatchObject({ code: 1, ready: false, base: { overruled: [CONFIG] } });
    expect(signatureOf(answer)).toEqual({
      state: 'FAIL',
      said: 'the policy is ssh, and it has no SSH signature',
    });
  });

  it('the policy of a broken configuration is that of the base, and the change fails', () => {
    repository.commit({ [CONFIG]: 'gate: [\n' });
    expect(status(WP, '--base', 'main')).toMatchObject({ code: 2, error: expect.anything() });
  });

  it('what is not committed is not open', () => {
    writeFileSync(join(repository.root, PACKET), `${readFileSync(join(repository.root, PACKET), 'utf8')}\n`);
    const answer = status(WP, '--base', 'main');
    expect(answer).toMatchObject({ code: 1, ready: false });
    expect(answer.items.find(({ intent }) => intent === 'packet')?.evidence[0]?.detail).toBe(
      `${PACKET}: it differs from what is committed`,
    );
  });

  it('a shallow clone proves neither the repository nor what else was signed, until it has all of it', () => {
    const origin = repository.root;
    const clone = join(temporaryFolder(), 'clone');
    execFileSync(
      'git',
      ['clone', '--quiet', '--depth=2', '--no-single-branch', pathToFileURL(origin).href, clone],
      { stdio: 'pipe' },
    );
    repository = repositoryIn(clone);
    const answer = status(WP, '--base', 'origin/main');
    expect(answer).toMatchObject({ code: 1, ready: false, stage: 'PACKET', next: 'git fetch --unshallow' });
    expect(answer.unproven).toEqual([
      'cannot prove that its signature serves nothing else, and was given in this repository: this clone is shallow (git fetch --unshallow)',
    ]);
    expect(signatureOf(answer)).toEqual({
      state: 'NEEDS_HUMAN',
      said: 'cannot prove its SSH signature: the first commit of this repository is not here: the clone is shallow',
    });
    type(answer.next!);
    expect(status(WP, '--base', 'origin/main')).toMatchObject({ code: 0, ready: true });
  });

  it('a clone without the merge base proves nothing at all', () => {
    const clone = join(temporaryFolder(), 'clone');
    execFileSync('git', ['clone', '--quiet', '--depth=1', pathToFileURL(repository.root).href, clone], {
      stdio: 'pipe',
    });
    repository = repositoryIn(clone);
    expect(status(WP, '--base', 'origin/main')).toMatchObject({
      code: 2,
      error: {
        message:
          'cannot prove what is new: "origin/main" is no revision of this repository, and this clone is shallow (git fetch --unshallow brings the rest)',
      },
    });
  });

  it('outside a repository there is no base', () => {
    const root = temporaryFolder();
    expect(gov(root, ['wp', 'status', WP, '--base', 'main']).err).toBe(
      `gov: --base needs a git repository with its root at --root; ${root} is none\n`,
    );
  });
});

describe('a key that the change brings along', () => {
  it('signs nothing: it is not one of the base', () => {
    const own = makeKey('ilja');
    repository = gatedRepository({ [CONFIG]: SSH, [SIGNERS]: makeKey('ilja').line });
    repository.git('switch', '--quiet', '--create', 'change');
    repository.commit({ [SIGNERS]: own.line });
    activate(repository.root, { key: own.key });
    commit();
    expect(status(WP)).toMatchObject({ code: 0, ready: true });
    const answer = status(WP, '--base', 'main');
    expect(answer).toMatchObject({ code: 1, ready: false, base: { overruled: [SIGNERS] } });
    expect(signatureOf(answer)).toEqual({
      state: 'FAIL',
      said: 'its SSH signature does not hold: no allowed signer named "ilja" has this key',
    });
  });
});

describe('a base without a configuration', () => {
  it('means the defaults, whatever the change brings', () => {
    const { key, line } = makeKey('ilja');
    repository = gatedRepository();
    repository.git('switch', '--quiet', '--create', 'change');
    repository.commit({ [CONFIG]: SSH, [SIGNERS]: line });
    activate(repository.root, { key });
    commit();
    const answer = status(WP, '--base', 'main');
    expect(answer).toMatchObject({ code: 0, base: { overruled: [CONFIG, SIGNERS] } });
    // Nobody in the base may sign with a key, so that the key proves nothing, and the typed form is there.
    expect(signatureOf(answer)).toMatchObject({ state: 'ATTESTED' });
  });
});

describe('the ledger of the base', () => {
  let made: string | undefined;
  const entries = (): string[] => readdirSync(join(repository.root, '.GOV/ledger', WP)).sort();
  const last = (): string => `.GOV/ledger/${WP}/${entries().at(-1)}`;

  beforeEach(() => {
    made ??= kept(recorded().root);
    repository = copyOf(made);
    repository.git('switch', '--quiet', '--create', 'change');
  });

  /** main has a packet. */
  function recorded(): Repository {
    repository = gatedRepository();
    activate(repository.root);
    commit();
    return repository;
  }

  const WAYS = [
    ['--staged', ['check', '--staged'], 'HEAD'],
    ['--changed-since', ['check', '--changed-since', 'main'], 'the merge base'],
  ] as const;

  it.each(WAYS)('gov check %s: the last entry was taken away', (_, args, base) => {
    const path = last();
    repository.git('rm', '--quiet', path);
    const { code, out } = gov(repository.root, [...args, '--rule', 'ledger/entry-changed']);
    expect(out).toContain(`${path}\n`);
    expect(out).toContain(
      `Unexpected absence of a ledger entry, expected it as ${base} has it: an entry is never taken away`,
    );
    expect(code).toBe(1);
  });

  it.each(WAYS)('gov check %s: an entry was edited, blanks as well', (_, args, base) => {
    const path = last();
    writeFileSync(join(repository.root, path), `${readFileSync(join(repository.root, path), 'utf8')} `);
    repository.git('add', '--all');
    const { code, out } = gov(repository.root, [...args, '--rule', 'ledger/entry-changed']);
    expect(out).toContain(
      `Unexpected content of a ledger entry, expected it as ${base} has it: an entry is never edited`,
    );
    expect(code).toBe(1);
  });

  it.each(WAYS)(
    'gov check %s: neither a baseline nor the configuration of the change hides it',
    (_, args) => {
      repository.git('rm', '--quiet', last());
      gov(repository.root, ['check', '--baseline']);
      repository.write({ [CONFIG]: 'check:\n  rules:\n    ledger/entry-changed: "off"\n' });
      repository.git('add', '--all');
      expect(gov(repository.root, [...args]).out).toContain('ledger/entry-changed');
    },
  );

  it('a further entry is what a change may bring', () => {
    step(repository.root, 'undo', WP, '--reason', 'again');
    repository.git('add', '--all');
    for (const [, args] of WAYS)
      expect(gov(repository.root, [...args, '--rule', 'ledger/entry-changed'])).toMatchObject({ code: 0 });
  });

  it('both sides of a merge keep theirs', () => {
    repository.git('switch', '--quiet', 'main');
    repository.commit({ 'code.ts': '1' });
    repository.git('switch', '--quiet', 'change');
    const reason = ['--reason', 'read both'];
    step(repository.root, 'attest', WP, 'main_body', ...reason);
    repository.commit({ 'other.ts': '1' });
    repository.git('merge', '--quiet', '--no-commit', '--no-ff', 'main');
    expect(gov(repository.root, ['check', '--staged', '--rule', 'ledger/entry-changed']).code).toBe(0);
  });

  it('closes the gate, and the next command brings the entry back', () => {
    const path = last();
    repository.git('rm', '--quiet', path);
    commit();
    const answer = status(WP, '--base', 'main');
    expect(answer).toMatchObject({ code: 1, ready: false });
    expect(answer.findings).toMatchObject([{ rule: 'ledger/entry-changed', place: { file: path } }]);
    expect(gov(repository.root, ['wp', 'status', WP, '--base', 'main']).out).toContain(
      'ledger/entry-changed',
    );
    type(answer.next!);
    commit();
    expect(status(WP, '--base', 'main')).toMatchObject({ code: 0, ready: true, findings: [] });
  });

  it('of another packet closes it too: its signature may have been used there', () => {
    const other = '.GOV/ledger/WP-1-Other-v1/0001-claim-aaaaaaaaaaaaaaaa.json';
    repository.git('switch', '--quiet', 'main');
    repository.commit({ [other]: '{}' });
    repository.git('switch', '--quiet', '--create', 'later');
    repository.git('rm', '--quiet', other);
    commit();
    expect(status(WP)).toMatchObject({ code: 0 });
    expect(status(WP, '--base', 'main')).toMatchObject({ code: 1, findings: [{ place: { file: other } }] });
  });

  describe('gov wp status --changed-since', () => {
    it('of nothing that is about a packet there is nothing to say', () => {
      repository.commit({ 'code.ts': '1' });
      expect(status('--changed-since', 'main')).toMatchObject({ code: 0, wps: [], findings: [] });
    });

    it('a packet that the ledger opened and that the change edits has to be open', () => {
      const text = readFileSync(join(repository.root, PACKET), 'utf8');
      repository.commit({ [PACKET]: text.replace('src/demo.ts', 'src/other.ts') });
      const answer = status('--changed-since', 'main');
      expect(answer).toMatchObject({
        code: 1,
        wps: [{ wp_id: WP, ready: false, demanded: 'the change touches a packet that the ledger opened' }],
      });
      const { out } = gov(repository.root, ['wp', 'status', '--changed-since', 'main']);
      expect(out).toMatch(
        /^WP-1-Demo-v1 {2}closed {2}.* proven.*, and the change touches a packet that the ledger opened$/m,
      );
      expect(out).toContain('1 work packet changed since ');
      expect(out).toContain(', 1 closed that must be open\n');
      expect(out).toContain(`next   gov wp status ${WP} --base main\n`);
    });

    it('so has one whose board line was moved back', () => {
      const text = readFileSync(join(repository.root, BOARD), 'utf8');
      repository.commit({ [BOARD]: text.replace(/\[READY_FOR_DEV\]|\[ACTIVE\]/, '[STUB]') });
      expect(status('--changed-since', 'main')).toMatchObject({
        code: 1,
        wps: [{ wp_id: WP, ready: false }],
      });
    });

    it('one that is taken away has to be open as well', () => {
      repository.git('rm', '--quiet', PACKET);
      commit();
      expect(status('--changed-since', 'main')).toMatchObject({ code: 1, wps: [{ wp_id: WP }] });
    });

    it('one whose work had ended in the base fails nobody, and one that ends with the change does', () => {
      const board = readFileSync(join(repository.root, BOARD), 'utf8');
      const row = board.split('\n').find((line) => line.includes(WP))!;
      const done = board
        .replace(`${row}\n`, '')
        .replace('## Done\n', `## Done\n\n- **[${WP}]** - [VALIDATED]\n`);
      const edited = readFileSync(join(repository.root, PACKET), 'utf8').replace(
        'src/demo.ts',
        'src/other.ts',
      );
      repository.commit({ [BOARD]: done, [PACKET]: edited });
      expect(status('--changed-since', 'main').code).toBe(1);
      repository.git('reset', '--quiet', '--hard', 'main');
      repository.git('switch', '--quiet', 'main');
      repository.commit({ [BOARD]: done });
      repository.git('switch', '--quiet', '--create', 'later');
      repository.commit({ [PACKET]: edited });
      const answer = status('--changed-since', 'main');
      expect(answer).toMatchObject({ code: 0, wps: [{ wp_id: WP, ready: false }] });
      expect(answer.wps[0]?.demanded).toBeUndefined();
    });

    it('one that goes on as the next revision fails nobody', () => {
      step(repository.root, 'revise', WP, '--reason', 'the clause has changed');
      commit();
      const { code, wps } = status('--changed-since', 'main');
      expect(wps.map(({ wp_id, demanded }) => [wp_id, demanded])).toEqual([
        [WP, undefined],
        ['WP-1-Demo-v2', undefined],
      ]);
      expect(code).toBe(0);
    });

    it('an entry that is gone fails the change, also where no packet is left to ask about', () => {
      repository.git('rm', '-r', '--quiet', '.GOV/ledger', PACKET);
      commit();
      const answer = status('--changed-since', 'main');
      expect(answer.code).toBe(1);
      expect(answer.findings).toHaveLength(5);
      const { out } = gov(repository.root, ['wp', 'status', '--changed-since', 'main']);
      expect(out).toContain('5 entries of the ledger lost\n');
      expect(out).toContain('next   gov explain ledger/entry-changed\n');
    });
  });
});

describe('gov wp status --changed-since, from a base without a packet', () => {
  beforeEach(() => {
    repository = gatedRepository();
    repository.git('switch', '--quiet', '--create', 'change');
  });

  it('a stub and a packet on its way are told, and fail nobody', () => {
    activate(repository.root, { packet: false });
    commit();
    const answer = status('--changed-since', 'main');
    expect(answer).toMatchObject({ code: 0, wps: [{ wp_id: WP, ready: false }] });
    expect(answer.wps[0]?.demanded).toBeUndefined();
  });

  it('a packet that comes in has to be open', () => {
    activate(repository.root);
    commit();
    const demanded = 'the change brings its packet';
    expect(status('--changed-since', 'main')).toMatchObject({ code: 0, wps: [{ ready: true, demanded }] });
    repository.git('rm', '--quiet', '-r', '.GOV/ledger');
    commit();
    expect(status('--changed-since', 'main')).toMatchObject({ code: 1, wps: [{ ready: false, demanded }] });
  });

  it.each([
    [[WP, '--changed-since', 'main'], 'WP_ID'],
    [['--changed-since', 'main', '--base', 'main'], '--base'],
  ])('%j is a wrong call', (args, other) => {
    expect(gov(repository.root, ['wp', 'status', ...args])).toMatchObject({
      code: 2,
      err: `gov: --changed-since finds the work packets itself, and excludes ${other}\n`,
    });
  });
});

/** The signature as somebody without the key would have it: the chain after it is taken along. */
function dropSsh(root: string): void {
  const folder = join(root, '.GOV/ledger', WP);
  const names = readdirSync(folder).sort();
  const at = names.findIndex((name) => name.includes('-sign-'));
  for (const name of names.slice(at)) rmSync(join(folder, name));
  for (const path of [PACKET]) rmSync(join(root, path));
  const git = (...args: string[]): void => void execFileSync('git', args, { cwd: root, stdio: 'pipe' });
  git('checkout', '--quiet', 'main', '--', '.GOV/roles_shared', '.GOV/task_packets');
  const refinement = join(root, `.GOV/refinements/${WP}.md`);
  writeFileSync(
    refinement,
    readFileSync(refinement, 'utf8').replace(/^- USER_SIGNATURE: .*$/m, '- USER_SIGNATURE: <pending>'),
  );
  writeFileSync(join(root, CONFIG), 'gate:\n  signature: typed\n');
  // As long as HEAD has the entries, no other signature is taken.
  const refused = gov(root, ['wp', 'sign', WP, signedNow('ilja')]);
  expect(refused.code).toBe(1);
  for (const name of names.slice(at))
    expect(refused.out).toContain(
      ` on HEAD, expected none that is not here: bring it back first (git checkout HEAD -- .GOV/ledger/${WP}/${name})\n`,
    );
  git('add', '--all');
  git('commit', '--quiet', '--message', 'take the signature away');
  step(root, 'sign', WP, signedNow('ilja'));
  step(root, 'prepare', WP);
  step(root, 'create', WP);
}
