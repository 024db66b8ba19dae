import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { UsageError } from '../../findings/index.ts';
import { canonicalJson } from '../../text/index.ts';
import type { SshVerdict } from './ground.ts';
import { signersNamed } from './signers.ts';
import { wasTouched } from './touch.ts';

const run = promisify(execFile);

/** Of a signature that was made for something else `ssh-keygen` says no. */
const NAMESPACE = 'govkit';

/** What `ssh-keygen` says of a signature that holds. */
const GOOD = /^Good "govkit" signature for \S+ with (\S+) key (\S+)\s*$/;

/** What a signature is given for (DESIGN §7): repository, packet, digest, and the ledger as it was. */
export interface Statement {
  repository: string;
  wp_id: string;
  /** The typed form that goes with it. */
  signature: string;
  digest: string;
  /** Heads that the entry follows. */
  parents: readonly string[];
}

/** The bytes that are signed. */
export function statementText(statement: Statement): string {
  const parents = [...statement.parents].sort();
  return `${canonicalJson({ schema: 'govkit.signature@1', ...statement, parents })}\n`;
}

/** Signs with a private key, or a public one whose private half an agent holds. Asks for a passphrase as `ssh-keygen` does. */
export async function sshSign(statement: Statement, key: string): Promise<string> {
  return inFolder(async (folder) => {
    const file = join(folder, 'statement');
    await writeFile(file, statementText(statement));
    await keygen(['-Y', 'sign', '-q', '-f', key, '-n', NAMESPACE, file]);
    return readFile(`${file}.sig`, 'utf8');
  });
}

/** Whether one of the allowed signers named `signer` gave this signature. `signers` is the text of the file. */
export async function sshVerify(
  statement: Statement,
  signature: string,
  signer: string,
  signers: string | undefined,
): Promise<SshVerdict> {
  if (signers === undefined) return { state: 'UNPROVEN', reason: 'there is no file of allowed signers' };
  const named = signersNamed(signers, signer);
  if (named === '')
    return {
      state: 'BAD',
      reason: `the allowed signers have no key of "${signer}" (a pattern and a certificate authority name nobody)`,
    };
  return inFolder(async (folder): Promise<SshVerdict> => {
    const [allowed, given] = [join(folder, 'signers'), join(folder, 'signature')];
    await writeFile(allowed, named);
    await writeFile(given, signature);
    try {
      const stdout = await keygen(
        ['-Y', 'verify', '-f', allowed, '-I', signer, '-n', NAMESPACE, '-s', given],
        statementText(statement),
      );
      const [, kind, key] = GOOD.exec(stdout) ?? [];
      if (kind === undefined || key === undefined)
        return { state: 'UNPROVEN', reason: `ssh-keygen said "${stdout.trim().slice(0, 80)}"` };
      const held = kind.endsWith('-SK');
      const hardware = held && wasTouched(signature);
      return { state: 'GOOD', signer, key, hardware, ...(held && !hardware && { untouched: true }) };
    } catch (error) {
      if (!(error instanceof KeygenError)) throw error;
      const { absent, said } = error;
      // Who cannot look says nothing of the signature.
      if (absent) return { state: 'UNPROVEN', reason: error.message };
      const reason = said === '' ? `no allowed signer named "${signer}" has this key` : said;
      return { state: 'BAD', reason: reason.replaceAll(allowed, 'allowed signers') };
    }
  });
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'govkit-ssh-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** It cannot be started, or it says no. */
class KeygenError extends UsageError {
  readonly absent: boolean;
  /** What it said of the reason; nothing where it knows none. */
  readonly said: string;
  constructor(absent: boolean, said: string, cause: unknown) {
    super(
      absent
        ? 'ssh-keygen is not installed, or not on the PATH (OpenSSH 8.2 or newer)'
        : `ssh-keygen: ${said || 'failed without a message'}`,
      { cause },
    );
    this.absent = absent;
    this.said = said;
  }
}

async function keygen(args: string[], input = ''): Promise<string> {
  const started = run('ssh-keygen', args, { env: { ...process.env, LC_ALL: 'C' }, timeout: 120_000 });
  started.child.stdin?.on('error', () => {});
  started.child.stdin?.end(input);
  try {
    return (await started).stdout;
  } catch (error) {
    const { code, stderr = '' } = error as NodeJS.ErrnoException & { stderr?: string };
    const said = stderr.split(/\r?\n/).find((line) => line.trim() !== '');
    throw new KeygenError(code === 'ENOENT', said?.trim() ?? '', error);
  }
}
