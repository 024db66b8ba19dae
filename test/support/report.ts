import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RenderOptions } from '../../tools/report/document/render.ts';
import { type Blocks, type PageAssets, type PageData, renderDocument } from '../../tools/report/index.ts';

const bundles = join(import.meta.dirname, '..', '..', 'dist', 'bin');

/** The page as it was built. */
export const pageAssets = (): PageAssets => ({
  script: readFileSync(join(bundles, 'page.js'), 'utf8'),
  style: readFileSync(join(bundles, 'page.css'), 'utf8'),
});

export function reportOf(blocks: Blocks, options: RenderOptions = {}): string {
  return renderDocument(blocks, pageAssets(), options);
}

/** A report that shows nothing but what is given. */
export function blocksWith({
  page,
  ...rest
}: Partial<Omit<Blocks, 'page'>> & { page?: Partial<PageData> }): Blocks {
  return {
    page: {
      schema: 'govkit.report@1',
      version: '0.1.0',
      repository: 'demo',
      spec: null,
      governance: null,
      trace: null,
      sessions: null,
      link: null,
      ...page,
    },
    sources: {},
    events: [],
    threads: { artifact_ids: [], sessions: {} },
    artifacts: {},
    ...rest,
  };
}
