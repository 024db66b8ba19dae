import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { LedgerData } from '../../../tools/artifacts/index.ts';
import { defaultConfig } from '../../../tools/config/index.ts';
import { firstCommit } from '../../../tools/gate/ground/first-commit.ts';
import type { SshVerdict } from '../../../tools/gate/ground/ground.ts';
import { type Statement, sshSign, sshVerify, statementText } from '../../../tools/gate/ground/ssh.ts';
import { DIGEST, SAID } from '../../artifacts/ledger/entries.ts';
import { type Repository, repositoryIn, temporaryFolder } from '../../support/repository.ts';
import { entry, groundOf, OTHER, SIGNATURE, WP } from './grounded.ts';

const folder = mkdtempSync(join(tmpdir(), 'gov keys '));
const [mine, hers] = [join(folder, 'mine'), join(folder, 'hers')];
const publicOf = (key: string): string => readFileSync(`${key}.pub`, 'utf8').trim();

beforeAll(() => {
  for (const key of [mine, hers])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'test', '-f', key]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => {
  vi.unstubAllEnvs();
});

const statement: Statement = {
  repository: 'a'.repeat(40),
  wp_id: WP,
  signature: SIGNATURE,
  digest: DIGEST,
  parents: ['b'.repeat(64), 'c'.repeat(64)],
};

const signers = (options = ''): string =>
  `# who may sign\nilja ${options}${options && ' '}${publicOf(mine)}\n`;

describe('a statement', () => {
  it('is one line of canonical JSON, whichever parent is named first', () => {
    const text = statementText(statement);
    expect(text).toBe(
      `{"digest":"${DIGEST}","parents":["${'b'.repeat(64)}","${'c'.repeat(64)}"],"repository":"${'a'.repeat(40)}","schema":"govkit.signature@1","signature":"${SIGNATURE}","wp_id":"${WP}"}\n`,
    );
    expect(statementText({ ...statement, parents: [...statement.parents].reverse() })).toBe(text);
  });
});

