import type { z } from 'zod';
import { actions, run } from '../../../tools/engine/scenario/actions.ts';
import { expectations } from '../../../tools/engine/scenario/expectations.ts';
import { scenarioSchema } from '../../../tools/engine/scenario/language.ts';
import { steps } from '../../../tools/engine/scenario/steps.ts';

type Shaped = z.ZodObject | z.ZodOptional<z.ZodObject> | z.ZodDefault<z.ZodObject>;

/** Every key of an object with what it is for, as a table of a page. */
function fieldsOf(schema: z.ZodType, skip: readonly string[] = []): string {
  const inner = schema as Shaped;
  const { shape } = 'shape' in inner ? inner : (inner.unwrap() as z.ZodObject);
  const rows = Object.entries(shape as Record<string, z.ZodType>)
    .filter(([key]) => !skip.includes(key))
    .map(([key, field]) => `| \`${key}\` | ${wordsOf(field as unknown as Definition)} |`);
  return ['| Key | Is |', '|---|---|', ...rows].join('\n');
}

interface Definition {
  description?: string;
  _zod: { def: { innerType?: Definition; defaultValue?: unknown } };
}

/** What a field is for, and what it is where nothing is said. */
function wordsOf(field: Definition): string {
  const { innerType } = field._zod.def;
  const text = field.description ?? (innerType ? wordsOf(innerType) : 'MISSING');
  const byDefault = defaultOf(field);
  return byDefault === undefined || typeof byDefault === 'object'
    ? text
    : `${text} Default \`${byDefault}\`.`;
}

const defaultOf = ({ _zod: { def } }: Definition): unknown =>
  def.defaultValue ?? (def.innerType ? defaultOf(def.innerType) : undefined);

const described = (schema: z.ZodType, skip?: readonly string[]): string =>
  `${schema.description}${'shape' in schema && Object.keys((schema as z.ZodObject).shape).length > (skip?.length ?? 0) ? `\n\n${fieldsOf(schema, skip)}` : ''}`;

const { sessions, roles } = scenarioSchema.shape;
const COMMON = ['at', 'expect', 'do'];

/** The parts of docs/scenarios.md that say what the schema says, by their place in the page. */
export const tables: Record<string, string> = {
  file: fieldsOf(scenarioSchema),
  session: fieldsOf(sessions.element),
  role: fieldsOf((roles.unwrap() as z.ZodRecord<z.ZodString, z.ZodObject>).valueType),
  run: fieldsOf(run),
  expect: fieldsOf(expectations),
  common: fieldsOf(actions.recover, ['do']),
  ...Object.fromEntries(Object.entries(steps).map(([kind, schema]) => [kind, described(schema)])),
  ...Object.fromEntries(
    Object.entries(actions).map(([kind, schema]) => [
      kind === 'spawn' ? 'spawnAction' : kind,
      `**${kind}**: ${described(schema, COMMON)}`,
    ]),
  ),
};
