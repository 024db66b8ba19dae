// The sessions of a report in a browser: every filter, every way from a lane to what is behind it, and the keyboard.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { made } from '../report/page/sessions/made.ts';
import { type Look, openBrowser, rested, type TestBrowser } from '../support/browser.ts';
import { blocksWith } from '../support/report.ts';

const { sessions, ...rest } = made(80, 1_200);
const blocks = blocksWith({ page: { sessions }, ...rest });
const { lanes, spans, events } = sessions;

let browser: TestBrowser;
let look: Look;
let page: Page;
beforeAll(async () => {
  browser = await openBrowser();
  look = await browser.open(blocks, { hash: '#/sessions', width: 1440, height: 900 });
  page = look.page;
});
afterAll(() => browser.close());

const totals = () => page.locator('.totals b');
const read = () => page.evaluate('location.hash') as Promise<string>;
/** What the page says, or its address, sooner or later: it draws after the click that leads there. */
const hash = () => expect.poll(read, { message: 'address' });
const says = async (locator: ReturnType<typeof totals>, text: string | RegExp) => {
  await locator.filter({ hasText: text }).first().waitFor();
};
/** `80 sessions` is a part of `7 of 80 sessions`: all of it counts. */
const totalling = (count: number) =>
  says(totals(), count === 80 ? /^80 sessions$/ : new RegExp(`^${count} of 80 sessions$`));
const until = (expression: string) => expect.poll(() => page.evaluate(expression)).toBe(true);

describe('filters of sessions', () => {
  const lane = lanes[50]!;
  const iso = (time: number) => new Date(Date.parse(sessions.from) + time).toISOString();
  const { length } = lanes.filter(({ role }) => role === lane.role);

  it.each([
    ['role', lane.role, length],
    ['model', lane.model_id, lanes.filter(({ model_id }) => model_id === lane.model_id).length],
    ['wp', lane.wp_id!, lanes.filter(({ wp_id }) => wp_id === lane.wp_id).length],
    ['wp', '-', lanes.filter(({ wp_id }) => wp_id === null).length],
    ['state', 'CANCELLED', lanes.filter(({ state }) => state === 'CANCELLED').length],
  ])('%s %s is chosen from a list, and the address says so', async (name, value, count) => {
    await look.go('#/sessions');
    await page.selectOption(`select[name=${name}]`, value);
    await totalling(count);
    await hash().toBe(`#/sessions?${new URLSearchParams({ [name]: value })}`);
    await page.click('.reset');
    await totalling(80);
    await hash().toBe('#/sessions');
  });

  it('session_id is typed, and its beginning is enough', async () => {
    await look.go('#/sessions');
    await page.fill('input[name=session]', lane.session_id.slice(0, 9));
    await totalling(1);
    await expect.poll(() => page.locator('.lane-row').count()).toBe(1);
    await hash().toBe(`#/sessions?session=${lane.session_id.slice(0, 9)}`);
  });

  it('text is looked for in reasons too', async () => {
    await look.go('#/sessions');
    await page.fill('input[name=text]', 'Wrong branch');
    await totalling(lanes.filter(({ cancelled }) => cancelled !== null).length);
  });

  it('times are typed, and set what is in sight', async () => {
    const to = iso(lane.start);
    await look.go('#/sessions');
    await page.fill('input[name=to]', to.slice(0, -1));
    await page.locator('input[name=to]').blur();
    await totalling(lanes.filter(({ start }) => start < lane.start).length);
    await expect.poll(async () => new URLSearchParams((await read()).split('?')[1]).get('to')).toBe(to);
    const slider = page.getByRole('slider');
    await expect
      .poll(() => slider.getAttribute('aria-valuetext'))
      .toContain(`to ${to.slice(0, -1).replace('T', ' ')} UTC`);
  });

  it('a stroke across the axis filters by that time', async () => {
    await look.go('#/sessions');
    await totalling(80);
    const box = (await page.locator('.ticks').boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.5, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.75, box.y + 10);
    await page.mouse.up();
    await until(`location.hash.includes('from=')`);
    const query = new URLSearchParams((await read()).split('?')[1]);
    const wide = Date.parse(query.get('to')!) - Date.parse(query.get('from')!);
    const all = (Date.parse(sessions.as_of) - Date.parse(sessions.from)) * 1.02;
    expect(wide / all).toBeCloseTo(0.25, 2);
  });

  it('what nobody answers says what to do', async () => {
    await look.go('#/sessions?role=Nobody');
    await says(page.locator('.empty'), 'No session answers. Take a filter out, or reset them all.');
    await totalling(0);
  });
});

