// The page of `gov report` with many sessions, as somebody in front of it meets it: how long until it is usable, and
// the longest task while they scroll, zoom and filter. Needs a Chromium (CHROMIUM=PATH, else /usr/bin/chromium).
//   node bench/report.mjs [SESSIONS] [EVENTS]    (default: 1,000 sessions, 100,000 events)
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';

const USABLE_MS = 2_000;
const TASK_MS = 200;
const root = join(import.meta.dirname, '..');
const [sessions = 1_000, events = 100_000] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'govkit-report-'));

/** The generator of the tests and the writer of the document, which are TypeScript. */
async function load() {
  const outfile = join(folder, 'made.mjs');
  await build({
    stdin: {
      contents: `export { made } from './test/report/page/sessions/made.ts';
export { renderDocument } from './tools/report/document/render.ts';`,
      resolveDir: root,
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}

const longest = [];
let missed = 0;
function say(what, ms, most) {
  const met = ms <= most;
  if (!met) missed += 1;
  process.stdout.write(
    `${what.padEnd(44)} ${ms.toFixed(0).padStart(6)} ms   ${met ? 'met' : 'missed'} (${most})\n`,
  );
}

try {
  const { made, renderDocument } = await load();
  const { sessions: data, ...blocks } = made(sessions, events);
  const page = {
    schema: 'govkit.report@1',
    version: 'bench',
    repository: 'bench',
    spec: null,
    governance: null,
    trace: null,
    sessions: data,
    link: null,
  };
  const file = join(folder, 'report.html');
  const asset = (name) => readFileSync(join(root, 'dist', 'bin', name), 'utf8');
  const html = renderDocument(
    { page, sources: {}, ...blocks },
    { script: asset('page.js'), style: asset('page.css') },
  );
  writeFileSync(file, html);
  process.stdout.write(
    `${data.lanes.length} sessions, ${data.events.seq.length} events, ${data.spans.kind.length} spans · ${(statSync(file).size / 1_048_576).toFixed(1)} MiB\n\n`,
  );
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  try {
    await look(browser, pathToFileURL(file).href, data);
  } finally {
    await browser.close();
  }
  process.stdout.write(`\n${missed === 0 ? 'met' : `missed ${missed} of ${longest.length + 1}`}\n`);
  process.exitCode = missed === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function look(browser, address, data) {
  const tab = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const faults = [];
  tab.on('pageerror', (error) => faults.push(error.message));
  // Tasks of 50 ms and more are told by the browser; frames are watched beside them, so that nothing hides below.
  await tab.addInitScript(`
    globalThis.tasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    }).observe({ type: 'longtask', buffered: true });`);
  const begun = performance.now();
  await tab.goto(`${address}#/sessions`);
  await tab.waitForSelector('.lane-row path');
  const drawn = performance.now() - begun;
  await tab.selectOption('select[name=state]', 'FAILED');
  const failed = data.lanes.filter(({ state }) => state === 'FAILED').length;
  await tab.waitForFunction(
    (text) => document.querySelector('.totals')?.textContent.startsWith(text),
    `${failed} of`,
  );
  say('first lanes drawn', drawn, USABLE_MS);
  say('usable: and a filter has answered', performance.now() - begun, USABLE_MS);
  await tab.evaluate(`location.hash = '#/sessions'`);

  /** The longest task of what is done. */
  const during = async (what, act) => {
    await tab.evaluate('tasks.length = 0');
    await act();
    await frames(3);
    // The observer is told at the end of a task, and tells after it.
    await tab.waitForTimeout(120);
    const ms = Number(await tab.evaluate('Math.max(0, ...tasks)'));
    longest.push(ms);
    say(`longest task: ${what}${ms === 0 ? ' (under 50)' : ''}`, ms, TASK_MS);
  };
  const frames = (count) =>
    tab.evaluate(
      `(async () => { for (let at = 0; at < ${count}; at++) await new Promise(requestAnimationFrame); })()`,
    );

  await frames(10);
  await during('scrolling through all lanes', () =>
    tab.evaluate(`(async () => {
      const list = document.querySelector('.scroller');
      for (let top = 0; top <= list.scrollHeight; top += 700) {
        list.scrollTop = top;
        await new Promise(requestAnimationFrame);
      }
    })()`),
  );
  await during('zooming in and out', async () => {
    await tab.focus('.scroller');
    for (const key of [...'++++++++', ...'--------', '0']) {
      await tab.keyboard.press(key);
      await frames(1);
    }
  });
  await during('moving in time', async () => {
    for (const key of ['+', '+', '+', '+']) await tab.keyboard.press(key);
    for (let at = 0; at < 20; at++) await tab.keyboard.press('Shift+ArrowRight');
    await tab.keyboard.press('0');
  });
  const lane = data.lanes[Math.floor(data.lanes.length / 2)];
  const iso = (time) => new Date(Date.parse(data.from) + time).toISOString();
  const filters = {
    session: lane.session_id.slice(0, 3),
    role: lane.role,
    model: lane.model_id,
    wp: data.lanes[0].wp_id,
    state: lane.state,
    from: iso(lane.start),
    to: iso(lane.start),
    text: 'run_tests',
  };
  for (const [name, value] of Object.entries(filters))
    await during(`filtering by ${name}`, async () => {
      await tab.evaluate(
        `location.hash = ${JSON.stringify(`#/sessions?${name}=${encodeURIComponent(value)}`)}`,
      );
      await frames(2);
      await tab.evaluate(`location.hash = '#/sessions'`);
    });
  await during('typing into the text filter', async () => {
    await tab.locator('input[name=text]').pressSequentially('coder wrong branch');
    await tab.locator('input[name=text]').fill('');
  });
  await during('cost overlay', async () => {
    await tab.getByLabel('tokens', { exact: true }).check();
    await tab.getByLabel('cost', { exact: true }).check();
    await tab.getByLabel('off', { exact: true }).check();
  });
  await during('opening a session', () => tab.evaluate(`location.hash = '#/sessions/${lane.session_id}'`));
  await during('opening an event', async () => {
    await tab.click('.events li a');
    await tab.waitForSelector('.events pre');
  });
  await during('the table, sorted', async () => {
    await tab.evaluate(`location.hash = '#/sessions?show=table&sort=-cost'`);
    await tab.waitForSelector('.sessions-table');
  });
  if (faults.length > 0) throw new Error(`the page failed: ${faults.join('; ')}`);
}
