import { events } from '../../generated/index.ts';
import { nearWords } from '../../text/index.ts';

const definitions = Object.values(events);
const types: readonly string[] = definitions.flatMap(({ type, fr_event_id }) => [type, fr_event_id]);
const families: readonly string[] = [...new Set(definitions.map(({ family }) => family))].sort();

type Names = string | readonly string[] | undefined;
export const listOf = (names: Names): readonly string[] =>
  names === undefined ? [] : typeof names === 'string' ? [names] : names;

/** What is wrong with a name that no event can have, as what is expected in its place; null = nothing. */
export function typeFault(name: string): string | null {
  return types.includes(name) ? null : `a type or an event id${near(name, types)}`;
}

/** The same for a family; one with a star has to take one family at least. */
export function familyFault(name: string): string | null {
  return families.some(taker(name)) ? null : `an event family${near(name.replaceAll('*', ''), families)}`;
}

/** The event ids that `type` and `family` leave; null = any, ids that nobody has registered too. */
export function eventIdsOf(query: { type?: Names; family?: Names }): ReadonlySet<string> | null {
  const asked = new Set(listOf(query.type));
  const takers = listOf(query.family).map(taker);
  if (asked.size === 0 && takers.length === 0) return null;
  return new Set(
    definitions
      .filter(({ type, fr_event_id }) => asked.size === 0 || asked.has(type) || asked.has(fr_event_id))
      .filter(({ family }) => takers.length === 0 || takers.some((takes) => takes(family)))
      .map(({ fr_event_id }) => fr_event_id),
  );
}

/** `FR-EVT-SESS-*` takes `FR-EVT-SESS` too: it is how the Master Spec writes the family with all below it. */
function taker(name: string): (family: string) => boolean {
  if (!name.includes('*')) return (family) => family === name;
  const parts = name.split(/\*+/).map((part) => part.replace(/[^\w-]/g, '\\$&'));
  const glob = new RegExp(`^${parts.join('.*')}$`);
  return (family) => glob.test(family) || glob.test(`${family}-`);
}

function near(name: string, known: readonly string[]): string {
  const spelled = known.filter((each) => each.toLowerCase() === name.trim().toLowerCase());
  const words = spelled.length > 0 ? spelled : nearWords(name, known);
  if (words.length > 0) return ` (did you mean ${words.join(' or ')}?)`;
  return known === families ? `: ${families.join(', ')}` : `, such as ${types.slice(0, 2).join(' or ')}`;
}