describe('a signature', () => {
  it('of the key that is allowed is GOOD, and names the key', async () => {
    const signature = await sshSign(statement, mine);
    expect(signature).toMatch(/^-----BEGIN SSH SIGNATURE-----\n[\s\S]+\n-----END SSH SIGNATURE-----\n$/);
    const [, print] = execFileSync('ssh-keygen', ['-l', '-f', mine], { encoding: 'utf8' }).split(' ');
    const good = { state: 'GOOD', signer: 'ilja', key: print, hardware: false };
    for (const options of ['', 'namespaces="govkit"', 'valid-before="20990101"', 'namespaces="git,govkit"'])
      expect(await sshVerify(statement, signature, 'ilja', signers(options))).toEqual(good);
    const reversed = { ...statement, parents: [...statement.parents].reverse() };
    expect(await sshVerify(reversed, signature, 'ilja', signers().replaceAll('\n', '\r\n'))).toEqual(good);
  });

  const wrong = 'Signature verification failed: incorrect signature';

  it.each<[string, Partial<Statement>]>([
    ['another packet', { wp_id: OTHER }],
    ['another digest', { digest: '1'.repeat(64) }],
    ['another repository', { repository: 'd'.repeat(40) }],
    ['other parents', { parents: ['b'.repeat(64)] }],
    ['no parents', { parents: [] }],
    ['another typed form', { signature: 'ilja240220260401' }],
  ])('for %s is BAD', async (_, change) => {
    const signature = await sshSign(statement, mine);
    expect(await sshVerify({ ...statement, ...change }, signature, 'ilja', signers())).toEqual({
      state: 'BAD',
      reason: wrong,
    });
  });

  const none = (name: string): string =>
    `the allowed signers have no key of "${name}" (a pattern and a certificate authority name nobody)`;
  const nobody = 'no allowed signer named "ilja" has this key';

  it.each<[string, () => string, string | RegExp]>([
    ['another key is allowed', () => `ilja ${publicOf(hers)}\n`, nobody],
    ['the key is allowed for somebody else', () => `eve ${publicOf(mine)}\n`, none('ilja')],
    ['nobody is allowed', () => '', none('ilja')],
    ['what is no list of keys', () => 'garbage\n', none('ilja')],
    [
      'the key has expired',
      () => signers('valid-before="20200101"'),
      /^allowed signers:2: key has expired: verify time \S+ > valid-before 2020-01-01T00:00:00$/,
    ],
    [
      'the key is not yet valid',
      () => signers('valid-after="20990101"'),
      /^allowed signers:2: key is not yet valid: verify time \S+ < valid-after 2099-01-01T00:00:00$/,
    ],
    [
      'the key is allowed for another namespace',
      () => signers('namespaces="git"'),
      'allowed signers:2: key is not permitted for use in signature namespace "govkit"',
    ],
  ])('where %s is BAD', async (_, allowed, reason) => {
    const verdict = await sshVerify(statement, await sshSign(statement, mine), 'ilja', allowed());
    expect(verdict).toEqual({
      state: 'BAD',
      reason: typeof reason === 'string' ? reason : expect.stringMatching(reason),
    });
  });

  it('made for another namespace is BAD', async () => {
    const signature = execFileSync('ssh-keygen', ['-q', '-Y', 'sign', '-f', mine, '-n', 'git'], {
      input: statementText(statement),
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    expect(await sshVerify(statement, signature, 'ilja', signers())).toEqual({
      state: 'BAD',
      reason: "Couldn't verify signature: namespace does not match",
    });
  });

  it.each(['', 'garbage', '-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n'])(
    'that says %j is BAD',
    async (text) => {
      expect(await sshVerify(statement, text, 'ilja', signers())).toEqual({
        state: 'BAD',
        reason: expect.stringMatching(/^Couldn't (?:parse|verify) signature: \S[^\n]*$/),
      });
    },
  );

  it.each(['', '-h', 'ilja\neve', '*'])('of a signer named %j is BAD', async (signer) => {
    const verdict = await sshVerify(statement, await sshSign(statement, mine), signer, signers());
    expect(verdict.state).toBe('BAD');
  });

  it('without a file of allowed signers is UNPROVEN', async () => {
    expect(await sshVerify(statement, await sshSign(statement, mine), 'ilja', undefined)).toEqual({
      state: 'UNPROVEN',
      reason: 'there is no file of allowed signers',
    });
  });

  it('leaves nothing in the temporary folder', async () => {
    const own = temporaryFolder();
    vi.stubEnv('TMPDIR', own);
    await sshVerify(statement, await sshSign(statement, mine), 'ilja', signers());
    expect(execFileSync('ls', ['-A', own], { encoding: 'utf8' })).toBe('');
  });
});

describe('what cannot sign or verify', () => {
  const absent = 'ssh-keygen is not installed, or not on the PATH (OpenSSH 8.2 or newer)';

  it('without ssh-keygen on the PATH it is one clear line, and nothing is proven', async () => {
    const signature = await sshSign(statement, mine);
    vi.stubEnv('PATH', temporaryFolder());
    await expect(sshSign(statement, mine)).rejects.toMatchObject({ name: 'UsageError', message: absent });
    expect(await sshVerify(statement, signature, 'ilja', signers())).toEqual({
      state: 'UNPROVEN',
      reason: absent,
    });
  });

  it.each(['no-such-key', '-h'])('with the key %j it is one line', async (key) => {
    await expect(sshSign(statement, key)).rejects.toThrow(/^ssh-keygen: Couldn't load public key [^\n]+$/);
  });
});

describe('the verdict on the signature of an entry', () => {
  const PARENT = 'e'.repeat(64);

  interface Signed {
    config?: typeof defaultConfig;
    change?: Partial<Statement>;
    key?: string;
    said?: Partial<LedgerData<'sign'>>;
  }

  /** A repository with an entry that was signed for a statement, or for one that differs from it. */
  async function signedIn(
    repository: Repository,
    { change = {}, key = mine, said = {} }: Signed = {},
  ): Promise<void> {
    repository.commit({ '.GOV/allowed_signers': signers(), '.GOV/board.md': 'x\n' });
    const first = (await firstCommit(repository.root))!;
    const given = {
      repository: first,
      wp_id: WP,
      signature: SIGNATURE,
      digest: DIGEST,
      parents: [PARENT],
      ...change,
    };
    const data = {
      ...SAID.sign,
      ssh: { repository: given.repository, signature: await sshSign(given, key) },
      ...said,
    };
    repository.commit(entry('sign', { parents: [PARENT], data }));
  }

  const inFolder = (): Repository => {
    const root = join(temporaryFolder(), 'tree');
    mkdirSync(root);
    return repositoryIn(root);
  };

  const verdictOf = async (root: string, more = {}): Promise<SshVerdict[]> => [
    ...(await groundOf(root, more)).ssh.values(),
  ];

  it('is GOOD where it was given for just this', async () => {
    const repository = inFolder();
    await signedIn(repository);
    expect(await verdictOf(repository.root)).toMatchObject([
      { state: 'GOOD', signer: 'ilja', hardware: false },
    ]);
    expect(await verdictOf(repository.root, { wpId: WP })).toHaveLength(1);
    expect(await verdictOf(repository.root, { wpId: OTHER })).toEqual([]);
  });

  it.each<[string, Signed, string]>([
    ['another packet', { change: { wp_id: OTHER } }, 'Signature verification failed: incorrect signature'],
    [
      'another digest',
      { change: { digest: '1'.repeat(64) } },
      'Signature verification failed: incorrect signature',
    ],
    ['other parents', { change: { parents: [] } }, 'Signature verification failed: incorrect signature'],
    [
      'another repository',
      { change: { repository: 'f'.repeat(40) } },
      'it was given in another repository (ffffffffffff)',
    ],
    ['with another key', { key: hers }, 'no allowed signer named "ilja" has this key'],
    [
      'under another name',
      { change: { signature: 'eve240220260400' }, said: { signature: 'eve240220260400' } },
      'the allowed signers have no key of "eve" (a pattern and a certificate authority name nobody)',
    ],
    [
      'what is no typed form',
      { change: { signature: 'ilja' }, said: { signature: 'ilja' } },
      'the allowed signers have no key of "" (a pattern and a certificate authority name nobody)',
    ],
  ])('is BAD where it was given for %s', async (_, signed, reason) => {
    const repository = inFolder();
    await signedIn(repository, signed);
    expect(await verdictOf(repository.root)).toEqual([{ state: 'BAD', reason }]);
  });

  it('is BAD where only a later commit, or one that was fetched from elsewhere, has the name', async () => {
    const [there, here] = [inFolder(), inFolder()];
    const foreign = there.commit({ 'a.txt': 'a' }, 'elsewhere');
    here.commit({ 'b.txt': 'b' });
    const later = here.commit({ 'b.txt': 'c' });
    here.git('fetch', '--quiet', there.root, 'main');
    for (const repository of [foreign, later]) {
      await signedIn(here, { change: { repository } });
      expect(await verdictOf(here.root)).toContainEqual({
        state: 'BAD',
        reason: `it was given in another repository (${repository.slice(0, 12)})`,
      });
      here.git('reset', '--quiet', '--hard', later);
    }
  });

  it('is UNPROVEN in a shallow clone', async () => {
    const repository = inFolder();
    await signedIn(repository);
    const clone = join(temporaryFolder(), 'clone');
    execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${repository.root}`, clone]);
    expect(await verdictOf(clone)).toEqual([
      { state: 'UNPROVEN', reason: 'the first commit of this repository is not here: the clone is shallow' },
    ]);
  });

  it('takes the signers from the policy that is in force, and from where the configuration says', async () => {
    const repository = inFolder();
    await signedIn(repository);
    const config = { ...defaultConfig, gate: { ...defaultConfig.gate, signers: 'keys/allowed' } };
    expect(await verdictOf(repository.root, { config })).toEqual([
      { state: 'UNPROVEN', reason: 'there is no file of allowed signers' },
    ]);
    repository.write({ 'keys/allowed': `ilja ${publicOf(hers)}\n` });
    expect(await verdictOf(repository.root, { config })).toEqual([
      { state: 'BAD', reason: 'no allowed signer named "ilja" has this key' },
    ]);
  });
});
