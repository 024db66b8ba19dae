// Text that wants to be more than text, wherever a document, a name or an agent can put it.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { governance, page, sources, trace } from '../report/page/fixture.ts';
import { type Look, openBrowser, type TestBrowser } from '../support/browser.ts';
import { crawl } from '../support/crawl.ts';
import { gov } from '../support/gov.ts';
import { governedRepository } from '../support/governed.ts';
import { INJECTIONS } from '../support/injections.ts';
import { blocksWith } from '../support/report.ts';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** As a browser keeps a text: white space and what cannot be seen left out. */
const bare = (text: string): string => text.replace(/[\s\p{Cc}\p{Cf}]+/gu, '');

/** Words of closed lists, which no document writes. */
const CLOSED = new Set([
  'schema',
  'stage',
  'state',
  'severity',
  'fate',
  'result',
  'in',
  'word',
  'sha256',
  'link',
]);

/** The same data with an injection in the place of every text that somebody could have written. */
function poisoned<Value>(value: Value, state = { at: 0 }): Value {
  const next = (): string => INJECTIONS[state.at++ % INJECTIONS.length]!;
  const walk = (found: unknown, key: string): unknown => {
    if (typeof found === 'string') return CLOSED.has(key) ? found : next();
    if (Array.isArray(found)) return found.map((item) => walk(item, key));
    if (typeof found !== 'object' || found === null) return found;
    return Object.fromEntries(Object.entries(found).map(([name, item]) => [name, walk(item, name)]));
  };
  return walk(value, '') as Value;
}

async function expectTextAlone(look: Look, also: readonly string[], most: number): Promise<string> {
  const visited = await crawl(look.page, also, most);
  expect(look.noise).toEqual([]);
  expect(await look.page.evaluate('window.__owned')).toBeUndefined();
  return bare(visited.map(({ text }) => text).join('\n'));
}

describe('a report of hostile text', () => {
  it(`has ${INJECTIONS.length} different ones`, () => {
    expect(new Set(INJECTIONS).size).toBe(INJECTIONS.length);
    expect(INJECTIONS.length).toBeGreaterThanOrEqual(40);
  });

  it('shows as text what stands in place of every text of the governance side', async () => {
    const held = Object.values(sources)[0]!;
    const blocks = blocksWith({
      page: poisoned({ ...page, governance, trace }),
      // JSON.parse gives a key like __proto__ to the object itself, as the page does.
      sources: JSON.parse(
        `{${INJECTIONS.map((text) => `${JSON.stringify(text)}:${JSON.stringify(poisoned(held))}`).join(',')}}`,
      ),
    });
    const look = await browser.open(blocks);
    const views = ['packets', 'findings', 'anchors', 'drift', 'trace'].map((view) => `#/${view}`);
    const places = INJECTIONS.flatMap((text) =>
      ['source', 'packets', 'trace'].map((view) => `#/${view}/${encodeURIComponent(text)}`),
    );
    const text = await expectTextAlone(look, [...views, ...places], 250);
    for (const injection of INJECTIONS) expect(text).toContain(bare(injection));
  });

  it('shows as text what a tree and the sessions of a run say', async () => {
    const names = INJECTIONS.filter((text) => !/[/\0]/.test(text) && text.length < 120);
    const { root } = governedRepository({
      'gov.config.yaml': 'session:\n  unbound: allow\n',
      'run.yaml': scenario(),
      ...Object.fromEntries(names.map((name) => [`.GOV/task_packets/stubs/${name}.md`, stub(name)])),
      ...Object.fromEntries(
        INJECTIONS.map((text, at) => [
          `.GOV/task_packets/stubs/WP-1-Hostile-${at}-v1.md`,
          stub(`WP-1-Hostile-${at}-v1`, text),
        ]),
      ),
    });
    expect(gov(root, ['session', 'run', 'run.yaml'])).toMatchObject({ code: 0 });
    const out = join(root, 'report.html');
    const link = 'https://example.org/{file}#L{line}';
    expect(gov(root, ['report', '--out', out, '--link', link])).toMatchObject({ code: 0 });
    const look = await browser.openAddress(pathToFileURL(out).href);
    const shown = ['', '?show=table', '?show=cancels'].map((query) => `#/sessions${query}`);
    const text = await expectTextAlone(look, shown, 60);
    for (const injection of INJECTIONS) expect(text).toContain(bare(injection));
  });
});

/** A stub that says one text wherever a stub can say something. */
function stub(wp_id: string, text = wp_id): string {
  const line = text.replace(/[\r\n\u2028\u2029]+/g, ' ');
  return [
    `# Work Packet Stub: ${wp_id}`,
    '## STUB_METADATA',
    `- WP_ID: ${wp_id}`,
    `- BASE_WP_ID: ${wp_id.replace(/-v1$/, '')}`,
    '- CREATED_AT: 2026-02-24T00:00:00Z',
    `- STUB_STATUS: ${line}`,
    `- ROADMAP_POINTER: ${line}`,
    '- SPEC_ANCHOR_CANDIDATES (Main Body, not Roadmap):',
    `  - Demo_Spec_v02.137.md 1.1.1 ${line}`,
    '## INTENT (DRAFT)',
    `- What: ${line}`,
    '## ACCEPTANCE_CRITERIA (DRAFT)',
    `- ${line}`,
    '## DEPENDENCIES / BLOCKERS (DRAFT)',
    `- Depends on: WP-1-Other-v1 ${line}`,
    '## ACTIVATION_CHECKLIST (REQUIRED BEFORE ANY CODING)',
    `- [ ] ${line}`,
    '',
  ].join('\n');
}

/** A session for each text: its role, its model, what it says and makes, and half of them why they were cancelled. */
function scenario(): string {
  const sessions = INJECTIONS.map((text, at) => ({
    as: `s${at}`,
    role: text.slice(0, 200),
    model: text.slice(0, 200),
    script: `x${at}`,
  }));
  const scripts = INJECTIONS.map((text, at) => [
    `x${at}`,
    [
      { say: { text, tokens: 10, cost_usd: 0.01, ms: at % 2 === 0 ? 60_000 : 100 } },
      { complete: { next_steps: [text] } },
    ],
  ]);
  const actions = INJECTIONS.map((reason, at) => ({
    at: 30_000 + at,
    do: 'cancel',
    session: `s${at}`,
    reason,
    by: reason.slice(0, 200),
  }));
  return JSON.stringify({
    schema: 'govkit.scenario@1',
    title: 'hostile',
    seed: 7,
    start: '2026-02-24T09:00:00Z',
    sessions,
    scripts: Object.fromEntries(scripts),
    actions: actions.filter((_, at) => at % 2 === 0),
  });
}
