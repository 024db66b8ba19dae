import type { Packet } from '../packet/packet.ts';
import type { Refinement } from '../refinement/refinement.ts';
import type { Stub } from '../stub/stub.ts';
import { type Part, partsOf } from './parts.ts';

/** Which version of the spec a line names, and in which line, is no matter of what it means. */
const VERSION = /_v\d+(?:\.\d+)*(?=\.md\b)/g;
const SPEC_LINE = /(\.md):\d+(?![\d.])/g;

const unversioned = (text: string): string => text.replace(VERSION, '').replace(SPEC_LINE, '$1');

/** Of the METADATA: the Operator's own lines, and the pin, which a rebase moves. */
const REVIEW = ['reviewStatus', 'signature', 'approvalEvidence', 'specTarget', 'specSha1'] as const;

/** What a refinement says: all but the Operator's lines and where in which version of the spec its anchors stand. */
export function refinementParts(refinement: Refinement): Part[] {
  const { file, sections, anchors } = refinement;
  const skip = new Set<number>();
  for (const key of REVIEW) {
    const field = refinement[key];
    if (field !== undefined) skip.add(field.keyPlace.line);
  }
  const named = new Set<number>();
  for (const { startLine, endLine, anchor } of anchors) {
    if (startLine !== undefined) skip.add(startLine.keyPlace.line);
    if (endLine !== undefined) skip.add(endLine.keyPlace.line);
    if (anchor !== undefined) named.add(anchor.keyPlace.line);
  }
  const heads = new Set(anchors.map(({ place }) => place.line));
  // A fence that an excerpt quotes may hide the heading of an anchor from a strict reader.
  const hidden = anchors
    .filter(({ place }) => !sections.some(({ line }) => line === place.line))
    .map(({ place, lastLine, number }) => ({
      title: `ANCHOR ${number ?? ''}`.trim(),
      level: 4,
      line: place.line,
      endLine: lastLine,
      place,
    }));
  return partsOf(file, [...sections, ...hidden], {
    skip,
    counted: (text, line) => (named.has(line) || heads.has(line) ? unversioned(text) : text),
  });
}

/** What a stub says: all but its status, the ticks, and the version of the spec that it names. */
export function stubParts(stub: Stub): Part[] {
  const { file, sections, statuses, candidates, roadmapPointer, specTarget } = stub;
  const skip = new Set(statuses.map(({ keyPlace }) => keyPlace.line));
  const named = new Set(candidates.map(({ place }) => place.line));
  for (const field of [roadmapPointer, specTarget]) if (field !== undefined) named.add(field.keyPlace.line);
  const boxes = new Set(stub.checklist?.items.map(({ place }) => place.line));
  return partsOf(file, sections, {
    skip,
    counted: (text, line) =>
      named.has(line)
        ? unversioned(text)
        : boxes.has(line)
          ? text.replace(/^(\s*[-*+]\s+)\[[xX ]\]/, '$1[ ]')
          : text,
  });
}

/** Filled in by the Coder and the Validator, after the packet was made (governance-grammar 6, item 5). */
const LATER =
  /^(?:SUB_AGENT_DELEGATION|SKELETON|IMPLEMENTATION|HYGIENE|VALIDATION|STATUS_HANDOFF|EVIDENCE_MAPPING|EVIDENCE|VALIDATION_REPORTS)\b/;
const CODERS = /^(?:CODER_[A-Z_]+|Status)$/i;

/** What a packet says when it is made: all but its status, and the lines and sections of those who work on it. */
export function packetParts(packet: Packet): Part[] {
  const { file, sections, fields, metadata, status } = packet;
  const skip = new Set<number>(status === undefined ? [] : [status.keyPlace.line]);
  for (const { title, level, line, endLine } of sections) {
    if (level !== 2 || !LATER.test(title)) continue;
    // The heading stays: a section that is taken away is a change.
    for (let at = line + 1; at <= endLine; at++) skip.add(at);
  }
  for (const { key, keyPlace } of fields) {
    const within = metadata && keyPlace.line > metadata.line && keyPlace.line <= metadata.endLine;
    if (within && CODERS.test(key)) skip.add(keyPlace.line);
  }
  return partsOf(file, sections, { skip });
}
