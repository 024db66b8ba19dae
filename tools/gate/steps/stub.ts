import { baseWpId, type GovTree, lastOf, partDigests, readStub, stubParts } from '../../artifacts/index.ts';
import { type Finding, linePlace, type Place } from '../../findings/index.ts';
import { type RoadmapItem, SPEC_FILE, type SpecIndex } from '../../spec/index.ts';
import { decode } from '../../text/index.ts';
import { asciiText } from '../ascii.ts';
import type { Dossier } from '../dossier.ts';
import { type By, commonUnmet, emptyPlan, finished, record, type StepPlan } from './plan.ts';
import { roadmapCover } from './roadmap-cover.ts';
import { type AskedAnchor, askedAnchor, candidateLines, fileName } from './stub-anchors.ts';
import { againstId } from './stub-id.ts';
import { type AskedItem, chosenItem, nameOf } from './stub-item.ts';
import { refused } from './stub-refused.ts';

/** The section is needed where several have an item of the number, words of the title where one section has two. */
export interface StubInput extends AskedItem {
  tree: GovTree;
  spec: SpecIndex;
  wpId: string;
  /** Anchors beside those that the item names, as a person wrote them. */
  anchors?: readonly string[] | undefined;
  template: string;
  /** Folder of the task packets, with that of the stubs in it: `.GOV/task_packets`. */
  packetFolder: string;
  /** RFC 3339, UTC, to the second. */
  now: string;
}

export interface StubPlan {
  /** Everything that speaks against it. */
  unmet: Finding[];
  /** The stub, by its path; nothing while something is unmet. */
  writes: Map<string, string>;
  /** Anchors that the item names and that no stub may rest on: the stub has the others. */
  leftOut: AskedAnchor[];
}

/** A stub for a roadmap item: ids, pointer and anchors come from the spec; what nobody can know stays to be filled in. */
export function planStub(input: StubInput): StubPlan {
  const { tree, spec, wpId, packetFolder } = input;
  const path = `${packetFolder}/stubs/${wpId}.md`;
  const chosen = chosenItem(spec, input);
  const item = 'rule' in chosen ? undefined : chosen;
  const unmet = againstId(tree, wpId, path);
  if ('rule' in chosen) unmet.push(chosen);
  else unmet.push(...againstCover(tree, spec, chosen));

  const named = (item?.anchors ?? []).map((text) => askedAnchor(spec, text));
  const given = [...new Set(input.anchors)].map((text) => askedAnchor(spec, text));
  const leftOut = named.filter(({ accepted }) => !accepted);
  const anchors = [...named, ...given].filter(({ accepted }) => accepted);
  for (const anchor of given) {
    if (!anchor.accepted) unmet.push(againstAnchor(spec, anchor, chosen.place));
  }
  // Of an item that is not known nobody can say which anchors it has.
  if (item && anchors.length === 0 && given.length === 0) unmet.push(noAnchor(spec, item, leftOut));
  if (!item || unmet.length > 0) return { unmet, writes: new Map(), leftOut };
  return { unmet, writes: new Map([[path, fill(input, item, anchors)]]), leftOut };
}

/** The same as a step: the stub with its entry, and its place on the board and in the registry. */
export function planStubStep(
  dossier: Dossier,
  by: By,
  input: Omit<StubInput, 'tree' | 'spec' | 'wpId' | 'now'>,
): StepPlan {
  const { tree, spec, wpId, fold } = dossier;
  const plan = emptyPlan('stub', wpId);
  const written = lastOf(fold, 'stub');
  if (written !== undefined && dossier.stub !== undefined) {
    plan.done = `${dossier.stub.path} was written at ${written.time}`;
    return plan;
  }
  plan.unmet.push(...commonUnmet(dossier, 'stub', by));
  if (spec === undefined) return finished(plan);
  const { unmet, writes, leftOut } = planStub({ ...input, tree, spec, wpId, now: by.time });
  plan.unmet.push(...unmet);
  const [file] = writes;
  if (plan.unmet.length > 0 || file === undefined) return finished(plan);
  const [path, text] = file;
  const parts = partDigests(['stub', stubParts(readStub(decode(path, new TextEncoder().encode(text))))]);
  const data = {
    stub: path,
    parts,
    roadmap_item: `${input.section === undefined ? '' : `${input.section} `}item ${input.item}`,
  };
  record(plan, dossier, by, { kind: 'stub', data }, writes);
  plan.said.push(`wrote ${path}`);
  for (const { text: anchor, result } of leftOut)
    plan.said.push(`  left out ${anchor}, which the item names: ${result.status}`);
  return finished(plan);
}

