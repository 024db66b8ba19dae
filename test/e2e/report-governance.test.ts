import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { page as data, HOSTILE, sources } from '../report/page/fixture.ts';
import { type Look, openBrowser, rested, type TestBrowser } from '../support/browser.ts';
import { blocksWith } from '../support/report.ts';

const STUB = '.GOV/task_packets/stubs/WP-1-Spawn-Contract-v1.md';
const VIEWS = [
  '#/',
  '#/packets',
  '#/packets/WP-1-Hostile-v1',
  '#/packets/WP-1-Prepared-v1?at=4',
  '#/packets/WP-1-Nowhere-v1',
  '#/findings',
  '#/findings/anchor/title-mismatch',
  '#/anchors',
  '#/drift',
  '#/trace',
  '#/trace/INV-SPAWN-002',
  '#/trace/FR-EVT-SESS-001',
  `#/source/${STUB}?line=26`,
  '#/elsewhere',
];

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const open = (options?: Parameters<TestBrowser['open']>[1]): Promise<Look> =>
  browser.open(blocksWith({ page: data, sources }), options);

const texts = ({ page }: Look, selector: string): Promise<string[]> =>
  page.locator(selector).allTextContents();

/** What the page says sooner or later: it draws after the click that leads there, and a read may come between. */
const says = (look: Look, selector: string) =>
  expect.poll(() => texts(look, selector), { message: selector });
const heading = (look: Look) => says(look, 'h1');
const count = (look: Look) => says(look, '.count');

describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
  it('axe finds nothing in any view, and nothing that a document says is ever run', async () => {
    const look = await open({ colorScheme });
    const found: string[] = [];
    for (const view of VIEWS) {
      await look.go(view);
      await look.page.waitForSelector('main > p[role=status]:not(.count)', { state: 'detached' });
      for (const line of await look.axe()) found.push(`${view} ${line}`);
      await expect.poll(() => look.page.title()).toContain('handshake');
    }
    expect(found).toEqual([]);
    expect(look.noise).toEqual([]);
  });
});

describe('each view', () => {
  it('is as wide as the smallest screen, and no wider', async () => {
    const look = await open({ width: 320, height: 640 });
    const widths: [string, unknown][] = [];
    for (const view of VIEWS) {
      await look.go(view);
      widths.push([view, await look.page.evaluate('document.documentElement.scrollWidth')]);
    }
    expect(widths).toEqual(VIEWS.map((view) => [view, 320]));
  });

  it('shows text of documents as text', async () => {
    const look = await open({ hash: '#/packets/WP-1-Hostile-v1' });
    await says(look, '.lead p >> nth=0').toEqual([HOSTILE]);
    await look.go('#/findings/anchor/title-mismatch');
    await look.page.click(`a.place >> nth=1`);
    await look.page.waitForSelector('.source');
    await says(look, '.source tbody tr[aria-current] td').toEqual([HOSTILE]);
    await heading(look).toEqual([`.GOV/${HOSTILE}.md`]);
    expect(look.noise).toEqual([]);
  });
});

describe('the overview', () => {
  it('leads from each number to its rows', async () => {
    const look = await open();
    await look.page.click('.figure:has-text("error")');
    await heading(look).toEqual(['Findings']);
    await count(look).toEqual(['2 of 243 findings']);
    await look.page.goBack();
    await look.page.click('.figure:has-text("lead nowhere")');
    await heading(look).toEqual(['Anchors']);
    await count(look).toEqual(['1 of 5 anchors']);
    await look.page.goBack();
    await look.page.click('.figure:has-text("required")');
    await heading(look).toEqual(['Trace']);
    await count(look).toEqual(['1 of 7 clauses']);
    await look.page.goBack();
    await look.page.click('.figure:has-text("closed")');
    await heading(look).toEqual(['Work packets']);
    await count(look).toEqual(['7 of 12 work packets']);
  });

  it('says which packet is ready and what the others wait for', async () => {
    const look = await open();
    await says(look, 'tbody tr td:nth-of-type(3)').toEqual([
      'gate open',
      '1 main body needs you',
      '7 board failed',
      '5 packet open',
      '4 refinement file failed',
      '3 signature open',
      '1 main body open',
      'WP-1-Scheduler-v1',
    ]);
  });
});

describe('packets', () => {
  it('are filtered by words and by stage, with an address for it', async () => {
    const look = await open({ hash: '#/packets' });
    await look.page.fill('input[type=search]', 'scheduler');
    await count(look).toEqual(['2 of 12 work packets']);
    await look.page.click('.choice:has-text("Stub")');
    await says(look, 'tbody th .id').toEqual(['WP-1-Spans-v1']);
    await expect.poll(() => look.page.evaluate('location.hash')).toBe('#/packets?text=scheduler&stage=STUB');
    await look.page.goBack();
    await count(look).toEqual(['2 of 12 work packets']);
  });

  it('show one with its checklist, its evidence, what it waits for and the next command', async () => {
    const look = await open({ hash: '#/packets/WP-1-Spans-v1' });
    await look.page.click('tbody td.number a >> nth=3');
    await says(look, 'tbody tr[aria-current] td.number').toEqual(['4']);
    expect((await texts(look, 'tbody tr td:nth-of-type(2)')).slice(0, 3)).toEqual(['proven', 'open', 'open']);
    await says(look, '.others li').toEqual([
      'WP-1-Scheduler-v1 depends on it, and it has no packet .GOV/task_packets/stubs/WP-1-Spans-v1.md:14',
    ]);
    await says(look, '.next code').toEqual(['just record-refinement WP-1-Spans-v1']);
    await look.page.click('.next button');
    await look.page.waitForSelector('.next .said:not(:empty)');
    await look.page.click('.evidence a.place >> nth=0');
    await look.page.waitForSelector('.source');
    await says(look, '.source tr[aria-current] td').toEqual(['line 812 of the spec']);
  });
});

