// What the browser of the other tests notices: a harness that hears nothing would call every page quiet.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, type TestBrowser } from '../support/browser.ts';
import { blocksWith } from '../support/report.ts';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const blocks = blocksWith({ page: { repository: 'quiet' } });

describe('the browser of the tests', () => {
  it.each(['open', 'openServed'] as const)('%s shows a document and hears nothing', async (way) => {
    const { page, noise, axe } = await browser[way](blocks);
    expect(await page.textContent('#app')).toContain('quiet');
    expect(await axe()).toEqual([]);
    expect(noise).toEqual([]);
  });

  it('hears errors, dialogs, requests and what the policy refuses', async () => {
    const { page, noise, go } = await browser.open(blocks);
    await go('#/findings');
    await page.evaluate(`console.error('said'); setTimeout(() => { throw new Error('thrown'); })`);
    await page.waitForEvent('pageerror');
    await page.evaluate(`alert('asked')`);
    const refused = page.waitForEvent('console', (message) => message.text().startsWith('policy: img-src'));
    await page.evaluate(`new Image().src = 'http://127.0.0.1:9/x.png'`);
    await refused;
    expect(noise).toEqual(
      expect.arrayContaining([
        'console: said',
        'error: thrown',
        'dialog: asked',
        'console: policy: img-src http://127.0.0.1:9/x.png',
      ]),
    );
  });

  it('tells what axe finds, a line for each element', async () => {
    const { page, axe } = await browser.open(blocks);
    await page.evaluate(`document.querySelector('main').append(new Image())`);
    expect(await axe()).toContainEqual(
      expect.stringMatching(/^image-alt at img: Images must have alternative text/),
    );
  });
});
