import { type FlightRecorderEvent, openSqliteStore } from '../../../tools/engine/index.ts';
import { openDatabase } from '../../../tools/engine/store/sqlite-driver.ts';
import { defaultRules, type Rules } from '../../../tools/kernel/index.ts';
import { verifyLog } from '../../../tools/recorder/index.ts';
import { faults } from '../../sim/invariants.ts';
import { contradictions, namedArtifacts } from './contents.ts';
import { artifactsOf } from './engine-on.ts';
import { TASK } from './workload.ts';

/** What does not hold in a file at rest, with what lies beside it: nothing, if all is well. */
export async function problemsAt(path: string, rules: Rules = defaultRules): Promise<string[]> {
  await using store = await openSqliteStore(path); // brings a new file to its tables
  const database = await openDatabase(path, {});
  const artifacts = artifactsOf(path);
  const problems = contradictions(database);
  for (const id of namedArtifacts(database))
    if (id !== TASK && !artifacts.has(id)) problems.push(`artifact ${id} is named and does not exist`);
  database.close();
  const proof = await store.verify();
  problems.push(...proof.faults.map(({ rule, message }) => `${rule}: ${message}`));
  // A crash leaves whole transactions: nothing was to be set aside.
  problems.push(...proof.gaps.map(({ first_seq, last_seq, why }) => `gap ${first_seq}-${last_seq}: ${why}`));
  const log: FlightRecorderEvent[] = [];
  for await (const { event } of store.readEvents({})) log.push(event);
  problems.push(...verifyLog(log).map(({ rule, message }) => `${rule}: ${message}`));
  problems.push(...(await store.read((view) => faults({ view, rules, log }))));
  return problems;
}

/** How often each tool was told to have been executed. */
export function executions(said: readonly unknown[][]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [kind, tool] of said)
    if (kind === 'tool') counts[String(tool)] = (counts[String(tool)] ?? 0) + 1;
  return counts;
}
