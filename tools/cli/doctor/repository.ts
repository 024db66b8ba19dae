import { constants, existsSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { GovError } from '../../findings/index.ts';
import { gitCommonFolder, gitFolderAt, runGit, worktreeSnapshot } from '../../snapshot/index.ts';
import { driverReport } from '../hooks/driver.ts';
import { hookPlace } from '../hooks/place.ts';
import { type Hook, readHooks, shown } from '../hooks/state.ts';
import { count } from '../output.ts';
import { driverFault, isActive, mend } from '../reporters/hooks.ts';
import type { DoctorRow } from '../schemas/doctor.ts';
import { folderOf } from '../tree.ts';

type Row = Omit<DoctorRow, 'group'>;

/** What git has here, and what cannot be proven because of it. */
export async function repositoryRows(root: string): Promise<DoctorRow[]> {
  if ((await gitFolderAt(root)) === undefined) {
    const around = await gitCommonFolder(root);
    const detail = around === undefined ? `${root} is none` : `${root} lies inside that of ${around}`;
    return grouped([{ name: 'repository', state: 'warns', detail, mend: 'gov init' }]);
  }
  const rows = await Promise.all([
    guarded('hooks', () => hooksRow(root)),
    guarded('merge driver', () => driverRow(root)),
    guarded('history', () => historyRow(root)),
    guarded('cache', () => cacheRow(root)),
    guarded('line ends', () => lineEndsRow(root)),
  ]);
  return grouped(rows);
}

/** Git that cannot answer one question must not hide the other rows. */
async function guarded(name: string, row: () => Promise<Row>): Promise<Row> {
  try {
    return await row();
  } catch (error) {
    if (error instanceof GovError) return { name, state: 'fails', detail: error.message };
    throw error;
  }
}

async function hooksRow(root: string): Promise<Row> {
  const place = await hookPlace(root);
  const hooks = readHooks(place);
  const where = shown(place, place.folder);
  const name = place.configured ? 'hooks (core.hooksPath)' : 'hooks';
  const told = hooks.map((hook) => `${hook.name} ${wordOf(hook)}`).join(', ');
  const needs = hooks.map((hook) => mend(place, hook)).find((line) => line !== undefined);
  if (isActive(hooks) && needs === undefined) return { name, state: 'works', detail: `${told} in ${where}` };
  // One that is not there is a choice; one that is there and does not do its work is a defect.
  const broken = hooks.some((hook) => hook.broken !== undefined);
  return {
    name,
    state: broken ? 'fails' : 'warns',
    detail: `${told} in ${where}`,
    ...(needs !== undefined && { mend: needs }),
  };
}

/** Without it nothing breaks: git merges the documents as text, and adjacent rows conflict. */
async function driverRow(root: string): Promise<Row> {
  const report = await driverReport(await hookPlace(root));
  const fault = driverFault(report);
  const name = 'merge driver';
  if (fault !== undefined)
    return { name, state: 'warns', detail: `${report.state}: ${fault.why}`, mend: fault.mend };
  const merged = report.assigned.length;
  const detail =
    merged === 0 ? 'there is no document for it' : `${report.state}, for ${count(merged, 'document')}`;
  return { name, state: 'works', detail };
}

function wordOf({ state, broken }: Hook): string {
  return broken === undefined ? state : `${state}, but ${broken}`;
}

async function historyRow(root: string): Promise<Row> {
  const shallow = (await runGit(root, ['rev-parse', '--is-shallow-repository'])).trim() === 'true';
  return shallow
    ? {
        name: 'history',
        state: 'warns',
        detail: 'shallow: what older commits hold cannot be proven, as a pinned spec or a merge base',
        mend: 'git fetch --unshallow',
      }
    : { name: 'history', state: 'works', detail: 'complete' };
}

async function cacheRow(root: string): Promise<Row> {
  const common = (await gitCommonFolder(root)) ?? root;
  const folder = join(common, 'govkit', 'cache');
  let there = folder;
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there);
  try {
    await access(there, constants.W_OK);
    return { name: 'cache', state: 'works', detail: folder };
  } catch {
    return {
      name: 'cache',
      state: 'warns',
      detail: `${folder} cannot be written: each run reads everything anew`,
      mend: `make ${there} writable`,
    };
  }
}

/** `i/lf w/crlf attr/text eol=lf`, a tab, and the path. */
async function lineEndsRow(root: string): Promise<Row> {
  const tree = await folderOf(worktreeSnapshot(root));
  const listing = await runGit(root, ['ls-files', '--eol', '-z', '--', tree]);
  const files = listing.split('\0').filter((entry) => /\.(?:md|json|ya?ml)$/.test(entry));
  const crlf = files.filter((entry) => /^i\/(?:crlf|mixed)\b/.test(entry));
  const free = files.filter((entry) => !/\battr\/\S.*\beol=lf\b/.test(entry));
  const name = 'line ends';
  if (crlf.length > 0) {
    const first = crlf[0]!.split('\t')[1];
    return {
      name,
      state: 'warns',
      detail: `${crlf.length} of ${files.length} governed files are committed with CRLF, as ${first}`,
      mend: `add ${tree}/** text eol=lf to .gitattributes, then git add --renormalize ${tree}`,
    };
  }
  return free.length > 0
    ? {
        name,
        state: 'warns',
        detail: `LF, but nothing holds ${free.length} of ${files.length} governed files to it`,
        mend: 'gov init adds the lines to .gitattributes',
      }
    : { name, state: 'works', detail: `LF in ${files.length} committed files, held by .gitattributes` };
}

function grouped(rows: readonly Row[]): DoctorRow[] {
  return rows.map((row) => ({ group: 'repository', ...row }));
}
