import {
  lastOf,
  partDigests,
  type Refinement,
  readRefinement,
  refinementParts,
  type Stub,
} from '../../artifacts/index.ts';
import { type Finding, linePlace } from '../../findings/index.ts';
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
import { decode } from '../../text/index.ts';
import { asciiEscaped } from '../ascii.ts';
import type { Dossier } from '../dossier.ts';
import { WINDOW_LINES } from '../drift/section.ts';
import { notesOf } from '../items/copy-notes.ts';
import { againstMainBody } from './against-main-body.ts';
import { fieldAt, type OpenRow, openStubRows } from './open-rows.ts';
import { type By, commonUnmet, emptyPlan, finished, record, type StepPlan, unmet } from './plan.ts';

export interface RefineInput {
  template: string;
  /** sha1 of the spec's bytes, as refinements have always pinned it. */
  specSha1: string;
}

/** An excerpt beyond this is not read by anybody; the window still names the whole section. */
const EXCERPT_LINES = 12;

/**
 * The refinement of a stub: anchors, windows, tokens, excerpts and event ids come from the spec, not from memory.
 * One that is there already is taken on as it is, and never overwritten.
 */
export function planRefine(dossier: Dossier, by: By, input: RefineInput): StepPlan {
  const { tree, wpId, stub, refinement, refinementPath, fold, spec } = dossier;
  const plan = emptyPlan('refine', wpId);
  plan.unmet.push(...commonUnmet(dossier, 'refine', by));
  if (stub === undefined) {
    const place = linePlace(`${tree.folder}/task_packets/stubs/${wpId}.md`, 1);
    plan.unmet.push(
      unmet(
        'refine',
        'NO_STUB',
        place,
        `Unexpected absence of a stub for ${wpId}, expected one to refine (gov wp stub ${wpId})`,
      ),
    );
  } else plan.unmet.push(...againstAnchors(stub, spec), ...againstOpenRows(stub));
  if (refinement !== undefined && lastOf(fold, 'refine') !== undefined) {
    plan.done = `${refinementPath} is recorded`;
    return finished(plan);
  }
  // Something is at the path that could not be read as a refinement: it is not ours to replace.
  if (refinement === undefined && tree.paths.has(refinementPath) && plan.unmet.length === 0) {
    const message = `Unexpected file at ${refinementPath}, expected none: it is no refinement, and is not overwritten`;
    plan.unmet.push(unmet('refine', 'IN_THE_WAY', linePlace(refinementPath, 1), message));
  }
  if (plan.unmet.length > 0 || stub === undefined || spec === undefined) return finished(plan);
  const documents = new Map<string, string>();
  let written = refinement;
  if (written === undefined) {
    const text = fill(dossier, by, { ...input, spec }, stub);
    documents.set(refinementPath, text);
    written = readRefinement(decode(refinementPath, new TextEncoder().encode(text)));
  }
  const parts = partDigests(['refinement', refinementParts(written)]);
  const taken = refinement === undefined ? {} : { taken_on: true as const };
  record(
    plan,
    dossier,
    by,
    { kind: 'refine', data: { refinement: refinementPath, parts, ...taken } },
    documents,
  );
  plan.said.push(
    refinement === undefined
      ? `wrote ${refinementPath}`
      : `took on ${refinementPath} as it is; nothing of it was changed`,
  );
  return finished(plan);
}

function againstAnchors(stub: Stub, spec: SpecIndex | undefined): Finding[] {
  if (spec === undefined) {
    const message = 'Unexpected absence of a Master Spec, expected one to refine from';
    return [unmet('refine', 'NO_SPEC', linePlace(stub.path, 1), message)];
  }
  if (stub.candidates.length === 0) {
    const place = linePlace(stub.path, stub.metadata?.line ?? 1);
    const message = 'Unexpected absence of anchor candidates, expected at least one';
    return [unmet('refine', 'NO_ANCHOR', place, message)];
  }
  return stub.candidates.flatMap((candidate) => againstMainBody('refine', spec, candidate));
}

