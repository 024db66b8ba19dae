import type { Page } from 'playwright-core';
import { rested } from './browser.ts';
import { OWNED } from './injections.ts';

export interface Visited {
  hash: string;
  /** Everything that stands there as text, attributes that are read aloud or shown included. */
  text: string;
}

/** What no text of a report may become, and addresses that a browser would run; whether something ran. */
const LOOK = `(() => {
  const app = document.getElementById('app');
  const made = 'script, iframe, object, embed, img, video, audio, base, meta, link, form, template, style, math';
  const bad = [...app.querySelectorAll(made)].map((element) => '<' + element.localName + '>');
  for (const element of app.querySelectorAll('*'))
    for (const { name, value } of element.attributes) {
      if (name.startsWith('on')) bad.push(name + '=' + value);
      if (['href', 'src', 'action', 'formaction', 'srcdoc', 'xlink:href'].includes(name) && !/^(#|https:\\/\\/example\\.org\\/)/.test(value)) bad.push(name + '=' + value);
    }
  if (window.${OWNED} !== undefined || document.title === '${OWNED}') bad.push('run');
  const said = [...app.querySelectorAll('[title], [aria-label], [value]')].map((element) => (element.title ?? '') + ' ' + (element.ariaLabel ?? '') + ' ' + (element.value ?? ''));
  const options = [...app.querySelectorAll('a[href^="#"]')].map((element) => element.getAttribute('href'));
  return { bad, text: app.textContent + ' ' + said.join(' '), links: options };
})()`;

interface Looked {
  bad: string[];
  text: string;
  links: string[];
}

/**
 * Follows the links of a report from its first view on, the nearest first, and those of `also`; at most `most`
 * places. Throws where text became more than text.
 */
export async function crawl(page: Page, also: readonly string[], most: number): Promise<Visited[]> {
  const seen = new Set<string>();
  const waiting = ['#/', ...also];
  const visited: Visited[] = [];
  for (let hash = waiting.shift(); hash !== undefined && visited.length < most; hash = waiting.shift()) {
    if (seen.has(hash)) continue;
    seen.add(hash);
    await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
    await rested(page);
    const { bad, text, links } = (await page.evaluate(LOOK)) as Looked;
    if (bad.length > 0) throw new Error(`text became more than text at ${hash}: ${bad.join(' ')}`);
    visited.push({ hash, text });
    waiting.push(...links.filter((link) => !seen.has(link)));
  }
  return visited;
}
