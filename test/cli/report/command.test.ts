import { readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { REPORT_HEAD } from '../../../tools/report/index.ts';
import { governedRepository } from '../../support/governed.ts';
import { temporaryFolder } from '../../support/repository.ts';
import { asked } from '../session/asked.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const report = ({ root }: { root: string }, ...args: string[]) => asked(root, ['report', ...args]);

describe('what gov report is asked for', () => {
  const refused: [args: string[], says: string | RegExp][] = [
    [
      ['--watch', '--out', 'x.html'],
      '--watch serves the report and writes no file (expected no --out beside it)',
    ],
    [
      ['--json', '--out', 'x.html'],
      '--json prints the report (expected no --out, --open or --watch beside it)',
    ],
    [['--json', '--open'], '--json prints the report (expected no --out, --open or --watch beside it)'],
    [['--json', '--watch'], '--json prints the report (expected no --out, --open or --watch beside it)'],
    [['--port', '8137'], '--port 8137: expected --watch beside it'],
    [['--watch', '--port', '0'], '--port 0: expected a whole number from 1'],
    [['--watch', '--port', '65536'], '--port 65536: expected a number from 1 to 65535'],
    [['--link', 'javascript:{file}'], /^gov: --link javascript:\{file\}: expected an address such as /],
    [['--db', 'none.db'], '--db none.db: no such file'],
    [['--out', ''], 'Unexpected empty --out, expected a file'],
    [['--out', 'none/x.html'], '--out none/x.html: no such folder: none'],
    [['--out', '.'], '--out .: Unexpected folder, expected a file (./report.html)'],
    [['--trace-results', 'none.json'], 'none.json: no such file (expected the JSON of vitest or jest)'],
  ];

  // In one repository for all of them: what is refused writes nothing.
  it('is refused in words where it makes no sense', async () => {
    const one = governedRepository();
    for (const [args, says] of refused) {
      const { code, out, err } = await report(one, ...args);
      expect([args, code, out]).toEqual([args, 2, '']);
      if (typeof says === 'string') expect(err).toBe(`gov: ${says}\n`);
      else expect(err).toMatch(says);
    }
  });

  it('test results that are named and not there are told, without a spec as well', async () => {
    const one = governedRepository();
    rmSync(join(one.root, '.GOV', 'roles_shared', 'SPEC_CURRENT.md'));
    expect(await report(one, '--trace-results', 'none.json')).toEqual({
      code: 2,
      out: '',
      err: 'gov: none.json: no such file (expected the JSON of vitest or jest)\n',
    });
  });
});

describe('where gov report writes', () => {
  it('beside the data of git, never in the tree, the same bytes each time', async () => {
    const one = governedRepository();
    const { code, out, err } = await report(one);
    const file = join(one.root, '.git', 'govkit', 'report.html');
    const html = readFileSync(file);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(
      /^wrote {2}\.git\/govkit\/report\.html · \d+ kB · \d+ work packets?, 0 findings, \d+ anchors?.* · no session database\n\nnext {3}gov session run FILE\n$/,
    );
    expect(one.git('status', '--porcelain')).toBe('');
    expect((await report(one, '--quiet')).out).toBe('');
    expect(readFileSync(file).equals(html)).toBe(true);
    expect(readdirSync(join(one.root, '.git', 'govkit')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('over a report, and over nothing else', async () => {
    const one = governedRepository();
    writeFileSync(join(one.root, 'notes.html'), '<!doctype html><title>govkit report</title>');
    expect(await report(one, '--out', 'notes.html')).toEqual({
      code: 2,
      out: '',
      err: 'gov: notes.html is no report of govkit and is left as it is (--out FILE names another)\n',
    });
    expect(readFileSync(join(one.root, 'notes.html'), 'utf8')).toBe(
      '<!doctype html><title>govkit report</title>',
    );
    expect((await report(one, '--out', 'report.html')).code).toBe(0);
    const before = statSync(join(one.root, 'report.html')).ino;
    symlinkSync('report.html', join(one.root, 'link.html'));
    expect((await report(one, '--out', 'link.html')).code).toBe(0);
    expect(statSync(join(one.root, 'report.html')).ino).not.toBe(before);
    expect(readFileSync(join(one.root, 'report.html'), 'latin1').slice(0, REPORT_HEAD)).toContain(
      'govkit report',
    );
  });

  it('nowhere when the tree cannot be read: it says what gov check says', async () => {
    const root = temporaryFolder();
    const out = join(root, 'report.html');
    expect((await report({ root }, '--out', out)).err).toMatch(/^gov: no governed file under \.GOV/);
    expect(readdirSync(root)).toEqual([]);
  });

  it('wants to be told where there is no repository', async () => {
    const root = temporaryFolder();
    expect(await report({ root })).toEqual({
      code: 2,
      out: '',
      err: `gov: no git repository around . to keep the report in (--out FILE names a place)\n`,
    });
  });

  it('and says where it is when there is no display to open it on', async () => {
    vi.stubEnv('DISPLAY', '');
    vi.stubEnv('WAYLAND_DISPLAY', '');
    const one = governedRepository();
    const { code, err } = await report(one, '--open', '--quiet');
    expect([code, err]).toEqual([0, `no browser was opened (no display here): ./.git/govkit/report.html\n`]);
  });
});
