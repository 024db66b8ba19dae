import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PageAssets } from '../../report/index.ts';
import { packageRoot } from '../version.ts';

/** The page as it was built; it stands beside the command. */
export async function pageAssets(): Promise<PageAssets> {
  const folder = join(packageRoot(), 'dist', 'bin');
  const [script, style] = await Promise.all(
    ['page.js', 'page.css'].map((name) => readFile(join(folder, name), 'utf8')),
  );
  return { script: script!, style: style! };
}
