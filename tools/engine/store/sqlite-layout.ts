// What a file must hold to be a database of this version. Somebody may have dropped a table, put a view in the place
// of one, or laid a trigger on it: then rows would be lost or made up, and no record would show it.
import type { Database } from './sqlite-driver.ts';
import { schemaSql } from './sqlite-schema.ts';

interface Made {
  type: string;
  name: string;
  tbl_name: string;
  sql: string | null;
}

const CREATE = /^CREATE (TABLE|INDEX) IF NOT EXISTS (\w+)/;

/** The statements as SQLite keeps them, by the name of what they make. */
function expectedSql(): Map<string, { type: string; sql: string }> {
  return new Map(
    schemaSql().map((statement) => {
      const [, kind, name] = CREATE.exec(statement)!;
      return [name!, { type: kind!.toLowerCase(), sql: statement.replace(' IF NOT EXISTS', '') }] as const;
    }),
  );
}

/** What is wrong with the tables of a file, in words; null = nothing. Tables, views and indexes of others may be there. */
export function layoutFault(database: Database): string | null {
  const expected = expectedSql();
  const made = database.prepare('SELECT type, name, tbl_name, sql FROM sqlite_master').all() as Made[];
  const found = new Map(made.map((each) => [each.name, each]));
  for (const [name, { type, sql }] of expected) {
    const there = found.get(name);
    if (!there) return `the ${type} ${name} is not there`;
    if (there.type !== type) return `${name} is a ${there.type}, expected a ${type}`;
    if (there.sql !== sql) return `the ${type} ${name} is another than govkit makes`;
  }
  const trigger = made.find(({ type, tbl_name }) => type === 'trigger' && expected.has(tbl_name));
  return trigger ? `the trigger ${trigger.name} is on the table ${trigger.tbl_name}, expected none` : null;
}
