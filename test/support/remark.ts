import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { temporaryFolder } from './repository.ts';

export interface Shape {
  /** Headings with `#`s: `3 h2 Title`. */
  atx: string[];
  /** Underlined headings: `3-4 h2 Title`. */
  setext: string[];
  /** Top-level fences: `5-9 yaml`. */
  fences: string[];
}

/** remark as users get it: under vitest its packages load in their development build, five times slower. */
function build(): string {
  const outfile = join(temporaryFolder(), 'remark.cjs');
  const entryPoints = [join(import.meta.dirname, 'remark-shape.ts')];
  buildSync({ entryPoints, bundle: true, platform: 'node', format: 'cjs', outfile, logLevel: 'error' });
  return outfile;
}

/** What remark reads in the lines of a document. Call it inside a test. */
export function loadRemark(): (lines: readonly string[]) => Shape {
  return createRequire(import.meta.url)(build()).remarkShape;
}

/** The same of many files, one process for each group: remark takes half a minute for the largest. */
export async function remarkFiles(groups: readonly (readonly string[])[]): Promise<Map<string, Shape>> {
  const module = build();
  const ended = new AbortController();
  const read = (files: readonly string[]): Promise<[string, Shape][]> =>
    new Promise((resolve, reject) => {
      const script = `require(${JSON.stringify(module)}).printShapes(process.argv.slice(1))`;
      const child = spawn(process.execPath, ['-e', script, ...files], {
        stdio: ['ignore', 'pipe', 'inherit'],
        signal: ended.signal,
      });
      const chunks: Buffer[] = [];
      child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
      child.on('error', reject);
      child.on('close', (code) => {
        if (code === 0) resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')));
        else reject(new Error(`remark ended with exit code ${code}`));
      });
    });
  try {
    return new Map((await Promise.all(groups.map(read))).flat());
  } finally {
    ended.abort();
  }
}
