import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { page as data, HOSTILE, sources } from '../report/page/fixture.ts';
import { type Look, openBrowser, type TestBrowser } from '../support/browser.ts';
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

const heading = ({ page }: Look): Promise<string | null> => page.textContent('h1');
const count = ({ page }: Look): Promise<string | null> => page.textContent('.count');
const texts = ({ page }: Look, selector: string): Promise<string[]> =>
  page.locator(selector).allTextContents();

describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
  it('axe finds nothing in any view, and nothing that a document says is ever run', async () => {
    const look = await open({ colorScheme });
    const found: string[] = [];
    for (const view of VIEWS) {
      await look.go(view);
      await look.page.waitForSelector('main > p[role=status]:not(.count)', { state: 'detached' });
      for (const line of await look.axe()) found.push(`${view} ${line}`);
      expect(await look.page.title()).toContain('handshake');
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
    expect(await look.page.textContent('.lead p')).toBe(HOSTILE);
    await look.go('#/findings/anchor/title-mismatch');
    await look.page.click(`a.place >> nth=1`);
    await look.page.waitForSelector('.source');
    expect(await texts(look, '.source tbody tr[aria-current] td')).toEqual([HOSTILE]);
    expect(await heading(look)).toBe(`.GOV/${HOSTILE}.md`);
    expect(look.noise).toEqual([]);
  });
});

