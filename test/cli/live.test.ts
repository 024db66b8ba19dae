import { describe, expect, it } from 'vitest';
import { openLive } from '../../tools/cli/live.ts';
import type { Snapshot } from '../../tools/snapshot/index.ts';

const snapshot: Snapshot = {
  id: 'demo',
  list: () => Promise.resolve(['a.md']),
  read: () => Promise.resolve(new Uint8Array([1])),
  idOf: () => 'id',
};

/** Reads one file at each of these milliseconds; what the terminal got. */
async function wrote(times: number[], isTTY = true): Promise<string[]> {
  const lines: string[] = [];
  let clock = 0;
  const live = openLive({ write: (text) => lines.push(text), isTTY }, 'gov check', () => clock);
  const watched = live.watch(snapshot);
  for (const time of times) {
    clock = time;
    await watched.read('a.md');
  }
  live.end();
  return lines;
}

describe('the live line', () => {
  it('is silent for what takes no second', async () => {
    expect(await wrote([0, 500, 999])).toEqual([]);
  });

  it('says how far the work is, ten times a second at most, and is gone at the end', async () => {
    expect(await wrote([0, 1000, 1050, 1099, 1100, 2500])).toEqual([
      '\r\u001b[Kgov check · 2 files read · 1.0 s',
      '\r\u001b[Kgov check · 5 files read · 1.1 s',
      '\r\u001b[Kgov check · 6 files read · 2.5 s',
      '\r\u001b[K',
    ]);
  });

  it('is none where no terminal is', async () => {
    expect(await wrote([0, 5000], false)).toEqual([]);
  });

  it('changes nothing of what is read', async () => {
    const watched = openLive({ write: () => {}, isTTY: true }, 'x', () => 0).watch(snapshot);
    expect(watched.id).toBe('demo');
    expect(await watched.list(['*'])).toEqual(['a.md']);
    expect(await watched.read('a.md')).toEqual(new Uint8Array([1]));
    expect(watched.idOf?.('a.md')).toBe('id');
  });

  it('tells of other work, and never more than a line holds', () => {
    const lines: string[] = [];
    let clock = 0;
    const terminal = { write: (text: string) => lines.push(text), isTTY: true, columns: 30 };
    const live = openLive(terminal, 'gov session run', () => clock);
    for (const time of [500, 1000, 1050, 1100]) {
      clock = time;
      live.tell(() => (time < 1100 ? 'begins' : '3 ACTIVE, 12 BLOCKED'));
    }
    live.end();
    expect(lines).toEqual([
      '\r\u001b[Kgov session run · begins · 1…',
      '\r\u001b[Kgov session run · 3 ACTIVE, …',
      '\r\u001b[K',
    ]);
  });
});
