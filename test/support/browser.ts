// A report as somebody looks at it: Debian's Chromium on a document, with everything that must not happen written down.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { Blocks } from '../../tools/report/index.ts';
import { reportOf } from './report.ts';

const PROGRAM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** How long a view may take to show what a test waits for. */
const PATIENCE_MS = 20_000;

export interface LookOptions {
  /** Where the page begins: `#/findings`. */
  hash?: string;
  width?: number;
  height?: number;
  colorScheme?: 'light' | 'dark';
  reducedMotion?: 'reduce' | 'no-preference';
  forcedColors?: 'active' | 'none';
  /** Runs in the page before its own script. */
  before?: string;
}

/** One open document. */
export interface Look {
  page: Page;
  /** Console errors, uncaught errors, violations of the policy, requests and dialogs, a line each: none is the answer. */
  noise: string[];
  /** The same document at another place. */
  go(hash: string): Promise<void>;
  /** What axe finds, a line for each element. */
  axe(): Promise<string[]>;
}

export interface TestBrowser {
  /** As `gov report` writes it, from a file. */
  open(blocks: Blocks, options?: LookOptions): Promise<Look>;
  /** As it comes from a web server, with the same document for every path. */
  openServed(blocks: Blocks, options?: LookOptions): Promise<Look>;
  /** Whatever stands at an address; requests to its own origin are no noise. */
  openAddress(address: string, options?: LookOptions): Promise<Look>;
  close(): Promise<void>;
}

/** One browser for all tests of a file: `beforeAll` opens it, `afterAll` closes it. */
export async function openBrowser(): Promise<TestBrowser> {
  const browser = await chromium
    .launch({ executablePath: PROGRAM, args: ['--no-sandbox'] })
    .catch((error) => {
      throw new Error(`no browser at ${PROGRAM} (apt-get install chromium, or CHROMIUM=PATH)`, {
        cause: error,
      });
    });
  const folder = mkdtempSync(join(tmpdir(), 'govkit page '));
  const closing: (() => void)[] = [() => rmSync(folder, { recursive: true, force: true })];
  let documents = 0;
  return {
    async open(blocks, options = {}) {
      documents += 1;
      const file = join(folder, `${documents}.html`);
      writeFileSync(file, reportOf(blocks));
      return look(browser, pathToFileURL(file).href, options);
    },
    async openServed(blocks, options = {}) {
      const document = reportOf(blocks);
      const server = createServer((_, response) => {
        response.setHeader('Content-Type', 'text/html; charset=utf-8').end(document);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      closing.push(() => server.close().closeAllConnections());
      return look(browser, `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, options);
    },
    openAddress: (address, options = {}) => look(browser, address, options),
    async close() {
      await browser.close();
      for (const close of closing) close();
    },
  };
}

async function look(browser: Browser, address: string, options: LookOptions): Promise<Look> {
  const wanted: BrowserContextOptions = {
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
    colorScheme: options.colorScheme ?? 'light',
    reducedMotion: options.reducedMotion ?? 'reduce',
    forcedColors: options.forcedColors ?? 'none',
  };
  const context = await browser.newContext(wanted);
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const noise = listen(page, address);
  // The policy says in the console what it refused; where it is asked only to report, or a worker is, it does not.
  await page.addInitScript(
    `document.addEventListener('securitypolicyviolation', (event) => console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI));`,
  );
  if (options.before !== undefined) await page.addInitScript(options.before);
  await page.goto(address + (options.hash ?? ''));
  const settled = async () => {
    await page.waitForSelector('#app main').catch((error: Error) => {
      throw new Error([`nothing is shown at ${page.url()}`, ...noise].join('\n'), { cause: error });
    });
    await rested(page);
  };
  await settled();
  return {
    page,
    noise,
    async go(hash) {
      await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
      await settled();
    },
    async axe() {
      await page.evaluate(axe.source);
      return (await page.evaluate(AXE_LINES)) as string[];
    },
  };
}

/**
 * Waits until the page has drawn what it was told, and until what follows the drawing has run: the view of before has
 * a `main` as well, and a key that comes before its listener is lost.
 */
export async function rested(page: Page): Promise<void> {
  await page.evaluate(RESTED);
}

/** Twice: what runs after the first drawing may ask for a second. */
const RESTED = `(async () => {
  for (let drawing = 0; drawing < 2; drawing += 1)
    await new Promise((drawn) => setTimeout(() => requestAnimationFrame(() => setTimeout(drawn))));
})()`;

const AXE_LINES = `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
  violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => id + ' at ' + target.join(' ') + ': ' + help + ' (' + failureSummary.replace(/\\s+/g, ' ') + ')')))`;

function listen(page: Page, address: string): string[] {
  const noise: string[] = [];
  const { origin, protocol } = new URL(address);
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) noise.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => noise.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    noise.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('popup', (popup) => noise.push(`popup: ${popup.url()}`));
  page.on('request', (request) => {
    const url = request.url();
    const isOwn = protocol === 'file:' ? url.split('#')[0] === address : url.startsWith(`${origin}/`);
    if (!isOwn && !url.startsWith('data:,')) noise.push(`request: ${url}`);
  });
  return noise;
}
