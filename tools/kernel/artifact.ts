import { canonicalJson, sha256 } from '../text/index.ts';
import type { Draft } from './draft.ts';

/** Content-addressed and canonical: the same content is the same artifact, whoever writes it. */
export function storeArtifact(draft: Draft, value: unknown): { artifact_id: string; sha256: string } {
  const text = canonicalJson(value);
  const hash = sha256(text);
  const artifact_id = `sha256:${hash}`;
  draft.artifacts.push({ artifact_id, text });
  return { artifact_id, sha256: hash };
}
