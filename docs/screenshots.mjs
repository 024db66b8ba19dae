// The pictures of the README, made anew from this repository and a run of its first scenario: node docs/screenshots.mjs
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const project = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'govkit-'));
const file = join(folder, 'report.html');
// A clone of one name: a picture shows no folder of whoever took it.
const clone = join(folder, 'govkit');
execFileSync('git', ['clone', '--quiet', project, clone]);
const gov = (...args) =>
  execFileSync(process.execPath, [join(project, 'dist/bin/gov.js'), ...args], { cwd: clone });
gov('session', 'run', '.GOV/scenarios/delegation.yaml', '--quiet');
gov('report', '--out', file, '--quiet');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
for (const [name, hash] of [
  ['governance', '#/packets'],
  ['sessions', '#/sessions'],
]) {
  await page.goto(`${pathToFileURL(file).href}${hash}`);
  await page.reload();
  await page.waitForSelector('#app main');
  await page.screenshot({ path: join(project, 'docs', 'images', `report-${name}.png`) });
}
await browser.close();
rmSync(folder, { recursive: true });