/** What the stub leaves open nobody can refine: its blanks would stand in the packet. */
function againstOpenRows(stub: Stub): Finding[] {
  return openStubRows(stub).map(({ file, line, field, expected }) =>
    unmet(
      'refine',
      'OPEN_ROW',
      linePlace(file, line),
      `Unexpected open row of ${field}, expected ${expected}`,
    ),
  );
}

/** What the template left for a person, but for the Operator's own lines; a line that has two blanks is one row. */
export function openRows(refinement: Refinement): OpenRow[] {
  const { blanks, reviewStatus, signature, approvalEvidence, file } = refinement;
  const operators = new Set([reviewStatus, signature, approvalEvidence].map((field) => field?.keyPlace.line));
  const rows = new Map<number, OpenRow>();
  for (const { text, place } of blanks) {
    const { line } = place;
    if (operators.has(line)) continue;
    const isBox = /^\[\s*\]$/.test(text);
    // A box that was answered with FAIL is wrong, and not open.
    if (isBox && /\[\s*\]\s+FAIL\s*$/.test(refinement.file.lines[line - 1]!)) continue;
    const known = rows.get(line);
    if (known !== undefined && (isBox || !known.expected.startsWith('['))) continue;
    // A placeholder that names an arrow holds a `>` of its own.
    const whole = /<[^<]*>\s*$/.exec(file.lines[line - 1]!)?.[0].trim() ?? text;
    // An anchor that is empty is told by its name.
    const named = whole === fieldAt(refinement, line) ? '' : whole;
    const said = named
      .replace(/^<fill, /, '<a value, ')
      .replace(/^<(?:fill\b:?\s*)?|>$/g, '')
      .trim();
    const box = /\[\s*\]/.test(file.lines[line - 1]!) ? '[x] PASS, or [ ] FAIL' : undefined;
    rows.set(line, {
      file: refinement.path,
      line,
      field: fieldAt(refinement, line),
      expected: box ?? (said === '' ? 'a value' : said.replace(/^or\b/, 'a value, or')),
    });
  }
  return [...rows.values()];
}

/** The block that is pasted into the chat: the whole refinement, its excerpts named and not repeated. */
export function refinementBlock(refinement: Refinement): string[] {
  const { file, anchors } = refinement;
  const hidden = new Map(
    anchors.flatMap(({ excerpt }) => (excerpt ? [[excerpt.place.line, excerpt] as const] : [])),
  );
  const lines: string[] = [];
  for (let line = 1; line <= file.lines.length; line++) {
    const excerpt = hidden.get(line);
    if (excerpt === undefined) lines.push(file.lines[line - 1]!);
    else {
      lines.push(`  (${excerpt.lines.length} lines, ${refinement.path}:${excerpt.line})`);
      line = excerpt.place.endLine;
    }
  }
  return lines;
}

function fill({ tree, wpId }: Dossier, by: By, input: RefineInput & { spec: SpecIndex }, stub: Stub): string {
  const { spec } = input;
  const results = stub.candidates.map(({ text }) => resolveAnchor(spec, text));
  const events = eventIds(spec, results);
  const values: Record<string, string> = {
    WP_ID: wpId,
    CREATED_AT: by.time,
    SPEC_POINTER: stub.specTarget?.value ?? `${tree.folder}/roles_shared/SPEC_CURRENT.md`,
    SPEC_FILE: spec.files.length === 1 ? baseName(spec.files[0]!.path) : spec.source,
    SPEC_SHA1: input.specSha1,
    EVENTS:
      events.length > 0
        ? events.map((id) => `- ${id}: <fill: emitted or read, and when>`).join('\n')
        : '- NONE: <fill: why the work touches no event>',
    NOTES:
      notesOf(stub)
        .map(({ id, text }) => `- ${id}: CARRY (${asciiEscaped(text)})`)
        .join('\n') || '- NONE',
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
