import {
  contradictingStatus,
  type GovTree,
  refinementOf,
  type Stub,
  stubOf,
  stubState,
} from '../../artifacts/index.ts';
import { type Finding, linePlace, type Place } from '../../findings/index.ts';
import {
  type AnchorResult,
  descendantsOf,
  resolveAnchor,
  type SpecIndex,
  type SpecSection,
  type Stretch,
  sectionLines,
  stretchesOf,
} from '../../spec/index.ts';

/** What a step would do: everything that speaks against it at once, or the files it would write. */
export interface Plan {
  unmet: Finding[];
  /** Whole new files by path; empty while something is unmet. */
  writes: Map<string, string>;
}

export interface RefineInput {
  tree: GovTree;
  spec: SpecIndex;
  wpId: string;
  template: string;
  /** sha1 of the spec's bytes, as refinements have always pinned it. */
  specSha1: string;
  /** RFC 3339, UTC, to the second. */
  now: string;
}

/** An excerpt beyond this is not read by anybody; the window still names the whole section. */
const EXCERPT_LINES = 12;
const WINDOW_LINES = 250;

/** A refinement to fill in: anchors, windows, tokens, excerpts and event ids come from the spec, not from memory. */
export function planRefinement(input: RefineInput): Plan {
  const { tree, spec, wpId } = input;
  const stub = stubOf(tree, wpId);
  const path = `${tree.folder}/refinements/${wpId}.md`;
  const unmet: Finding[] = [];
  if (stub === undefined) {
    unmet.push(
      refusal(
        linePlace(`${tree.folder}/task_packets/stubs/${wpId}.md`, 1),
        `Unexpected absence of a stub for ${wpId}, expected one to refine`,
      ),
    );
  } else {
    unmet.push(...againstStub(stub, spec));
  }
  const existing = refinementOf(tree, wpId);
  if (existing !== undefined) {
    unmet.push(
      refusal(
        linePlace(existing.path, 1),
        `Unexpected second refinement of ${wpId}, expected none: ${existing.path} exists and is not overwritten`,
      ),
    );
  }
  // Something is at the path that could not be read as a refinement: it is not ours to replace.
  const unread = tree.findings.find(
    ({ place, severity }) =>
      severity === 'error' && (place.file === path || path.startsWith(`${place.file}/`)),
  );
  if (unread !== undefined) {
    unmet.push(
      refusal(
        unread.place,
        `Unexpected file at ${path} that cannot be read (${unread.message}), expected none`,
      ),
    );
  }
  if (stub === undefined || unmet.length > 0) return { unmet, writes: new Map() };
  return { unmet, writes: new Map([[path, fill(input, stub)]]) };
}

function againstStub(stub: Stub, spec: SpecIndex): Finding[] {
  const unmet: Finding[] = [];
  if (stubState(stub) !== 'STUB') {
    const place = stub.status?.place ?? linePlace(stub.path, 1);
    unmet.push(
      refusal(
        place,
        `Unexpected status "${stub.status?.raw ?? ''}", expected STUB: this stub is not to be activated`,
      ),
    );
  }
  const second = contradictingStatus(stub);
  if (second !== undefined) {
    const at = stub.statuses[0]!.place.line;
    unmet.push(
      refusal(
        second.place,
        `Unexpected second status "${second.raw}", expected one; line ${at} says another`,
      ),
    );
  }
  if (stub.candidates.length === 0) {
    unmet.push(
      refusal(
        linePlace(stub.path, stub.metadata?.line ?? 1),
        'Unexpected absence of anchor candidates, expected at least one',
      ),
    );
  }
  for (const { text, place } of stub.candidates) {
    const { status, reasons } = resolveAnchor(spec, text);
    if (status === 'UNIQUE') continue;
    unmet.push(
      refusal(
        place,
        `Unexpected anchor ${status} (${reasons.join('; ')}), expected UNIQUE in ${spec.version}`,
      ),
    );
  }
  return unmet;
}

