import { describe, expect, it } from 'vitest';
import { createOutput } from '../../../tools/cli/output.ts';
import { follow, progressText } from '../../../tools/cli/session/follow.ts';

const progress = (runs: number, elapsed_ms = 41_000) => ({ runs, elapsed_ms, roots: new Map(), paused: [] });

describe('how far a run is', () => {
  it.each([
    [undefined, undefined, true, 'begins'],
    [progress(0, 0), undefined, true, '0 runs · 0 tokens · 0 s simulated'],
    [
      progress(1),
      { states: { ACTIVE: 1 }, total_tokens: 1 },
      true,
      '1 ACTIVE · 1 run · 1 token · 41 s simulated',
    ],
    [
      progress(12),
      { states: { ACTIVE: 3, BLOCKED: 1 }, total_tokens: 4100 },
      false,
      '3 ACTIVE, 1 BLOCKED · 12 runs · 4.1k tokens',
    ],
  ])('%j, %j, simulated %s: %s', (at, counted, simulated, text) => {
    expect(progressText(at, counted, simulated)).toBe(text);
  });

  it('hears everything, and leaves the signals as they were', async () => {
    const out = createOutput(
      { stdout: { write: () => {} }, stderr: { write: () => {} }, env: {} },
      { color: false },
    );
    const before = [process.listenerCount('SIGINT'), process.listenerCount('SIGTERM')];
    const heard: number[] = [];
    const followed = follow(out, '/nowhere/run.db', ({ runs }) => heard.push(runs), true);
    expect([process.listenerCount('SIGINT'), process.listenerCount('SIGTERM')]).toEqual(
      before.map((n) => n + 1),
    );
    expect(followed.last()).toBe(undefined);
    followed.onProgress(progress(1));
    followed.onProgress(progress(2));
    await followed.end();
    expect([heard, followed.last()?.runs, followed.signal.aborted]).toEqual([[1, 2], 2, false]);
    expect([process.listenerCount('SIGINT'), process.listenerCount('SIGTERM')]).toEqual(before);
  });
});
