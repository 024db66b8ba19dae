import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { remarkShape, Shape } from './remark-shape.ts';
import { temporaryFolder } from './repository.ts';

/** remark as users get it: under vitest its packages load in their development build, which also asserts. */
function build(): string {
  const outfile = join(temporaryFolder(), 'remark.cjs');
  const entryPoints = [join(import.meta.dirname, 'remark-shape.ts')];
  buildSync({ entryPoints, bundle: true, platform: 'node', format: 'cjs', outfile, logLevel: 'error' });
  return outfile;
}

/** What remark reads in the lines of a document. Call it inside a test. */
export function loadRemark(): (lines: readonly string[]) => Shape {
  const judge: { remarkShape: typeof remarkShape } = createRequire(import.meta.url)(build());
  return judge.remarkShape;
}

/** The same of many files, one process for each group: remark takes half a minute for the largest. */
export async function remarkFiles(groups: readonly (readonly string[])[]): Promise<Map<string, Shape>> {
  const module = build();
  const ended = new AbortController();
  const read = (files: readonly string[]): Promise<[string, Shape][]> =>
    new Promise((resolve, reject) => {
      const script = `const { remarkShape, readLines } = require(${JSON.stringify(module)});
        const shapes = process.argv.slice(1).map((file) => [file, remarkShape(readLines(file))]);
        process.stdout.write(JSON.stringify(shapes));`;
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
