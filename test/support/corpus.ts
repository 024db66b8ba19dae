import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'vitest';

const shared = join(import.meta.dirname, '..', '..', '..', 'shared');

/** The real governance tree beside the project, when it is there. */
export const corpusRoot = join(shared, 'corpus', 'handshake-2026-02-24');
export const hasCorpus = existsSync(corpusRoot);

/** Registers the tests only where the corpus is; elsewhere one line says so. */
export function describeCorpus(name: string, body: () => void): void {
  if (hasCorpus) describe(`corpus: ${name}`, body);
  else process.stdout.write(`no corpus beside the project: "${name}" is not registered\n`);
}
