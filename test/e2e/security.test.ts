import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fillRows, gatedRepository, step } from '../support/gated.ts';
import { temporaryFolder } from '../support/repository.ts';

const project = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(project, 'SECURITY.md'), 'utf8');
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, text]) => text!);

const claims = [...page.matchAll(/^\| (.+) \| `(test\/[\w./-]+)`: (.+) \|$/gm)];

describe('SECURITY.md', () => {
  it.each(claims.map(([, claim, file, name]) => [claim!, file!, name!]))('%s', (_, file, name) => {
    expect(readFileSync(join(project, file), 'utf8')).toContain(name);
  });

  it('has a test for each of its claims', () => {
    const rows = page.split('\n').filter((line) => /^\| (?!Claim \|)/.test(line));
    expect(claims).toHaveLength(rows.length);
    expect(rows.length).toBeGreaterThan(10);
  });

  it('is linked and published', () => {
    expect(readFileSync(join(project, 'README.md'), 'utf8')).toContain('[SECURITY.md](SECURITY.md)');
    const { files } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { files: string[] };
    expect(files).toContain('SECURITY.md');
  });

  it('sets up signing with SSH keys by the commands that it shows', { timeout: 120_000 }, () => {
    const [setUp, sign, judge, ...more] = blocks('sh') as [string, string, string];
    const [config] = blocks('yaml') as [string];
    expect(more).toEqual([]);
    const repository = gatedRepository();
    const { root } = repository;
    const home = temporaryFolder();
    const bin = join(home, 'bin');
    mkdirSync(bin);
    mkdirSync(join(home, '.ssh'));
    const bundle = join(project, 'dist', 'bin', 'gov.js');
    writeFileSync(join(bin, 'gov'), `#!/bin/sh\nexec "${process.execPath}" "${bundle}" "$@"\n`);
    writeFileSync(join(bin, 'passphrase'), '#!/bin/sh\necho\n');
    for (const name of ['gov', 'passphrase']) chmodSync(join(bin, name), 0o755);
    const run = (script: string): string => {
      const done = spawnSync('bash', ['-euc', script], {
        cwd: root,
        encoding: 'utf8',
        env: {
          ...process.env,
          HOME: home,
          PATH: `${bin}${delimiter}${process.env.PATH}`,
          NO_COLOR: '1',
          // The passphrase is an empty one, whatever terminal there is.
          SSH_ASKPASS: join(bin, 'passphrase'),
          SSH_ASKPASS_REQUIRE: 'force',
        },
      });
      expect({ script, code: done.status, err: done.stderr }).toMatchObject({ code: 0 });
      return done.stdout;
    };
    run(setUp);
    repository.commit({ 'gov.config.yaml': config });
    repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    repository.git('switch', '--quiet', '--create', 'change');
    step(root, 'refine', 'WP-1-Demo-v1');
    fillRows(root);
    step(root, 'approve', 'WP-1-Demo-v1');
    run(sign);
    step(root, 'prepare', 'WP-1-Demo-v1');
    step(root, 'create', 'WP-1-Demo-v1');
    repository.commit({});
    const said = run(judge);
    expect(said).toMatch(/3 {2}signature +proven +ilja\d{12}, signed by Ilja at \S+; SSH/);
    expect(said).toContain('open · 6 of 7 proven, 1 attested\n');
  });
});