describe('the overview', () => {
  it('leads from each number to its rows', async () => {
    const look = await open();
    await look.page.click('.figure:has-text("error")');
    expect([await heading(look), await count(look)]).toEqual(['Findings', '2 of 243 findings']);
    await look.page.goBack();
    await look.page.click('.figure:has-text("lead nowhere")');
    expect([await heading(look), await count(look)]).toEqual(['Anchors', '1 of 5 anchors']);
    await look.page.goBack();
    await look.page.click('.figure:has-text("required")');
    expect([await heading(look), await count(look)]).toEqual(['Trace', '1 of 7 clauses']);
    await look.page.goBack();
    await look.page.click('.figure:has-text("closed")');
    expect([await heading(look), await count(look)]).toEqual(['Work packets', '7 of 12 work packets']);
  });

  it('says which packet is ready and what the others wait for', async () => {
    const look = await open();
    expect(await texts(look, 'tbody tr td:nth-of-type(3)')).toEqual([
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
    expect(await count(look)).toBe('2 of 12 work packets');
    await look.page.click('.choice:has-text("Stub")');
    expect(await texts(look, 'tbody th .id')).toEqual(['WP-1-Spans-v1']);
    expect(await look.page.evaluate('location.hash')).toBe('#/packets?text=scheduler&stage=STUB');
    await look.page.goBack();
    expect(await count(look)).toBe('2 of 12 work packets');
  });

  it('show one with its checklist, its evidence, what it waits for and the next command', async () => {
    const look = await open({ hash: '#/packets/WP-1-Spans-v1' });
    await look.page.click('tbody td.number a >> nth=3');
    expect(await texts(look, 'tbody tr[aria-current] td.number')).toEqual(['4']);
    expect((await texts(look, 'tbody tr td:nth-of-type(2)')).slice(0, 3)).toEqual(['proven', 'open', 'open']);
    expect(await texts(look, '.others li')).toEqual([
      'WP-1-Scheduler-v1 depends on it, and it has no packet .GOV/task_packets/stubs/WP-1-Spans-v1.md:14',
    ]);
    expect(await look.page.textContent('.next code')).toBe('just record-refinement WP-1-Spans-v1');
    await look.page.click('.next button');
    await look.page.waitForSelector('.next .said:not(:empty)');
    await look.page.click('.evidence a.place >> nth=0');
    await look.page.waitForSelector('.source');
    expect(await texts(look, '.source tr[aria-current] td')).toEqual(['line 812 of the spec']);
  });
});

describe('findings', () => {
  it('open at their line, and the way back leads to where one was', async () => {
    const look = await open({ hash: '#/findings?text=workspace' });
    await look.page.click('a.place');
    await look.page.waitForSelector('.source');
    expect(await texts(look, '.source tr[aria-current] th')).toEqual(['26']);
    expect(
      await look.page.evaluate(`(() => {
        const { top, bottom } = document.querySelector('.source tr[aria-current]').getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      })()`),
    ).toBe(true);
    expect(await look.page.getAttribute('.lead a', 'href')).toBe(`https://example.org/blob/main/${STUB}#L26`);
    expect(await texts(look, '.source .gap')).toEqual(['14 lines are left out', '57 lines are left out']);
    await look.page.goBack();
    await look.page.waitForSelector('.rules');
    expect(await count(look)).toBe('1 of 243 findings');
    expect(await look.page.evaluate('document.activeElement.textContent')).toBe(`${STUB}:26`);
  });

  it('have pages, and an address each that is shown on its page', async () => {
    const look = await open({ hash: '#/findings/checklist' });
    expect(await look.page.textContent('.range')).toBe('1 to 100 of 240');
    await look.page.click('.pages a');
    expect(await look.page.textContent('.range')).toBe('101 to 200 of 240');
    await look.go('#/findings/checklist/item-missing?at=.GOV/task_packets/stubs/WP-1-Spans-v1.md:230:1');
    await look.page.waitForSelector('tbody tr[aria-current]');
    expect(await look.page.textContent('.range')).toBe('201 to 240 of 240');
    expect(await texts(look, 'tbody tr[aria-current] .place')).toEqual([
      '.GOV/task_packets/stubs/WP-1-Spans-v1.md:230',
    ]);
  });

  it('are folded by rule until somebody opens one', async () => {
    const look = await open({ hash: '#/findings' });
    expect(await texts(look, 'summary code')).toEqual([
      'anchor/title-mismatch',
      'checklist/item-missing',
      'text/bom',
    ]);
    expect(await look.page.locator('tbody tr').count()).toBe(0);
    await look.page.click('summary >> nth=2');
    await look.page.waitForSelector('tbody tr');
    expect(await look.page.locator('tbody tr').count()).toBe(1);
  });
});

describe('the trace', () => {
  it('shows the chain of a clause, and where a link of it is missing', async () => {
    const look = await open({ hash: '#/trace?state=failing' });
    await look.page.click('tbody .id');
    expect(await heading(look)).toBe('INV-SPAWN-002');
    expect(await texts(look, '.chain > li h2')).toEqual([
      'Clause',
      'Stubs',
      'Refinements',
      'Packets',
      'Code',
      'Tests',
    ]);
    expect(await texts(look, '.chain > .missing p')).toEqual([
      'no refinement names it',
      'no packet names it',
    ]);
    await look.go('#/trace/WP-1-Spawn-Contract-v1/AC-1');
    expect(await heading(look)).toBe('WP-1-Spawn-Contract-v1/AC-1');
  });
});

describe('with the keyboard alone', () => {
  it('the first stop leads to the content, and the address stays', async () => {
    const look = await open({ hash: '#/anchors' });
    await look.page.keyboard.press('Tab');
    expect(await look.page.evaluate('document.activeElement.textContent.trim()')).toBe('Skip to the content');
    await look.page.keyboard.press('Enter');
    expect(await look.page.evaluate('document.activeElement.id + location.hash')).toBe('main#/anchors');
  });

  it('a view that is entered has its heading in focus', async () => {
    const look = await open({ hash: '#/anchors' });
    await look.page.focus('nav.views a:has-text("Drift")');
    await look.page.keyboard.press('Enter');
    await look.page.waitForSelector('#title:focus');
    expect(await heading(look)).toBe('Drift');
  });

  it('/ leads to the filter, ? lists the keys, and both can be switched off', async () => {
    const look = await open({ hash: '#/anchors' });
    await look.page.keyboard.press('/');
    expect(await look.page.evaluate('document.activeElement.type')).toBe('search');
    await look.page.keyboard.press('Shift+Tab');
    await look.page.keyboard.press('?');
    expect(await look.page.locator('dialog[open] dt').allTextContents()).toEqual(['/', '?', 'Tab', 'Esc']);
    expect(await look.axe()).toEqual([]);
    await look.page.uncheck('dialog input');
    await look.page.keyboard.press('Escape');
    await look.page.keyboard.press('?');
    expect(await look.page.locator('dialog[open]').count()).toBe(0);
  });
});

describe('the colours', () => {
  it('are those of the system until somebody chooses', async () => {
    const look = await open({ colorScheme: 'dark' });
    const ground = () => look.page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    const dark = await ground();
    await look.page.check('.theme input >> nth=1', { force: true });
    expect(await ground()).toBe('rgb(252, 251, 248)');
    await look.page.check('.theme input >> nth=2', { force: true });
    expect(await ground()).toBe(dark);
    expect(dark).toBe('rgb(21, 23, 27)');
  });
});

describe('on paper', () => {
  it('everything is open, with its places, and nothing to click', async () => {
    const look = await open({ hash: '#/findings' });
    await look.page.emulateMedia({ media: 'print' });
    await look.page.waitForSelector('tbody tr >> nth=242');
    expect(await look.page.locator('nav:visible, button:visible, input:visible').count()).toBe(0);
    expect(await look.page.locator('a.place:visible').count()).toBe(243);
  });
});
