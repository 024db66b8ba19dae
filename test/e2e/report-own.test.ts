// The report of this project and of a run of its scenario, looked at by somebody who has never seen one.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REGISTRY, readBase, STUB } from '../checks/base.ts';
import { activatedFiles, WP, word } from '../gate/demo.ts';
import { type Look, openBrowser, type TestBrowser } from '../support/browser.ts';
import { crawl } from '../support/crawl.ts';
import { tryFilters } from '../support/filters.ts';
import { gov } from '../support/gov.ts';
import { BOARD, governedRepository, SPEC } from '../support/governed.ts';
import { seen, seenIn } from '../support/seen.ts';

const project = join(import.meta.dirname, '..', '..');
const SCENARIO = '.GOV/scenarios/delegation.yaml';
const SCHEDULER = 'WP-1-ModelSession-Core-Scheduler-v1';
const OWN = ['WP-1-Session-Observability-Spans-FR-v1', 'WP-1-Session-Spawn-Contract-v1'];
const SESSIONS = 9;
const MOST_PLACES = 120;

/** What the page says where it has nothing; the way over the navigation, `#main`, is no place of it. */
const ASTRAY = /This report has no view|The report has no|No spec and no stub/;

const HEADINGS: Record<string, string> = { Packets: 'Work packets', Sessions: 'Sessions run.db' };

let folder: string;
let browser: TestBrowser;
let look: Look;
let page: Page;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'govkit own '));
  const [db, out] = [join(folder, 'run.db'), join(folder, 'report.html')];
  expect(gov(project, ['session', 'run', SCENARIO, '--db', db])).toMatchObject({ code: 0 });
  expect(gov(project, ['report', '--db', db, '--out', out])).toMatchObject({ code: 0, err: '' });
  browser = await openBrowser();
  look = await browser.openAddress(pathToFileURL(out).href);
  page = look.page;
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

const says = (selector: string, expected: unknown, about = selector, of: Page = page) =>
  expect.poll(() => seen(of, selector), { message: about }).toEqual(expected);

/** What a row of a table says, by its first line. */
async function rowOf(of: Page, name: string): Promise<string[] | undefined> {
  return (await seenIn(of, 'main tbody tr')).find(([first]) => first === name);
}