function againstCover(tree: GovTree, spec: SpecIndex, item: RoadmapItem): Finding[] {
  const stubs = roadmapCover(tree, spec).find((covered) => covered.item === item)?.stubs ?? [];
  return stubs.map(({ path, stem, roadmapPointer }) => {
    const message = `Unexpected second stub for ${nameOf(item)}, expected one: ${stem} points at it`;
    return refused(roadmapPointer?.place ?? linePlace(path, 1), 'ITEM_COVERED', message);
  });
}

function againstAnchor(spec: SpecIndex, { text, result }: AskedAnchor, item: Place): Finding {
  const { section, status, reasons } = result;
  const place = section === undefined ? item : linePlace(section.file, section.line);
  const asked = JSON.stringify(text.slice(0, 200));
  const message = `Unexpected anchor ${asked} ${status} (${reasons.join('; ')}), expected one of the main body of ${spec.version}`;
  return refused(place, 'ANCHOR_REFUSED', message);
}

function noAnchor(spec: SpecIndex, item: RoadmapItem, leftOut: readonly AskedAnchor[]): Finding {
  const why = leftOut.map(({ text, result }) => `${text} ${result.status}`).join(', ');
  const found = why === '' ? 'that names no anchor' : `whose anchors are none of the main body (${why})`;
  const message = `Unexpected ${nameOf(item)} ${found}, expected at least one beside it: a section of ${spec.version}`;
  return refused(item.place, 'ANCHOR_MISSING', message);
}

function fill(
  { tree, spec, wpId, template, packetFolder, now }: StubInput,
  item: RoadmapItem,
  anchors: AskedAnchor[],
): string {
  const values: Record<string, string> = {
    WP_ID: wpId,
    BASE_WP_ID: baseWpId(wpId),
    CREATED_AT: now,
    SPEC_POINTER: tree.pointer?.path ?? tree.pointers[0] ?? `${tree.folder}/roles_shared/SPEC_CURRENT.md`,
    ROADMAP_POINTER: pointerTo(spec, item),
    ANCHORS: candidateLines(spec, anchors)
      .map((line) => `  - ${line}`)
      .join('\n'),
    WHAT: asciiText(item.text === '' ? item.title : `${item.title}: ${item.text}`),
    FOLDER: tree.folder,
    PACKET_FOLDER: packetFolder,
  };
  return template.replace(/\{\{([A-Z_]+)\}\}/g, (whole, name: string) => values[name] ?? whole);
}

/** `FILE 7.6.3 (Phase 1) -> item 30 (Session spawn contract / OpenClaw pattern)`. */
function pointerTo(spec: SpecIndex, { section, number, title, phase }: RoadmapItem): string {
  const of = phase === undefined ? '' : ` (Phase ${phase})`;
  // A bracket in the note would end it, and its numbers be read as the pointer's own.
  const note = asciiText(title)
    .replace(/\s*[([]\s*/g, ' / ')
    .replace(/[)\]]/g, '');
  return `${specName(spec)}${section}${of} -> item ${number} (${note})`;
}

/** A spec of modules goes by its manifest. A name that states no version is none that a pointer can hold. */
function specName({ files, source }: SpecIndex): string {
  const [first, ...others] = files;
  const name = first && others.length === 0 ? fileName(first.path).trimEnd() : source;
  return SPEC_FILE.test(name) || MANIFEST.test(name) ? `${name} ` : '';
}

const MANIFEST = /^[\w./-]*[-_]spec[-_]v[\d.]+\/indexed-spec-manifest\.json$/i;
