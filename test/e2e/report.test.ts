// gov report from a small repository, written and served, as a browser sees it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, type TestBrowser } from '../support/browser.ts';
import { crawl } from '../support/crawl.ts';
import { gov } from '../support/gov.ts';
import { BOARD, boardWith, governedRepository } from '../support/governed.ts';
import type { Repository } from '../support/repository.ts';
import { BUNDLE } from '../support/started.ts';

const SCENARIO = JSON.stringify({
  schema: 'govkit.scenario@1',
  title: 'one session',
  seed: 1,
  start: '2026-02-24T09:00:00Z',
  sessions: [{ as: 'lead', role: 'Orchestrator', script: 'lead' }],
  scripts: { lead: [{ say: { text: 'Done.', tokens: 100, cost_usd: 0.02 } }, { complete: {} }] },
});

const repository = (): Repository =>
  governedRepository({ 'gov.config.yaml': 'session:\n  unbound: allow\n', 'run.yaml': SCENARIO });

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** `gov report --watch` as a process; `address` is what it prints. */
async function watching(root: string, ...args: string[]) {
  const child = spawn(process.execPath, [BUNDLE, 'report', '--watch', ...args], { cwd: root });
  children.push(child);
  const closed = once(child, 'close');
  const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  const address = /^serves (http:\/\/127\.0\.0\.1:\d+\/) to this machine alone · Ctrl-C ends\n$/.exec(
    line,
  )?.[1];
  return { child, address: address!, closed };
}

describe('gov report', () => {
  it('shows the tree and the sessions of the last run, and is quiet in every view', async () => {
    const { root } = repository();
    expect(gov(root, ['session', 'run', 'run.yaml'])).toMatchObject({ code: 0 });
    const out = join(root, 'report.html');
    const written = gov(root, ['report', '--out', 'report.html']);
    expect([written.code, written.err]).toEqual([0, '']);
    expect(written.out).toMatch(
      /^wrote {2}report\.html · \d+ kB · 1 work packet, 0 findings, 1 anchor.* · 1 session, \d+ events\n/,
    );
    const look = await browser.openAddress(pathToFileURL(out).href);
    const visited = await crawl(look.page, [], 60);
    expect(visited.map(({ hash }) => hash)).toEqual(
      expect.arrayContaining([
        '#/',
        '#/packets',
        '#/packets/WP-1-Demo-v1',
        '#/findings',
        '#/anchors',
        '#/sessions',
      ]),
    );
    expect(look.noise).toEqual([]);
  });

  it('fails with the finding of gov check, and leaves no file, where no tree is', () => {
    const { root, git } = repository();
    git('rm', '-r', '--quiet', '.GOV');
    const check = gov(root, ['check']);
    const report = gov(root, ['report', '--out', 'report.html']);
    expect([report.code, report.err]).toEqual([1, check.err]);
    expect(report.out).toContain('no governed file under .GOV');
    expect(git('status', '--porcelain', '--untracked-files=all')).not.toContain('report.html');
  });
});

describe('gov report --watch', () => {
  it('brings a changed file onto the page, which keeps its place, its filter and its focus', async () => {
    const { root, write } = repository();
    const { child, address, closed } = await watching(root);
    const look = await browser.openAddress(address, { hash: '#/findings' });
    const { page } = look;
    await page.evaluate(
      `document.getElementById('main').focus(); window.kept = document.getElementById('main')`,
    );
    write({ [BOARD]: boardWith('NONSENSE') });
    await page.locator('#main', { hasText: 'NONSENSE' }).waitFor();
    expect(
      await page.evaluate(
        `[location.hash, document.activeElement === window.kept, document.getElementById('live').hidden]`,
      ),
    ).toEqual(['#/findings', true, true]);
    write({ 'gov.config.yaml': 'nonsense: 1\n' });
    await page.locator('#live', { hasText: /^Not refreshed: / }).waitFor();
    expect(await page.textContent('#main')).toContain('NONSENSE');
    write({ 'gov.config.yaml': 'session:\n  unbound: allow\n' });
    await page.locator('#live').waitFor({ state: 'hidden' });
    expect(gov(root, ['session', 'run', 'run.yaml'])).toMatchObject({ code: 0 });
    await page.waitForSelector('nav a[href="#/sessions"]');
    expect(look.noise).toEqual([]);
    child.kill('SIGINT');
    expect(await closed).toEqual([0, null]);
    await page.locator('#live', { hasText: 'does not answer' }).waitFor();
  });

  it('says that a port is taken, and serves nobody else', async () => {
    const { root } = repository();
    const { address } = await watching(root);
    const { port } = new URL(address);
    expect(gov(root, ['report', '--watch', '--port', port])).toEqual({
      code: 2,
      out: '',
      err: `gov: --port ${port}: something listens there already (expected a free one; without --port one is found)\n`,
    });
    expect((await fetch(address, { method: 'POST' })).status).toBe(405);
  });
});
