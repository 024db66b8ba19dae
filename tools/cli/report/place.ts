import { open, realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { UsageError } from '../../findings/index.ts';
import { isReport, REPORT_HEAD } from '../../report/index.ts';
import { gitCommonFolder } from '../../snapshot/index.ts';
import type { Call } from '../command.ts';
import { value } from '../load.ts';
import { visible } from '../output.ts';

/** Where a report is written to: absolute, and as it is told. */
export interface ReportPlace {
  file: string;
  shown: string;
}

/**
 * The file that `--out` names, else one beside the repository's own data: never in the tree unless somebody says so.
 * Throws where something else is there already.
 */
export async function reportPlace(call: Call): Promise<ReportPlace> {
  const given = value(call, 'out');
  if (given === '') throw new UsageError('Unexpected empty --out, expected a file');
  const file = given === undefined ? await usualPlace(call.root) : resolve(call.cwd, given);
  const below = relative(call.cwd, file);
  const shown = visible(given ?? (below.startsWith('..') ? file : below));
  if (given !== undefined && !(await stat(dirname(file)).catch(() => undefined))?.isDirectory())
    throw new UsageError(`--out ${shown}: no such folder: ${visible(dirname(given))}`);
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) return { file, shown };
  if (found.isDirectory())
    throw new UsageError(`--out ${shown}: Unexpected folder, expected a file (${shown}/report.html)`);
  if (!found.isFile() || !isReport(await headOf(file)))
    throw new UsageError(`${shown} is no report of govkit and is left as it is (--out FILE names another)`);
  // Of a link what it leads to.
  return { file: await realpath(file), shown };
}

async function usualPlace(root: string): Promise<string> {
  const folder = await gitCommonFolder(root);
  if (folder === undefined)
    throw new UsageError(
      `no git repository around ${visible(root)} to keep the report in (--out FILE names a place)`,
    );
  return join(folder, 'govkit', 'report.html');
}

async function headOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read({
      buffer: Buffer.alloc(REPORT_HEAD),
      length: REPORT_HEAD,
    });
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
