import { emptyDocument, factsOf, type Layout, readArtifact } from '../artifacts/index.ts';
import type { TextFile } from '../text/index.ts';
import type { Reading } from './kept.ts';
import { checkArtifact, checkText } from './run.ts';
import type { SpecReading } from './spec-reading.ts';

/** Reads one file and judges it by itself. */
export async function readFile(
  file: TextFile,
  id: string,
  layout: Layout,
  spec: SpecReading,
): Promise<Reading> {
  const kind = layout.kindOf(file.path);
  const said = checkText(file);
  if (kind === undefined) return { id, read: [], said };
  const artifact = readArtifact(kind, file);
  const empty = emptyDocument(file, kind);
  if (empty) return { id, facts: factsOf(artifact), read: [empty], said: [] };
  return {
    id,
    facts: factsOf(artifact),
    read: 'findings' in artifact ? artifact.findings : [],
    said: [...said, ...checkArtifact(artifact, await spec.index())],
  };
}