describe('from a span to its events, their artifacts and the thread', () => {
  const event = events.type.findIndex(
    (type, at) => type === 2 && events.span[at]! >= 0 && artifactOf(at) !== null,
  );
  const lane = lanes[events.lane[event]!]!;

  function artifactOf(at: number): string | null {
    const { payload } = rest.bodies[at] as { payload: { content_artifact_id?: string } };
    const id = payload.content_artifact_id;
    return id !== undefined && rest.artifacts[id]?.text !== null ? id : null;
  }

  it('a deep link with beginnings of ids shows all of them at once', async () => {
    const artifact = artifactOf(event)!;
    const span = spans.span_id[events.span[event]!]!;
    await look.go(
      `#/sessions/${lane.session_id.slice(0, 12)}?span=${span.slice(0, 12)}&event=${events.seq[event]}&artifact=${artifact.slice(0, 24)}`,
    );
    await says(page.locator('.events pre'), `"content_artifact_id": "${artifact}"`);
    await says(page.locator('.artifact pre'), rest.artifacts[artifact]!.text!.split('\n')[0]!);
    await expect.poll(() => page.locator('.artifact pre').textContent()).toBe(rest.artifacts[artifact]!.text);
    await expect.poll(() => page.locator('.detail .facts').textContent()).toContain(span);
  });

  it('is walked by clicks, and back leads back', async () => {
    await look.go('#/sessions');
    await look.go(`#/sessions/${lane.session_id}`);
    await page.locator('.events li a').first().click();
    await page.locator('.events pre').waitFor();
    await hash().toContain('event=');
    await page.goBack();
    await page.locator('.events pre').waitFor({ state: 'detached' });
    await hash().toBe(`#/sessions/${lane.session_id}`);
    await page.locator('.thread summary').click();
    await says(
      page.locator('.messages li').last(),
      rest.artifacts[rest.threads.artifact_ids[rest.threads.sessions[lane.session_id]!.at(-1)!.artifact]!]!
        .text!,
    );
    expect(await page.locator('.messages li').count()).toBe(lane.messages);
    expect(await page.locator('.messages .untrusted').count()).toBe(
      rest.threads.sessions[lane.session_id]!.filter(({ untrusted }) => untrusted).length,
    );
  });

  it('an artifact that is gone says why there is no text', async () => {
    const [gone] = Object.entries(rest.artifacts).find(([, { bytes }]) => bytes === null)!;
    await look.go(`#/sessions/${lane.session_id}?artifact=${gone}`);
    await says(page.locator('.artifact'), 'It is gone: the store does not have it any more.');
  });

  it('a session that is cancelled says by whom, why, what it cost, and who had already finished', async () => {
    const cancel = sessions.cancels[0]!;
    await look.go(`#/sessions/${lanes[cancel.root]!.session_id}`);
    await says(page.locator('.detail'), 'Cancelled by operator at ');
    const text = (await page.locator('.detail').textContent())!;
    expect(text).toContain('Cancelled by operator at ');
    expect(text).toContain(': wrong branch');
    expect(text).toContain(
      `It took ${cancel.cancelled.length} sessions; ${cancel.skipped.length} sessions had already finished:`,
    );
    expect(text).toContain(`$${lanes[cancel.root]!.spent.cost.cost_usd!.toFixed(2)}`);
    expect(await page.locator('.cancelled-by li').count()).toBe(cancel.skipped.length);
  });

  it('what the report does not have is said', async () => {
    await look.go('#/sessions/nobody');
    await says(page.getByRole('alert'), 'The report has no session nobody, or more than one that begins so.');
  });
});

