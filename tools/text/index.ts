export { count } from './count.ts';
export { judgeLine, type Repaired, repairLine, repairText } from './encoding.ts';
export { applyFixes, type FixedFile } from './fix.ts';
export {
  blobId,
  canonicalJson,
  countedLines,
  FINGERPRINT_RECIPE,
  fingerprint,
  sha256,
  uuid5,
} from './hash.ts';
export { nearWords } from './near.ts';
export { isHarmless, redact, redactText } from './redact.ts';
export { type RepairedFile, repairFile } from './repair-file.ts';
export { decode, type LineEnd, NotUtf8, spanPlace, splitLines, type TextFile } from './text.ts';
export { assertWritable, createFileDurably, UnwritableFile, writeFileDurably } from './write.ts';