describe('every view and every filter of the own tree and of a run', () => {
  it('the navigation leads to each view, in which axe finds nothing', async () => {
    const titles = ['Overview', 'Packets', 'Findings', 'Anchors', 'Drift', 'Trace', 'Sessions'];
    expect((await seen(page, 'nav.views a span:first-child')).join(' ')).toBe(titles.join(' '));
    const found: string[] = [];
    for (const title of titles) {
      await page.click(`nav.views a:has-text("${title}")`);
      await says('h1', [HEADINGS[title] ?? title]);
      found.push(...(await look.axe()).map((line) => `${title}: ${line}`));
    }
    expect(found).toEqual([]);
  });

  it.each([
    ['#/packets', ['Stage', 'Waits for']],
    ['#/findings', ['Severity']],
    ['#/anchors', ['Status']],
    ['#/trace', ['State', 'Family']],
  ])('each value of each filter of %s leaves the rows that it promises', async (view, filters) => {
    const choices = await tryFilters(look, view);
    expect([...new Set(choices.map((choice) => choice.split(':')[0]))]).toEqual(filters);
  });

  it('nothing of the own tree has drifted, so there is nothing to filter', async () => {
    await look.go('#/drift');
    await says('.empty', ['Everything that is pinned stands in the spec of today as it stood.']);
  });

  it.each(['role', 'model', 'wp', 'state'])(
    'each %s of the sessions leaves as many as it promises',
    async (name) => {
      await look.go('#/sessions');
      const select = page.locator(`select[name=${name}]`);
      await select.waitFor();
      const options = (await select.locator('option').allTextContents()).slice(1);
      const promised = options.map((option) => Number(/\((\d+)\)$/.exec(option)?.[1]));
      expect(promised.reduce((sum, count) => sum + count, 0)).toBe(SESSIONS);
      for (const [at, count] of promised.entries()) {
        await select.selectOption({ index: at + 1 });
        await says('.totals b', [count === SESSIONS ? '9 sessions' : `${count} of 9 sessions`], options[at]);
        await page.click('.reset');
        await says('.totals b', ['9 sessions']);
      }
    },
  );

  it.each([
    ['text', 'wrong branch', '4 of 9 sessions'],
    ['session', '019c8ee0', '2 of 9 sessions'],
    ['from', '2026-02-24T09:00:29', '4 of 9 sessions'],
    ['to', '2026-02-24T09:00:01', '8 of 9 sessions'],
  ])('%s is typed, and the sessions are fewer', async (name, value, told) => {
    await look.go('#/sessions');
    await page.fill(`input[name=${name}]`, value);
    await page.locator(`input[name=${name}]`).blur();
    await says('.totals b', [told]);
    await page.click('.reset');
    await says('.totals b', ['9 sessions']);
  });

  it('table, cancels and both overlays are chosen, and axe finds nothing in them', async () => {
    await look.go('#/sessions');
    const found: string[] = [];
    for (const name of ['Table', 'Cancels', 'Timeline']) {
      await page.locator('nav.looks').getByText(name, { exact: true }).click();
      await says('.looks [aria-current]', [name]);
      found.push(...(await look.axe()).map((line) => `${name}: ${line}`));
    }
    for (const name of ['tokens', 'cost', 'off']) {
      await page.getByLabel(name, { exact: true }).check();
      found.push(...(await look.axe()).map((line) => `${name}: ${line}`));
    }
    expect(found).toEqual([]);
  });

  it('axe finds nothing in a packet, a clause, the lines of a document, and a session', async () => {
    const found: string[] = [];
    for (const [view, what] of [
      [`#/packets/${OWN[1]}`, '.verdict'],
      ['#/trace/INV-SPAWN-001', '.chain'],
      [`#/source/.GOV/task_packets/stubs/${OWN[1]}.md?line=51`, '.source tr[aria-current]'],
      ['#/sessions?state=CANCELLED&show=cancels', '.cancels'],
    ] as const) {
      await look.go(view);
      await page.locator(what).first().waitFor();
      found.push(...(await look.axe()).map((line) => `${view}: ${line}`));
    }
    await page.click('.cancels h2 a');
    await page.locator('.detail .events a').first().click();
    await expect.poll(() => page.evaluate('location.hash')).toContain('event=');
    found.push(...(await look.axe()).map((line) => `session: ${line}`));
    expect(found).toEqual([]);
  });

  it('every link of it leads somewhere', async () => {
    const visited = await crawl(page, [], MOST_PLACES);
    const views = visited.map(({ hash }) => /^#\/(\w*)/.exec(hash)?.[1]);
    const astray = visited.filter(({ text }, at) => views[at] !== undefined && ASTRAY.test(text));
    expect(astray.map(({ hash }) => hash)).toEqual([]);
    const all = ['', 'anchors', 'drift', 'findings', 'packets', 'sessions', 'source', 'trace'];
    expect(all.filter((view) => !views.includes(view))).toEqual([]);
  });
});

/** The line of a session: its role and as much of its id as tells it from the others. */
const session = (role: string) => expect.stringMatching(new RegExp(`^${role} [0-9a-f-]+…[0-9a-f-]*…?$`));

describe('what somebody who sees it for the first time can say', () => {
  it('which session was cancelled, by whom and why, what it cost, and who had already finished', async () => {
    await look.go('#/');
    await page.click('.figure:has-text("cancelled")');
    await says('.totals b', ['4 of 9 sessions']);
    await page.locator('nav.looks').getByText('Cancels', { exact: true }).click();
    await says('.cancels > li', [
      expect.stringMatching(/^Orchestrator \S+ cancelled by operator at 2026-02-24 09:00:30\.000 UTC$/),
      'wrong branch',
      'Taken 4',
      'Cost until then: $0.02',
      ...['Orchestrator', 'Coder', 'Coder', 'Coder'].flatMap((role) => [session(role), 'cancelled']),
      'Had already finished 2',
      '2 sessions passed over',
      ...['Coder', 'Validator'].flatMap((role) => [session(role), 'completed']),
    ]);
    await page.click('.cancels h2 a');
    await says('.cancelled-by', [
      'Cancelled by operator at 2026-02-24 09:00:30.000: wrong branch',
      'The cancel began here. It took 4 sessions; 2 sessions had already finished:',
      session('Coder'),
      'completed',
      session('Validator'),
      'completed',
    ]);
    const facts = await seen(page, '.detail .facts');
    const fact = (name: string) => facts[facts.indexOf(name) + 1];
    expect([fact('Cost'), fact('With all below')]).toEqual([
      '$0.01, 300 tokens in 2 runs',
      '$0.05, 1,150 tokens',
    ]);
    expect(await seen(page, '.detail section:has(> [aria-label="Children"])')).toEqual([
      'Children 1 of 2 finished',
      session('Coder'),
      'cancelled',
      session('Validator'),
      'completed',
    ]);
  });

  it('that both packets are closed, and which packet they wait for', async () => {
    await look.go('#/');
    await says('h1', ['Overview']);
    expect((await seen(page, '.topics')).slice(0, 5)).toEqual(['Gates', '0', 'open', '2', 'closed']);
    for (const id of OWN) {
      const [, , waits, next] = (await rowOf(page, id))!;
      expect([waits, next]).toEqual([SCHEDULER, `just record-refinement ${id}copy`]);
    }
    for (const id of OWN) {
      await look.go(`#/packets/${id}`);
      await says('.verdict', ['gate closed', '1 of 7 proven', 'waits for 1']);
      const [waits] = await seen(page, '.others');
      expect(waits).toContain(`${SCHEDULER} depends on ${SCHEDULER}, which has no packet `);
    }
  });

  it('which packet is ready, and which one waits for it', async () => {
    const { root } = readyRepository(await readyFiles());
    expect(gov(root, ['report', '--out', 'report.html'])).toMatchObject({ code: 0 });
    const other = await browser.openAddress(pathToFileURL(join(root, 'report.html')).href);
    expect((await seen(other.page, '.topics')).slice(0, 5)).toEqual(['Gates', '1', 'open', '1', 'closed']);
    expect(await rowOf(other.page, WP)).toEqual([WP, 'a demo.', 'gate open', 'nothing']);
    expect(await rowOf(other.page, AFTER)).toEqual([
      AFTER,
      'a demo.',
      WP,
      `just record-refinement ${AFTER}copy`,
    ]);
    await other.page.click(`a.id:has-text("${AFTER}")`);
    await says('h1', [AFTER], 'the packet that waits', other.page);
    expect(await seen(other.page, '.verdict')).toEqual(['gate closed', '1 of 7 proven', 'waits for 1']);
    expect(await seen(other.page, '.others')).toEqual([
      `${WP} depends on ${WP}, whose packet ${WP} is not validated ([READY_FOR_DEV]) ${STUB.replace(WP, AFTER)}:37`,
    ]);
    await other.page.click(`.others a.id`);
    await says('h1', [WP], 'the packet that is ready', other.page);
    expect(await seen(other.page, '.verdict')).toEqual(['gate open', '4 of 7 proven']);
    expect(await other.axe()).toEqual([]);
    expect(other.noise).toEqual([]);
  });
});

it('has asked nothing of the network and said nothing to the console in all of this', () => {
  expect(look.noise).toEqual([]);
});

const AFTER = 'WP-1-After-v1';

/** One packet through its activation, and the stub of another that depends on it. */
async function readyFiles(): Promise<Record<string, string>> {
  const activated = activatedFiles();
  const stub = STUB.replace(WP, AFTER);
  const board = readBase('board.md').replace(WP, AFTER);
  return {
    ...activated,
    ...(await word(activated, 'attest', 'copy_notes')),
    [SPEC]: readBase('spec.md'),
    [stub]: readBase('stub.md').replaceAll('WP-1-Demo', 'WP-1-After').replace('nothing that has an id', WP),
    [BOARD]: board.replace('## Ready for Dev\n', `$&\n- **[${WP}]** - [READY_FOR_DEV]\n`),
    [REGISTRY]: `${activated[REGISTRY]!.trimEnd()}\n| WP-1-After | ${stub} | Stub Backlog (Not Activated): ${AFTER} | stub |\n`,
  };
}

/** They, committed, with the branch and the worktree that the packet names. */
function readyRepository(files: Record<string, string>) {
  const repository = governedRepository(files);
  repository.git('worktree', 'add', '--quiet', '-b', `feat/${WP}`, `../wt-${WP}`);
  return repository;
}