describe('findings', () => {
  it('open at their line, and the way back leads to where one was', async () => {
    const look = await open({ hash: '#/findings?text=workspace' });
    await look.page.click('a.place');
    await look.page.waitForSelector('.source');
    await says(look, '.source tr[aria-current] th').toEqual(['26']);
    await expect
      .poll(() =>
        look.page.evaluate(`(() => {
        const { top, bottom } = document.querySelector('.source tr[aria-current]').getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      })()`),
      )
      .toBe(true);
    expect(await look.page.getAttribute('.lead a', 'href')).toBe(`https://example.org/blob/main/${STUB}#L26`);
    await says(look, '.source .gap').toEqual(['14 lines are left out', '57 lines are left out']);
    await look.page.goBack();
    await look.page.waitForSelector('.rules');
    await count(look).toEqual(['1 of 243 findings']);
    await expect.poll(() => look.page.evaluate('document.activeElement.textContent')).toBe(`${STUB}:26`);
  });

  it('have pages, and an address each that is shown on its page', async () => {
    const look = await open({ hash: '#/findings/checklist' });
    await says(look, '.range').toEqual(['1 to 100 of 240']);
    await look.page.click('.pages a');
    await says(look, '.range').toEqual(['101 to 200 of 240']);
    await look.go('#/findings/checklist/item-missing?at=.GOV/task_packets/stubs/WP-1-Spans-v1.md:230:1');
    await look.page.waitForSelector('tbody tr[aria-current]');
    await says(look, '.range').toEqual(['201 to 240 of 240']);
    await says(look, 'tbody tr[aria-current] .place').toEqual([
      '.GOV/task_packets/stubs/WP-1-Spans-v1.md:230',
    ]);
  });

  it('are folded by rule until somebody opens one', async () => {
    const look = await open({ hash: '#/findings' });
    await says(look, 'summary code').toEqual(['anchor/title-mismatch', 'checklist/item-missing', 'text/bom']);
    expect(await look.page.locator('tbody tr').count()).toBe(0);
    await look.page.click('summary >> nth=2');
    await look.page.waitForSelector('tbody tr');
    await expect.poll(() => look.page.locator('tbody tr').count()).toBe(1);
  });
});

describe('the trace', () => {
  it('shows the chain of a clause, and where a link of it is missing', async () => {
    const look = await open({ hash: '#/trace?state=failing' });
    await look.page.click('tbody .id');
    await heading(look).toEqual(['INV-SPAWN-002']);
    await says(look, '.chain > li h2').toEqual([
      'Clause',
      'Stubs',
      'Refinements',
      'Packets',
      'Code',
      'Tests',
    ]);
    await says(look, '.chain > .missing p').toEqual(['no refinement names it', 'no packet names it']);
    await look.go('#/trace/WP-1-Spawn-Contract-v1/AC-1');
    await heading(look).toEqual(['WP-1-Spawn-Contract-v1/AC-1']);
  });
});

describe('with the keyboard alone', () => {
  it('the first stop leads to the content, and the address stays', async () => {
    const look = await open({ hash: '#/anchors' });
    await look.page.keyboard.press('Tab');
    await expect
      .poll(() => look.page.evaluate('document.activeElement.textContent.trim()'))
      .toBe('Skip to the content');
    await look.page.keyboard.press('Enter');
    await expect
      .poll(() => look.page.evaluate('document.activeElement.id + location.hash'))
      .toBe('main#/anchors');
  });

  it('a view that is entered has its heading in focus', async () => {
    const look = await open({ hash: '#/anchors' });
    await look.page.focus('nav.views a:has-text("Drift")');
    await look.page.keyboard.press('Enter');
    await look.page.waitForSelector('#title:focus');
    await heading(look).toEqual(['Drift']);
  });

  it('/ leads to the filter, ? lists the keys, and both can be switched off', async () => {
    const look = await open({ hash: '#/anchors' });
    await look.page.keyboard.press('/');
    await expect.poll(() => look.page.evaluate('document.activeElement.type')).toBe('search');
    await look.page.keyboard.press('Shift+Tab');
    await look.page.keyboard.press('?');
    await says(look, 'dialog[open] dt').toEqual(['/', '?', 'Tab', 'Esc']);
    expect(await look.axe()).toEqual([]);
    await look.page.uncheck('dialog input');
    await look.page.keyboard.press('Escape');
    await look.page.keyboard.press('?');
    await rested(look.page);
    expect(await look.page.locator('dialog[open]').count()).toBe(0);
  });
});

describe('the colours', () => {
  it('are those of the system until somebody chooses', async () => {
    const look = await open({ colorScheme: 'dark' });
    const ground = () => look.page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    const dark = await ground();
    await look.page.check('.theme input >> nth=1', { force: true });
    await expect.poll(ground).toBe('rgb(252, 251, 248)');
    await look.page.check('.theme input >> nth=2', { force: true });
    await expect.poll(ground).toBe(dark);
    expect(dark).toBe('rgb(21, 23, 27)');
  });
});

describe('on paper', () => {
  it('everything is open, with its places, and nothing to click', async () => {
    const look = await open({ hash: '#/findings' });
    await look.page.emulateMedia({ media: 'print' });
    await look.page.waitForSelector('tbody tr >> nth=242');
    await expect.poll(() => look.page.locator('nav:visible, button:visible, input:visible').count()).toBe(0);
    await expect.poll(() => look.page.locator('a.place:visible').count()).toBe(243);
  });
});
