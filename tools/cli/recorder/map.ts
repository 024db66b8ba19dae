import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { UsageError } from '../../findings/index.ts';
import {
  createEventMap,
  type EventMap,
  type EventMapDefinition,
  envelopeFields,
  eventMapSchema,
} from '../../recorder/index.ts';
import { decode } from '../../text/index.ts';
import type { Call } from '../command.ts';

const SCHEMA = 'govkit.event-map@1';
const PAIR = /^([\w.-]+)=([\w.-]+)$/;

/** What the call says of a foreign envelope: pairs and files, of which the later ones win. */
export async function mapOf(call: Call): Promise<EventMap | undefined> {
  const given = call.values.map ?? [];
  if (given.length === 0) return undefined;
  const whole: EventMapDefinition = { schema: SCHEMA, fields: {}, ignore: [], constants: {} };
  for (const one of given) {
    const pair = PAIR.exec(one);
    const part = pair
      ? checked(`--map ${one}`, { schema: SCHEMA, fields: { [pair[1]!]: pair[2]! } })
      : checked(`--map ${one}`, await readMap(call, one));
    Object.assign(whole.fields, part.fields);
    whole.ignore.push(...part.ignore);
    Object.assign(whole.constants, part.constants);
  }
  return createEventMap(whole);
}

async function readMap(call: Call, given: string): Promise<unknown> {
  try {
    return parseYaml(decode(given, await readFile(resolve(call.cwd, given))).text);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT' ? 'no such file, and no TARGET=SOURCE' : message.split('\n')[0]!.replace(/:$/, '');
    throw new UsageError(`--map ${given}: ${why}`, { cause: error });
  }
}

function checked(what: string, value: unknown): EventMapDefinition {
  const parsed = eventMapSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [{ path, code, message, ...issue }] = parsed.error.issues as [(typeof parsed.error.issues)[number]];
  const at = path.length > 0 ? `${path.join('.')}: ` : '';
  if (code === 'invalid_key' || path[0] === 'constants')
    throw new UsageError(
      `${what}: ${at}no field of an event (expected ${envelopeFields.join(', ')} or payload.FIELD)`,
    );
  const keys = (issue as { keys?: string[] }).keys;
  throw new UsageError(
    `${what}: ${at}${keys ? `Unexpected key ${JSON.stringify(keys[0])}` : message} (${SCHEMA})`,
  );
}
