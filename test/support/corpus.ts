import { join } from 'node:path';

const shared = join(import.meta.dirname, '..', '..', '..', 'shared');

/** The real governance tree beside the project: vitest.config.ts registers test/corpus only where it is. */
export const corpusRoot = join(shared, 'corpus', 'handshake-2026-02-24');

/** One packet of it, taken through its activation. */
export const goldenRoot = join(shared, 'corpus', 'golden-activation');
