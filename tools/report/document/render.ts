import { createHash } from 'node:crypto';
import type { Blocks } from '../data/page.ts';
import { packed } from './pack.ts';

/** The bundled page: its script and its style sheet. */
export interface PageAssets {
  script: string;
  style: string;
}

export interface RenderOptions {
  /** Which version of the report this is: `gov report --watch` serves it, and the page asks for what is new. */
  live?: string;
}

const MARK = '<meta name="generator" content="govkit report">';

/** So many bytes tell whether a file is a report. */
export const REPORT_HEAD = 2048;

/** Whether a file that begins so was written by {@link renderDocument}, and may be replaced by another. */
export const isReport = (head: string): boolean => head.startsWith('<!doctype html>') && head.includes(MARK);

/** What the page may do: run its own script, and nothing else. Served, it may ask where it came from for news. */
export function contentPolicy({ script, style }: PageAssets, { live }: RenderOptions = {}): string {
  return [
    "default-src 'none'",
    `script-src '${integrity(script)}'`,
    `style-src '${integrity(style)}'`,
    'img-src data:',
    ...(live === undefined ? [] : ["connect-src 'self'"]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** One HTML file that needs nothing beside it. The same blocks and assets give the same bytes. */
export function renderDocument(blocks: Blocks, assets: PageAssets, options: RenderOptions = {}): string {
  const block = (name: string, value: unknown) =>
    `<script type="application/x-govkit" id="${name}">${packed(value)}</script>`;
  return [
    '<!doctype html>',
    `<html lang="en"${options.live === undefined ? '' : ` data-live="${options.live}"`}>`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${contentPolicy(assets, options)}">`,
    MARK,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    '<link rel="icon" href="data:,">',
    '<title>govkit report</title>',
    `<style>${assets.style}</style>`,
    '</head>',
    '<body>',
    '<div id="app"><p>Reading the report.</p></div>',
    '<noscript><p>This page needs JavaScript. It loads nothing; gov check and gov wp status say the same.</p></noscript>',
    block('page', blocks.page),
    block('sources', blocks.sources),
    ...blocks.events.map((events, at) => block(`events-${at}`, events)),
    block('threads', blocks.threads),
    block('artifacts', blocks.artifacts),
    // A module: it waits for its data before it draws anything.
    `<script type="module">${assets.script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

const integrity = (text: string): string =>
  `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;
