import { execFileSync } from 'node:child_process';
import { appendFileSync, copyFileSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { digestOfParts, ledgerFile } from '../../../tools/artifacts/index.ts';
import { signersNamed } from '../../../tools/gate/ground/signers.ts';
import { sshSign, sshVerify, statementText } from '../../../tools/gate/ground/ssh.ts';
import { wasTouched } from '../../../tools/gate/ground/touch.ts';
import { firstCommit, type Statement, type WpStatus } from '../../../tools/gate/index.ts';
import {
  activate,
  CONFIG,
  copyOf,
  fillRows,
  gatedRepository,
  kept,
  makeKey,
  PACKET,
  REFINEMENT,
  SIGNERS,
  signatureOf,
  step,
  WP,
} from '../../support/gated.ts';
import { gov } from '../../support/gov.ts';
import { HardwareKey } from '../../support/hardware-key.ts';
import { type Repository, temporaryFolder } from '../../support/repository.ts';

const STATEMENT: Statement = {
  repository: 'a'.repeat(40),
  wp_id: WP,
  signature: 'ilja301120261200',
  digest: 'b'.repeat(64),
  parents: ['c'.repeat(64), 'd'.repeat(64)],
};

describe('a signature is for one statement', () => {
  it.each<[string, Partial<Statement>]>([
    ['another repository', { repository: 'b'.repeat(40) }],
    ['another packet', { wp_id: 'WP-1-Other-v1' }],
    ['another typed form', { signature: 'ilja301120261201' }],
    ['another content', { digest: 'c'.repeat(64) }],
    ['another head', { parents: ['c'.repeat(64)] }],
    ['no head', { parents: [] }],
  ])('%s: it does not hold', async (_, change) => {
    const { key, line } = makeKey('ilja');
    const signature = await sshSign(STATEMENT, key);
    expect(await sshVerify(STATEMENT, signature, 'ilja', line)).toMatchObject({
      state: 'GOOD',
      signer: 'ilja',
      hardware: false,
    });
    expect(await sshVerify({ ...STATEMENT, ...change }, signature, 'ilja', line)).toMatchObject({
      state: 'BAD',
    });
  });

  it('heads are a set', async () => {
    const parents = [...STATEMENT.parents].reverse();
    expect(statementText({ ...STATEMENT, parents })).toBe(statementText(STATEMENT));
  });

  it('one that was made for git, or for a file, is none', async () => {
    const { key, line } = makeKey('ilja');
    const args = ['-q', '-Y', 'sign', '-f', key, '-n'];
    for (const namespace of ['git', 'file']) {
      const input = statementText(STATEMENT);
      const signature = execFileSync('ssh-keygen', [...args, namespace], { input, encoding: 'utf8' });
      const anyNamespace = line.replace('namespaces="govkit" ', '');
      expect(await sshVerify(STATEMENT, signature, 'ilja', anyNamespace)).toMatchObject({ state: 'BAD' });
    }
  });
});

describe('who may sign is named, one by one', () => {
  it.each([
    ['another name', (line: string) => line.replace(/^ilja/, 'eve')],
    ['everybody', (line: string) => line.replace(/^ilja/, '*')],
    ['a pattern', (line: string) => line.replace(/^ilja/, 'il?a')],
    ['all but one', (line: string) => line.replace(/^ilja/, '*,!eve')],
    ['a name and who is not meant', (line: string) => line.replace(/^ilja/, 'ilja,!ilja')],
    ['an authority', (line: string) => line.replace('namespaces=', 'cert-authority,namespaces=')],
    ['an authority, last', (line: string) => line.replace('"govkit" ', '"govkit",CERT-AUTHORITY ')],
    ['a comment', (line: string) => `#${line}`],
    ['nobody', () => ''],
  ])('%s: BAD', async (_, change) => {
    const { key, line } = makeKey('ilja');
    const signature = await sshSign(STATEMENT, key);
    expect(await sshVerify(STATEMENT, signature, 'ilja', change(line))).toEqual({
      state: 'BAD',
      reason: 'the allowed signers have no key of "ilja" (a pattern and a certificate authority name nobody)',
    });
  });

  it.each([
    ['among others', (line: string) => line.replace(/^ilja/, 'eve,ilja')],
    ['in quotes', (line: string) => line.replace(/^ilja/, '"ilja"')],
    ['without options', (line: string) => line.replace('namespaces="govkit" ', '')],
    ['with CRLF', (line: string) => line.replace('\n', '\r\n')],
    ['among comments', (line: string) => `# who\n\n${line}`],
  ])('%s: GOOD', async (_, change) => {
    const { key, line } = makeKey('ilja');
    const signature = await sshSign(STATEMENT, key);
    expect(await sshVerify(STATEMENT, signature, 'ilja', change(line))).toMatchObject({ state: 'GOOD' });
  });

  it('a key that is allowed for git alone signs nothing here', async () => {
    const { key, line } = makeKey('ilja');
    const signature = await sshSign(STATEMENT, key);
    expect(await sshVerify(STATEMENT, signature, 'ilja', line.replace('govkit', 'git'))).toMatchObject({
      state: 'BAD',
    });
  });

  it('a key whose time is over signs nothing any more, whatever its entry says', async () => {
    const { key, line } = makeKey('ilja');
    const signature = await sshSign(STATEMENT, key);
    const ended = line.replace('namespaces=', 'valid-before="20200101",namespaces=');
    expect(await sshVerify(STATEMENT, signature, 'ilja', ended)).toMatchObject({ state: 'BAD' });
  });

  it('a file of no end is read in time', () => {
    const start = performance.now();
    expect(signersNamed(`${'"'.repeat(200_000)}\n${'a,'.repeat(200_000)} x\n`, 'ilja')).toBe('');
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('human presence is what a hardware key says, and signs', () => {
  it('touched: a hardware key; not touched: a key that shows nobody', async () => {
    const key = new HardwareKey();
    const ask = (touched: boolean) =>
      sshVerify(STATEMENT, key.sign(statementText(STATEMENT), { touched }), 'ilja', key.line('ilja'));
    expect(await ask(true)).toMatchObject({ state: 'GOOD', hardware: true });
    expect(await ask(false)).toMatchObject({ state: 'GOOD', hardware: false, untouched: true });
  });

  it('the touch cannot be written into a signature afterwards', async () => {
    const key = new HardwareKey();
    const lines = key.sign(statementText(STATEMENT), { touched: false }).split('\n');
    const bytes = Buffer.from(lines.slice(1, -2).join(''), 'base64');
    bytes[bytes.length - 5] = 1;
    const forged = [lines[0], bytes.toString('base64'), ...lines.slice(-2)].join('\n');
    expect(wasTouched(forged)).toBe(true);
    expect(await sshVerify(STATEMENT, forged, 'ilja', key.line('ilja'))).toMatchObject({ state: 'BAD' });
  });

  it.each(['', 'x', '-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n'])(
    'of %j nothing is claimed',
    (text) => {
      expect(wasTouched(text)).toBe(false);
    },
  );
});

describe('the signature item, in a repository with the policy ssh', () => {
  let made: { root: string; key: string; line: string } | undefined;
  let repository: Repository;

  beforeEach(() => {
    made ??= signedOnce();
    repository = copyOf(made.root);
  });

  function signedOnce() {
    const own = makeKey('ilja');
    const once = gatedRepository({ [CONFIG]: 'gate:\n  signature: ssh\n', [SIGNERS]: own.line });
    activate(once.root, { key: own.key });
    once.git('add', '--all');
    once.git('commit', '--quiet', '--message', 'activate');
    return { root: kept(once.root), ...own };
  }

  const signature = (...args: string[]): { state: string; said: string } => {
    const { out } = gov(repository.root, ['wp', 'status', WP, ...args, '--json']);
    const { items } = JSON.parse(out) as WpStatus;
    const { state, evidence } = items.find(({ intent }) => intent === 'signature')!;
    return { state, said: evidence[0]!.detail };
  };
  const entry = (): {
    path: string;
    content: Record<string, unknown> & { data: Record<string, unknown> };
  } => {
    const folder = join(repository.root, '.GOV/ledger', WP);
    const path = join(folder, readdirSync(folder).find((name) => name.includes('-sign-'))!);
    return { path, content: JSON.parse(readFileSync(path, 'utf8')) };
  };
  /** The signing entry with other data, and nothing after it: what somebody with an editor can do. */
  const forge = (change: (data: Record<string, unknown>) => Record<string, unknown>): void => {
    const { path, content } = entry();
    const folder = join(repository.root, '.GOV/ledger', WP);
    for (const name of readdirSync(folder)) if (/^000[345]/.test(name)) rmSync(join(folder, name));
    rmSync(path, { force: true });
    const { parents, actor, role, time } = content as unknown as {
      parents: string[];
      actor: string;
      role: 'Operator';
      time: string;
    };
    const draft = { wpId: WP, kind: 'sign' as const, seq: 3, parents, actor, role, time };
    const file = ledgerFile('.GOV', { ...draft, data: change(content.data) as never });
    repository.commit({ [file.path]: file.text });
  };

  it('holds as it was given', () => {
    expect(signature()).toMatchObject({ state: 'PASS' });
  });

  it('its SSH half was dropped', () => {
    forge(({ ssh: _, ...data }) => data);
    expect(signature()).toEqual({
      state: 'FAIL',
      said: 'the policy is ssh, and it has no SSH signature',
    });
  });

  it('parts of another content were put beside the digest that was signed', () => {
    const text = readFileSync(join(repository.root, REFINEMENT), 'utf8');
    repository.write({ [REFINEMENT]: text.replace('NONE: looked at', 'NONE: looked the other way') });
    const { said } = signature();
    expect(said).toMatch(/^\S+.* of the refinement was changed since it was signed at /);
    const name = Object.keys(entry().content.data.parts as object).find((part) =>
      said.startsWith(part.replace('refinement:', '')),
    )!;
    // Each digest that has to be is tried; the parts of what stands there now are public.
    const parts = partsNow(repository.root);
    expect(parts[name]).toBeDefined();
    forge((data) => ({ ...data, parts }));
    expect(signature()).toEqual({
      state: 'FAIL',
      said: 'what stands there now is not what was signed: its parts are not those of its digest',
    });
    forge((data) => ({ ...data, parts, digest: digestOfParts(parts) }));
    expect(signature()).toEqual({
      state: 'FAIL',
      said: 'its SSH signature does not hold: Signature verification failed: incorrect signature',
    });
  });

  it('the typed form is another one than was signed', () => {
    const { signature: typed } = entry().content.data as { signature: string };
    const eve = typed.replace('ilja', 'eve');
    forge((data) => ({ ...data, signature: eve }));
    for (const path of [REFINEMENT, PACKET, '.GOV/roles_shared/SIGNATURE_AUDIT.md'])
      repository.write({
        [path]: readFileSync(join(repository.root, path), 'utf8').replaceAll(typed, eve),
      });
    expect(signature()).toEqual({
      state: 'FAIL',
      said: 'its SSH signature does not hold: the allowed signers have no key of "eve" (a pattern and a certificate authority name nobody)',
    });
  });

  it('the repository it was given in was fetched and merged: it is another one all the same', () => {
    const other = repository;
    repository = gatedRepository({ [CONFIG]: 'gate:\n  signature: ssh\n', [SIGNERS]: made!.line, x: '1' });
    repository.git('fetch', '--quiet', other.root, 'main');
    repository.git('switch', '--quiet', '--create', 'change');
    repository.git(
      ...['merge', '--quiet', '--allow-unrelated-histories', '--strategy-option=theirs', 'FETCH_HEAD'],
      ...['--message', 'take it over'],
    );
    expect(signature('--base', 'main')).toEqual({
      state: 'FAIL',
      said: expect.stringMatching(/^its SSH signature does not hold: it was given in another repository \(/),
    });
  });

  it('a repository that is an option of git is only a name', () => {
    const output = join(temporaryFolder(), 'hit');
    forge((data) => ({
      ...data,
      ssh: { ...(data.ssh as object), repository: `--output=${output}` },
    }));
    expect(signature()).toMatchObject({
      state: 'FAIL',
      said: expect.stringContaining('it was given in another repository (--output=/'),
    });
    expect(existsSync(output)).toBe(false);
  });
});

describe('a key file', () => {
  it.each([
    ['named', ['--key=-key'], ''],
    ['configured', [], '[user]\n\tsigningkey = -key\n'],
  ])('that begins with a dash is a file, and no option of ssh-keygen (%s)', (_, args, config) => {
    const { key, line } = makeKey('ilja');
    const { root, commit } = gatedRepository({ [CONFIG]: 'gate:\n  signature: ssh\n', [SIGNERS]: line });
    step(root, 'refine', WP);
    fillRows(root);
    step(root, 'approve', WP);
    copyFileSync(key, join(root, '-key'));
    appendFileSync(join(root, '.git', 'config'), config);
    expect(step(root, 'sign', WP, signatureOf('ilja'), ...args)).toContain('signed ');
    commit({});
    const { items } = JSON.parse(gov(root, ['wp', 'status', WP, '--json']).out) as WpStatus;
    expect(items.find(({ intent }) => intent === 'signature')).toMatchObject({ state: 'PASS' });
  });

  it('that is none is told', () => {
    const { root } = gatedRepository();
    activate(root, { packet: false });
    const { code, err } = gov(root, ['wp', 'sign', WP, signatureOf('eva'), '--key', 'gone']);
    expect({ code, err }).toEqual({
      code: 2,
      err: `gov: ${join(root, 'gone')}: no such key (--key FILE, or git config user.signingkey)\n`,
    });
  });
});

describe('the first commit', () => {
  it('is that of its own line, whatever was merged in', async () => {
    const one = gatedRepository({ a: '1' });
    const other = gatedRepository({ b: '2' });
    const own = await firstCommit(one.root);
    one.git('fetch', '--quiet', other.root, 'main');
    one.git('merge', '--quiet', '--allow-unrelated-histories', '-X', 'ours', 'FETCH_HEAD', '-m', 'x');
    expect(await firstCommit(one.root)).toBe(own);
  });

  it('is not known in a shallow clone', async () => {
    const { root, commit } = gatedRepository();
    commit({ a: '1' });
    const clone = join(temporaryFolder(), 'clone');
    execFileSync('git', ['clone', '--quiet', '--depth=1', pathToFileURL(root).href, clone], {
      stdio: 'pipe',
    });
    expect(await firstCommit(clone)).toBeUndefined();
  });
});

function partsNow(root: string): Record<string, string> {
  const { out } = gov(root, ['wp', 'approve', WP, '--dry-run', '--json']);
  const { writes } = JSON.parse(out) as { writes: { path: string; text: string }[] };
  const approval = writes.find(({ path }) => path.includes('-approve-'))!;
  return (JSON.parse(approval.text) as { data: { parts: Record<string, string> } }).data.parts;
}