function refusal(place: Place, message: string): Finding {
  return { rule: 'wp/refine-refused', severity: 'error', place, message, args: {} };
}

function fill(input: RefineInput, stub: Stub): string {
  const { spec, wpId } = input;
  const results = stub.candidates.map(({ text }) => resolveAnchor(spec, text));
  const events = eventIds(spec, results);
  const values: Record<string, string> = {
    WP_ID: wpId,
    CREATED_AT: input.now,
    SPEC_POINTER: stub.specTarget?.value ?? `${input.tree.folder}/roles_shared/SPEC_CURRENT.md`,
    SPEC_FILE: spec.files.length === 1 ? baseName(spec.files[0]!.path) : spec.source,
    SPEC_SHA1: input.specSha1,
    EVENTS:
      events.length > 0
        ? events.map((id) => `- ${id}: <fill: emitted or read, and when>`).join('\n')
        : '- NONE: <fill: why the work touches no event>',
    ANCHORS: distinct(results)
      .map((section, index) => anchorBlock(spec, section, index + 1))
      .join('\n\n'),
  };
  return input.template.replace(/\{\{([A-Z_0-9]+)\}\}/g, (whole, name: string) => values[name] ?? whole);
}

/** The same section may be cited twice, once for its rules and once for its events. */
function distinct(results: readonly AnchorResult[]): SpecSection[] {
  return [
    ...new Map(results.flatMap(({ section }) => (section ? [[section.id, section] as const] : []))).values(),
  ];
}

function anchorBlock(spec: SpecIndex, section: SpecSection, index: number): string {
  // A window is lines of one file: of a section that further modules go on with, those of the first.
  const [{ file, line, endLine }] = stretchesOf(spec, section) as [Stretch];
  const lines = file.lines.slice(line - 1, endLine);
  const window = Math.min(lines.length, WINDOW_LINES);
  const excerpt = trimBlank(lines.slice(0, EXCERPT_LINES)).map(asciiEscaped);
  const fence = '`'.repeat(Math.max(3, longestFence(excerpt) + 1));
  return [
    `#### ANCHOR ${index}`,
    `- SPEC_ANCHOR: ${baseName(section.file)} ${section.number ?? ''} ${asciiEscaped(section.title)}`,
    `- CONTEXT_START_LINE: ${section.line}`,
    `- CONTEXT_END_LINE: ${section.line + window - 1}`,
    `- CONTEXT_TOKEN: ${asciiEscaped(lines[0]!.replace(/^#+\s*/, ''))}`,
    '- EXCERPT_ASCII_ESCAPED:',
    `  ${fence}text`,
    ...excerpt.map((line) => (line === '' ? '' : `  ${line}`)),
    `  ${fence}`,
  ].join('\n');
}

/** FR-EVT ids that the cited sections and what stands below them define or name. */
function eventIds(spec: SpecIndex, results: readonly AnchorResult[]): string[] {
  const ids = new Set<string>();
  for (const { section } of results) {
    if (section === undefined) continue;
    for (const part of [section, ...descendantsOf(spec, section)]) {
      for (const [id] of sectionLines(spec, part)
        .join('\n')
        .matchAll(/\bFR-EVT-(?:[A-Z]+-)*\d{3}\b/g))
        ids.add(id);
    }
  }
  return [...ids].sort();
}

/** Refinements are ASCII, so that no editor and no shell can change what was signed. */
function asciiEscaped(text: string): string {
  return text.replace(/[^\t\x20-\x7e]/gu, (character) =>
    Array.from(
      { length: character.length },
      (_, i) => `\\u${character.charCodeAt(i).toString(16).toUpperCase().padStart(4, '0')}`,
    ).join(''),
  );
}

function longestFence(lines: readonly string[]): number {
  return Math.max(0, ...lines.map((line) => /^\s*(`{3,})/.exec(line)?.[1]?.length ?? 0));
}

function trimBlank(lines: readonly string[]): string[] {
  const end = lines.findLastIndex((line) => line.trim() !== '');
  return lines.slice(0, end + 1);
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
