import type { Place } from '../../findings/index.ts';
import type { Field } from '../../markdown/index.ts';
import { spanPlace } from '../../text/index.ts';
import { type Document, present } from '../document.ts';

/** `- [x] anchors_present`: a gate that somebody ticked, or did not. */
export interface GateBox {
  name: string;
  /** Absent where the box holds something else than a blank or an x. */
  checked?: boolean;
  place: Place;
}

/** One block of the mechanical manifest: a file, the lines that were changed, its hash before and after. */
export interface ManifestEntry {
  /** Absent where a block has lost its first line. */
  target?: Field;
  /** Without its code span. */
  path?: string;
  start?: Field;
  end?: Field;
  lineDelta?: Field;
  preSha1?: Field;
  postSha1?: Field;
  /** Lines from 1, both inclusive; absent unless both are whole numbers in this order. */
  window?: { start: number; end: number };
  /** Lines added, less those taken away. */
  delta?: number;
  gates: GateBox[];
  /** Every field of the block, unknown ones included. */
  fields: Field[];
}

const KEYS = new Set(['target file', 'start', 'end', 'line delta', 'pre-sha1', 'post-sha1', 'gates passed']);
const BOX = /^\s*[-*+]\s+\[([^\]]{0,3})\]\s*(?=\S)/;

/** Every block of the manifest: it is repeated for each file that was changed. */
export function readManifest(document: Document, fields: readonly Field[]): ManifestEntry[] {
  const blocks: Field[][] = [];
  let heading = 0;
  let open: Field[] | undefined;
  for (const field of fields) {
    const { line } = field.keyPlace;
    for (; (document.sections[heading]?.line ?? Number.POSITIVE_INFINITY) < line; heading++) open = undefined;
    const known = KEYS.has(field.key.toLowerCase());
    if (known && (open === undefined || has(open, field.key))) {
      open = [];
      blocks.push(open);
    }
    // What follows at some distance is no part of the block any more.
    if (known || line === (open?.at(-1)?.keyPlace.line ?? line) + 1) open?.push(field);
  }
  // `Start` and `End` alone are ordinary words.
  return blocks
    .filter((block) => block.length > 2 || has(block, 'Target File'))
    .map((block) => readBlock(document, block));
}

function has(block: readonly Field[], key: string): boolean {
  return block.some((field) => field.key.toLowerCase() === key.toLowerCase());
}

function readBlock(document: Document, fields: Field[]): ManifestEntry {
  const first = (key: string): Field | undefined =>
    fields.find((field) => field.key.toLowerCase() === key.toLowerCase());
  const target = first('Target File');
  const [start, end, lineDelta] = [first('Start'), first('End'), first('Line Delta')];
  const [from, to] = [whole(start), whole(end)];
  const delta = /^[+-]?\d{1,9}$/.test(lineDelta?.value ?? '') ? Number(lineDelta!.value) : undefined;
  const gates = first('Gates Passed');
  return {
    fields,
    gates: gates === undefined ? [] : readGates(document, gates),
    ...present({
      target,
      path: target === undefined ? undefined : target.value.replace(/^`([^`]*)`$/, '$1'),
      start,
      end,
      lineDelta,
      preSha1: first('Pre-SHA1'),
      postSha1: first('Post-SHA1'),
      window: from === undefined || to === undefined || to < from ? undefined : { start: from, end: to },
      delta,
    }),
  };
}

function readGates(document: Document, field: Field): GateBox[] {
  const gates: GateBox[] = [];
  for (let line = field.keyPlace.line + 1; line <= document.visible.length; line++) {
    const text = document.visible[line - 1]!;
    const box = BOX.exec(text);
    if (box === null) {
      if (text.trim() === '') continue;
      break;
    }
    const mark = box[1]!;
    const name = text.slice(box[0].length).trimEnd();
    gates.push({
      name,
      ...(/^[ xX]$/.test(mark) ? { checked: mark !== ' ' } : {}),
      place: spanPlace(document.path, line, box[0].length + 1, name.length),
    });
  }
  return gates;
}

function whole(field: Field | undefined): number | undefined {
  const value = field?.value ?? '';
  return /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}
