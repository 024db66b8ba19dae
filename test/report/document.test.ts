import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  contentPolicy,
  type EventBlock,
  isReport,
  REPORT_HEAD,
  renderDocument,
} from '../../tools/report/index.ts';
import { blocksWith } from '../support/report.ts';

const assets = { script: 'document.title = "é";', style: 'body { color: red }' };
const HOSTILE = '</script><script>alert(1)</script>\u2028<!--';
const block = (text: string): EventBlock => ({
  kind: [0],
  hashes: [text],
  kinds: [{ shape: -1, values: [[text]] }],
});
const blocks = blocksWith({
  page: { repository: HOSTILE },
  events: [block(HOSTILE), block('second')],
  threads: { artifact_ids: [HOSTILE], sessions: { [HOSTILE]: [] } },
});
const html = renderDocument(blocks, assets);
const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('base64');

describe('the document of a report', () => {
  it('is the same bytes each time', () => {
    expect(renderDocument(structuredClone(blocks), { ...assets })).toBe(html);
  });

  it('lets its own script and style run, and nothing else', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1];
    expect(policy).toBe(
      `default-src 'none'; script-src 'sha256-${sha256(assets.script)}'; style-src 'sha256-${sha256(assets.style)}'; img-src data:; base-uri 'none'; form-action 'none'`,
    );
    const [, script] = /<script type="module">([\s\S]*?)<\/script>/.exec(html)!;
    const [, style] = /<style>([\s\S]*?)<\/style>/.exec(html)!;
    expect([script, style]).toEqual([assets.script, assets.style]);
  });

  it('asks for news only where it is served, and from nobody but who serves it', () => {
    const served = contentPolicy(assets, { live: 'a1' });
    expect(served.replace("connect-src 'self'; ", '')).toBe(contentPolicy(assets));
    expect(renderDocument(blocks, assets, { live: 'a1' })).toContain('<html lang="en" data-live="a1">');
    expect(html).not.toContain('data-live');
  });

  it('holds every block, and no text of one as it is', () => {
    const found = [
      ...html.matchAll(/<script type="application\/x-govkit" id="([^"]+)">([A-Za-z0-9+/=]*)<\/script>/g),
    ];
    const read = Object.fromEntries(
      found.map(([, id, text]) => [
        id,
        JSON.parse(gunzipSync(Buffer.from(text!, 'base64')).toString('utf8')),
      ]),
    );
    expect(read).toEqual({
      page: blocks.page,
      sources: {},
      'events-0': blocks.events[0],
      'events-1': blocks.events[1],
      threads: blocks.threads,
      artifacts: {},
    });
    expect(html).not.toContain('alert(1)');
    expect(html.match(/<script/g)).toHaveLength(found.length + 1);
  });

  it('is known for a report by how it begins', () => {
    expect(isReport(html.slice(0, REPORT_HEAD))).toBe(true);
    expect(isReport('<!doctype html>\n<title>govkit report</title>')).toBe(false);
    expect(isReport(`x${html}`)).toBe(false);
  });
});
