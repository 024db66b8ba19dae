import {
  changedParts,
  digestOfParts,
  type Part,
  partDigests,
  type Refinement,
  refinementParts,
  type Stub,
  stubParts,
} from '../artifacts/index.ts';
import { sha256 } from '../text/index.ts';
import { foldLines } from './drift/fold.ts';
import type { SpecLibrary } from './drift/library.ts';
import { pinnedFile } from './drift/modules.ts';
import { type Pin, refinementPins } from './drift/pins.ts';

/** What an approval and a signature are given for: the refinement, the stub, and the clauses that they rest on. */
export interface Subject {
  /** Digest of each part, by `refinement:...`, `stub:...` and `clause:...`. */
  parts: Record<string, string>;
  /** Of all of them. */
  digest: string;
  /** Where each part stands. */
  places: ReadonlyMap<string, { file: string; line: number }>;
}

/** As the documents and the pinned spec have it now. */
export function subjectFrom(refinement: Refinement, stub: Stub | undefined, library: SpecLibrary): Subject {
  const places = new Map<string, { file: string; line: number }>();
  const note = (
    document: string,
    file: string,
    parts: readonly Part[],
  ): readonly [string, readonly Part[]] => {
    for (const { name, line } of parts) places.set(`${document}:${name}`, { file, line });
    return [document, parts];
  };
  const parts = partDigests(
    note('refinement', refinement.path, refinementParts(refinement)),
    ...(stub === undefined ? [] : [note('stub', stub.path, stubParts(stub))]),
  );
  for (const pin of refinementPins(refinement)) {
    const first = `clause:${clauseName(pin)}`;
    let name = first;
    for (let again = 2; parts[name] !== undefined; again++) name = `${first} (${again})`;
    places.set(name, { file: pin.file, line: pin.line });
    parts[name] = clauseDigest(pin, library);
  }
  return { parts, digest: digestOfParts(parts), places };
}

/** A part that is no longer what it was, and where. */
export interface ChangedPart {
  name: string;
  change: 'changed' | 'added' | 'removed';
  file?: string;
  line?: number;
}

/** What has changed since the parts were recorded. */
export function changesSince(before: Readonly<Record<string, string>>, now: Subject): ChangedPart[] {
  return changedParts(before, now.parts).map(({ name, change }) => ({
    name,
    change,
    ...now.places.get(name),
  }));
}

/** Number and words of the anchor, without the version that it names. */
function clauseName({ anchor, query }: Pin): string {
  return query.number ?? anchor.text.replace(/^\S+\.md:?\s*/, '').slice(0, 80);
}

/**
 * The text of the window as the pinned version has it: what the Operator was shown, and what a rebase compares. A
 * moved line or another version changes nothing of it.
 */
function clauseDigest(pin: Pin, library: SpecLibrary): string {
  const found = library.find(pin.spec);
  if (found.state !== 'FOUND' || pin.window === undefined) return sha256(`unproven ${found.state}`);
  const file = pinnedFile(found.spec, pin.query);
  const { start, end } = pin.window;
  if (file === undefined || end > file.lines.length) return sha256('unproven');
  const said = foldLines(file.lines.slice(start - 1, end), start).map(({ text }) => text);
  return sha256(said.join('\n'));
}
