import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { refresher } from '../../../tools/cli/report/refresh.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Builds that take `takes` milliseconds each; tells when they began and ended. */
function builds(takes: number) {
  const log: string[] = [];
  const build = async (): Promise<void> => {
    log.push(`begins ${Date.now()}`);
    await new Promise((resolve) => setTimeout(resolve, takes));
    log.push(`ends ${Date.now()}`);
  };
  vi.setSystemTime(0);
  return { log, refreshing: refresher(build, () => Date.now()) };
}

it('takes a flock of changes for one', async () => {
  const { log, refreshing } = builds(10);
  for (let at = 0; at < 5; at += 1) {
    refreshing.changed();
    await vi.advanceTimersByTimeAsync(20);
  }
  await vi.advanceTimersByTimeAsync(1000);
  expect(log).toEqual(['begins 150', 'ends 160']);
});

it('builds while changes never end, as long at rest as at work', async () => {
  const { log, refreshing } = builds(400);
  for (let at = 0; at < 200; at += 1) {
    refreshing.changed();
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(log).toEqual(['begins 150', 'ends 550', 'begins 950', 'ends 1350', 'begins 1750']);
});

it('builds once more for what changes meanwhile, and never two at once', async () => {
  const { log, refreshing } = builds(100);
  refreshing.changed();
  await vi.advanceTimersByTimeAsync(200);
  refreshing.changed();
  refreshing.changed();
  await vi.advanceTimersByTimeAsync(2000);
  expect(log).toEqual(['begins 150', 'ends 250', 'begins 400', 'ends 500']);
});

it('stops when what is under way has ended, and begins nothing more', async () => {
  const { log, refreshing } = builds(100);
  refreshing.changed();
  await vi.advanceTimersByTimeAsync(160);
  refreshing.changed();
  const stopped = refreshing.stop();
  await vi.advanceTimersByTimeAsync(1000);
  await stopped;
  refreshing.changed();
  await vi.advanceTimersByTimeAsync(1000);
  expect(log).toEqual(['begins 150', 'ends 250']);
});
