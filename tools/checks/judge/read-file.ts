import {
  emptyDocument,
  factsOf,
  type Layout,
  readArtifact,
  readMailbox,
  truncatedDocument,
} from '../../artifacts/index.ts';
import type { TextFile } from '../../text/index.ts';
import type { Reading } from './kept.ts';
import { anchorsOf, checkArtifact, checkText } from './run.ts';
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
  // A file of the mailbox export is judged with the others.
  if (kind === undefined || kind === 'mailbox') return { id, read: [], said };
  const artifact = readArtifact(kind, file);
  const damage = emptyDocument(file, kind) ?? truncatedDocument(artifact);
  // What it would say is not known, and not absent.
  if (damage) return { id, read: [damage], said: [] };
  return {
    id,
    facts: factsOf(artifact),
    read: 'findings' in artifact ? artifact.findings : [],
    said: [...said, ...checkArtifact(artifact, await spec.resolved(anchorsOf(artifact)))],
  };
}

/** Reads the files of the mailbox export together and judges them as one document. */
export function readMailboxFiles(
  path: string,
  id: string,
  files: readonly TextFile[],
  unread: readonly string[],
): Reading {
  const mailbox = readMailbox(path, files, unread);
  return { id, facts: factsOf(mailbox), read: mailbox.findings, said: checkArtifact(mailbox, undefined) };
}
