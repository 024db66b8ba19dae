import type { SessionLog } from '../../engine/index.ts';
import { sha256 } from '../../text/index.ts';
import type { Artifacts } from '../data/page.ts';
import { textOf } from './artifact-text.ts';

const MOST_BYTES = 16 * 1024;
const MOST_TOGETHER = 8 * 1024 * 1024;

/** Beyond what is shown, so that a secret at its end is seen whole and is redacted. */
const MARGIN = 4 * 1024;

/** What is kept under each id, as far as it fits; the first ones get the room. */
export async function artifactsOf(log: SessionLog, ids: Iterable<string>): Promise<Artifacts> {
  const artifacts: Artifacts = {};
  let left = MOST_TOGETHER;
  for (const id of ids) {
    const piece = await log.artifact(id, MOST_BYTES + MARGIN);
    if (piece === undefined) {
      artifacts[id] = { bytes: null, text: null, cut: false };
      continue;
    }
    const { bytes, content } = piece;
    const whole = content.length === bytes;
    const damaged = whole && `sha256:${sha256(content)}` !== id;
    const text = damaged ? null : textOf(content, { most: MOST_BYTES, whole });
    if (text === null) artifacts[id] = { bytes, text: null, cut: false };
    else if (text.text.length > left) artifacts[id] = { bytes, text: null, cut: true };
    else artifacts[id] = { bytes, ...text };
    left -= artifacts[id]!.text?.length ?? 0;
  }
  return artifacts;
}
