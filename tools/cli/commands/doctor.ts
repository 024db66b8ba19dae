import { worktreeSnapshot } from '../../snapshot/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { programRows } from '../doctor/programs.ts';
import { repositoryRows } from '../doctor/repository.ts';
import { treeRows } from '../doctor/tree.ts';
import { printDoctor } from '../reporters/doctor.ts';
import type { DoctorRow } from '../schemas/doctor.ts';

/** What works here, what is missing, and how to mend it. Exit 1 when something needed is broken. */
export async function run(call: Call): Promise<ExitCode> {
  const found = await Promise.all([
    programRows(call.root),
    repositoryRows(call.root),
    treeRows(call, worktreeSnapshot(call.root)),
  ]);
  const rows: DoctorRow[] = found.flat();
  const ok = rows.every(({ state }) => state !== 'fails');
  if (call.json) call.out.json({ schema: 'govkit.doctor@1', root: call.root, ok, rows });
  else printDoctor(call.out, rows, { quiet: call.quiet });
  return ok ? 0 : 1;
}
