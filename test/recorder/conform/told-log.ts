import { readFileSync } from 'node:fs';
import { runScenario } from '../../../tools/engine/index.ts';
import { type LogFault, type LogReaderOptions, readLog } from '../../../tools/recorder/index.ts';

const text = readFileSync(new URL('../../../.GOV/scenarios/delegation.yaml', import.meta.url), 'utf8');

/** A whole history, as the engine tells it. */
export const { log } = await runScenario(text, { unboundSessions: 'allow' });

/** The same as lines of `gov recorder query`. */
export const lines = log.map((event, at) => JSON.stringify({ seq: at + 1, ...event }));
export const whole = `${lines.join('\n')}\n`;

export interface Told {
  reading: Awaited<ReturnType<typeof readLog>>;
  faults: LogFault[];
  /** `line:column rule message` of what is wrong with lines; what a piece of a history lacks is not among it. */
  told: string[];
}

const ofLines = ({ rule }: LogFault): boolean => /^(?:log|event)\//.test(rule);

/** Reads a log in chunks. */
export async function read(
  content: string | Uint8Array | readonly Uint8Array[],
  options: LogReaderOptions = {},
): Promise<Told> {
  const faults: LogFault[] = [];
  const chunks = typeof content === 'string' ? [Buffer.from(content)] : content;
  const reading = await readLog(
    (async function* () {
      yield* chunks instanceof Uint8Array ? [chunks] : chunks;
    })(),
    (fault) => faults.push(fault),
    options,
  );
  return {
    reading,
    faults,
    told: faults.filter(ofLines).map((f) => `${f.at}:${f.column} ${f.rule} ${f.message}`),
  };
}
