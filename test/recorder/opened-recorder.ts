import { openRecorder, type Recorder, type RecorderOptions } from '../../tools/engine/index.ts';
import { openDatabase } from '../../tools/engine/store/sqlite-driver.ts';
import { database } from '../engine/opened.ts';

/** A recorder, and what its log is at the moment: how many events, and what stands at their end. */
export interface Opened {
  recorder: Recorder;
  store: RecorderOptions['store'];
  state(): Promise<{ count: number; head: string }>;
}

async function ofMemory(): Promise<Opened> {
  const recorder = await openRecorder({ store: 'memory:' });
  return {
    recorder,
    store: 'memory:',
    async state() {
      let count = 0;
      let head = '';
      for await (const stored of recorder.query()) {
        count += 1;
        head = JSON.stringify(stored);
      }
      return { count, head };
    },
  };
}

async function ofFile(): Promise<Opened> {
  const path = database();
  const store = `sqlite:${path}` as const;
  const recorder = await openRecorder({ store });
  const look = await openDatabase(path, { readOnly: true });
  const count = look.prepare('SELECT count(*) AS count FROM events');
  const head = look.prepare('SELECT seq, hash FROM event_head');
  return {
    recorder: {
      ...recorder,
      async [Symbol.asyncDispose]() {
        look.close();
        await recorder[Symbol.asyncDispose]();
      },
    },
    store,
    async state() {
      return { ...(count.get() as { count: number }), head: JSON.stringify(head.get() ?? null) };
    },
  };
}

export const kinds: [name: string, open: () => Promise<Opened>][] = [
  ['memory', ofMemory],
  ['sqlite', ofFile],
];

export async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}
