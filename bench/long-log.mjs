// A log of any size, made of one simulated history again and again: each copy is other sessions, with ids of its own,
// and several copies are told at once, as sessions that work beside each other tell theirs.
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runScenario } from '../dist/lib/engine.js';

const SCENARIO = join(import.meta.dirname, '..', '.GOV', 'scenarios', 'delegation.yaml');
/** Histories that are told at once. */
const BESIDE = 16;
const UUID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g;

/** Writes a log of at least `bytes` and returns what it holds. */
export async function writeLongLog(path, bytes) {
  const { log } = await runScenario(readFileSync(SCENARIO, 'utf8'), { unboundSessions: 'allow' });
  const ids = new Map();
  const lines = log.map((event) => {
    const text = `${JSON.stringify(event)}\n`;
    const parts = text.split(UUID);
    const named = [...text.matchAll(UUID)].map(([id]) => {
      if (!ids.has(id)) ids.set(id, ids.size);
      return ids.get(id);
    });
    return { parts, named };
  });
  const names = [...ids.keys()];
  const out = createWriteStream(path, { highWaterMark: 1 << 20 });
  let written = 0;
  let events = 0;
  let copies = 0;
  while (written < bytes) {
    const renamed = Array.from({ length: BESIDE }, () => {
      copies += 1;
      return names.map((name) => copyOf(name, copies));
    });
    let text = '';
    for (const { parts, named } of lines)
      for (const own of renamed) {
        for (const [at, id] of named.entries()) text += parts[at] + own[id];
        text += parts.at(-1);
      }
    events += lines.length * BESIDE;
    written += Buffer.byteLength(text);
    if (!out.write(text)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
  const sessions = log.filter(({ fr_event_id }) => fr_event_id === 'FR-EVT-SESS-001').length * copies;
  return { bytes: written, events, sessions };
}

/** Another id of the same version; which one is not random, so that every run measures the same log. */
function copyOf(uuid, copy) {
  const tail = (Number.parseInt(uuid.slice(28), 16) ^ (copy * 0x9e3779b1)) >>> 0;
  const middle = (Number.parseInt(uuid.slice(24, 28), 16) ^ (copy & 0xffff)) & 0xffff;
  return uuid.slice(0, 24) + middle.toString(16).padStart(4, '0') + tail.toString(16).padStart(8, '0');
}
