// The report of the real tree, which has no sessions, in a browser.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Look, openBrowser, type TestBrowser } from '../support/browser.ts';
import { corpusRoot } from '../support/corpus.ts';
import { tryFilters } from '../support/filters.ts';
import { gov } from '../support/gov.ts';
import { seen } from '../support/seen.ts';

let folder: string;
let browser: TestBrowser;
let look: Look;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'govkit corpus '));
  const out = join(folder, 'report.html');
  expect(gov(corpusRoot, ['report', '--out', out])).toMatchObject({ code: 0, err: '' });
  browser = await openBrowser();
  look = await browser.openAddress(pathToFileURL(out).href);
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

const heading = (title: string) => expect.poll(() => seen(look.page, 'h1')).toEqual([title]);

it.each([
  ['Overview', 'Overview'],
  ['Packets', 'Work packets'],
  ['Findings', 'Findings'],
  ['Anchors', 'Anchors'],
  ['Drift', 'Drift'],
  ['Trace', 'Trace'],
])('%s opens from the navigation, and axe finds nothing in it', async (title, h1) => {
  await look.page.click(`nav.views a:has-text("${title}")`);
  await heading(h1);
  expect(await look.axe()).toEqual([]);
});

it.each([
  ['#/packets', ['Stage', 'Waits for']],
  ['#/findings', ['Severity']],
  ['#/anchors', ['Status']],
  ['#/drift', ['Fate']],
  ['#/trace', ['State', 'Family']],
])('each value of each filter of %s leaves the rows that it promises', async (view, filters) => {
  const choices = await tryFilters(look, view);
  expect([...new Set(choices.map((choice) => choice.split(':')[0]))]).toEqual(filters);
});

it.each([
  ['#/packets', 'main tbody a.id', /^#\/packets\/WP-/, '.verdict'],
  ['#/trace', 'main tbody a.id', /^#\/trace\/./, '.chain'],
  ['#/anchors', 'main tbody a.place', /^#\/source\/.+\?line=\d+$/, '.source tr[aria-current]'],
  ['#/drift', 'main tbody a.place', /^#\/source\/.+\?line=\d+$/, '.source tr[aria-current]'],
])(
  'the first row of %s leads to what is behind it, and axe finds nothing there',
  async (view, link, to, what) => {
    await look.go(view);
    await look.page.click(`${link} >> nth=0`);
    await look.page.locator(what).first().waitFor();
    expect(await look.page.evaluate('location.hash')).toMatch(to);
    expect(await look.axe()).toEqual([]);
  },
);

it('a rule is folded until it is opened, and its first finding leads to its line', async () => {
  await look.go('#/findings');
  await look.page.locator('.rules summary').first().waitFor();
  expect(await look.page.locator('.rules tbody tr').count()).toBe(0);
  await look.page.click('.rules summary >> nth=0');
  await look.page.locator('.rules tbody tr').first().waitFor();
  expect(await look.axe()).toEqual([]);
  await look.page.click('.rules a.place >> nth=0');
  await look.page.locator('.source tr[aria-current]').waitFor();
});

it('has asked nothing of the network and said nothing to the console', () => {
  expect(look.noise).toEqual([]);
});