describe('the timeline', () => {
  it('has only the lanes in sight, and draws others when it scrolls', async () => {
    await look.go('#/sessions');
    await totalling(80);
    const first = await page.locator('.lane-row').count();
    expect(first).toBeLessThan(40);
    await page.evaluate(`document.querySelector('.scroller').scrollTop = 1e6`);
    await page.locator('[data-row="79"]').waitFor();
    expect(await page.locator('[data-row="0"]').count()).toBe(0);
  });

  it('is walked by keys alone: lanes, spans, zoom, fold, open, close', async () => {
    await look.go('#/sessions');
    await page.evaluate(`document.querySelector('.scroller').scrollTop = 0`);
    await page.locator('[data-row="0"]').waitFor();
    await page.focus('.scroller');
    const press = (...keys: string[]) =>
      keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
    const live = page.locator('.timeline [role=status]');
    await press('Home', 'ArrowDown');
    await says(live, 'lane 2 of 80');
    await press('ArrowRight', 'ArrowRight');
    await says(live, `span 2 of ${lanes[1]!.spans.count}`);
    await rested(page);
    const slider = page.getByRole('slider');
    const before = await slider.getAttribute('aria-valuetext');
    await press('+');
    await until(
      `document.querySelector('[role=slider]').getAttribute('aria-valuetext') !== ${JSON.stringify(before)}`,
    );
    await press('0', 'Enter');
    await until(`document.activeElement?.id === 'detail-title'`);
    await hash().toBe(`#/sessions/${lanes[1]!.session_id}?span=${spans.span_id[lanes[1]!.spans.first + 1]}`);
    await press('Escape');
    await page.locator('.detail').waitFor({ state: 'detached' });
    await hash().toBe('#/sessions');
    await press('ArrowLeft', 'ArrowLeft', ' ');
    await page.locator('#lane-1[aria-expanded=false]').waitFor();
    await expect.poll(() => page.locator('#lane-4').count()).toBe(0);
    await press(' ');
    await page.locator('#lane-4').waitFor();
  });

  it('opens the span that is clicked, and pans when it is dragged', async () => {
    await look.go('#/sessions');
    await page.keyboard.press('Escape');
    const shape = (await page.locator('[data-row="0"] svg.lane').boundingBox())!;
    await page.mouse.click(shape.x + 3, shape.y + 22);
    await until(`location.hash.includes('span=')`);
    const span = spans.span_id.indexOf(new URLSearchParams((await read()).split('?')[1]).get('span')!);
    expect(spans.lane[span]).toBe(0);
    await look.go('#/sessions');
    await page.focus('.scroller');
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    await rested(page);
    const slider = page.getByRole('slider');
    const before = Number(await slider.getAttribute('aria-valuenow'));
    await page.mouse.move(shape.x + 300, shape.y + 22);
    await page.mouse.down();
    await page.mouse.move(shape.x + 200, shape.y + 22);
    await page.mouse.up();
    await until(`Number(document.querySelector('[role=slider]').getAttribute('aria-valuenow')) > ${before}`);
    await hash().toBe('#/sessions');
  });

  it('shows what attempts cost as bars and numbers', async () => {
    await look.go('#/sessions?overlay=cost');
    await page.focus('.scroller');
    await page.keyboard.press('0');
    await page.locator('.lane-row .amount').first().waitFor();
    await expect.poll(() => page.locator('.lane-row .kind-3').count()).toBe(0);
    await page.getByLabel('off', { exact: true }).check();
    await page.locator('.lane-row .amount').first().waitFor({ state: 'detached' });
    await hash().toBe('#/sessions');
  });
});

describe('the other looks', () => {
  it('the table is sorted by what its heads say', async () => {
    await look.go('#/sessions?show=table&sort=-cost');
    await says(page.locator('.sessions-table caption'), 'Sessions, 80 rows');
    const head = page.locator('th[aria-sort]');
    expect(await head.getAttribute('aria-sort')).toBe('descending');
    const dearest = lanes.reduce((a, b) =>
      (b.spent.cost.cost_usd ?? 0) > (a.spent.cost.cost_usd ?? 0) ? b : a,
    );
    expect(
      await page.locator('.sessions-table tbody tr').first().locator('a').getAttribute('href'),
    ).toContain(dearest.session_id);
  });

  it('cancels name root, author, reason, who was taken and who was passed over', async () => {
    await look.go('#/sessions?show=cancels');
    await says(page.locator('.cancels'), 'wrong branch');
    const cancel = sessions.cancels[0]!;
    const text = (await page.locator('.cancels > li').first().textContent())!;
    expect(text).toContain(`Taken ${cancel.cancelled.length}`);
    expect(text).toContain(`Had already finished ${cancel.skipped.length}`);
    expect(text).toContain('cancelled by operator');
  });

  it('paper has lanes and the whole table', async () => {
    await look.go('#/sessions');
    await page.emulateMedia({ media: 'print' });
    await page.locator('[data-row="79"]').waitFor();
    await expect.poll(() => page.locator('.sessions-table tbody tr').count()).toBe(80);
    await page.emulateMedia({ media: 'screen' });
    await page.locator('.sessions-table').waitFor({ state: 'detached' });
  });
});

it.each([
  ['#/sessions', 1440, 'light'],
  [`#/sessions/${lanes[1]!.session_id}?event=3&overlay=tokens`, 320, 'dark'],
  ['#/sessions?show=table', 320, 'light'],
  ['#/sessions?show=cancels', 800, 'dark'],
] as const)(
  'axe finds nothing at %s, %i wide, %s; nothing is wider than the screen',
  async (at, width, colorScheme) => {
    const other = await browser.open(blocks, { hash: at, width, colorScheme });
    await other.page.locator('.sessions').waitFor();
    expect(await other.axe()).toEqual([]);
    expect(
      await other.page.evaluate('document.documentElement.scrollWidth - innerWidth'),
    ).toBeLessThanOrEqual(0);
    expect(other.noise).toEqual([]);
    await other.page.context().close();
  },
);

it('has made no noise in all of this', () => {
  expect(look.noise).toEqual([]);
});
