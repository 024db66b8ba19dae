import { type Finding, linePlace } from '../../findings/index.ts';
import type { Section } from '../document.ts';
import { NAMES } from './empty.ts';
import type { Artifact } from './kinds.ts';

/**
 * Of a Markdown document that was cut off everything behind the cut is missing: that is one thing to say. Without
 * its last line end alone a document is whole, as many editors leave it; something that comes later has to be
 * missing too.
 */
export function truncatedDocument(artifact: Artifact): Finding | undefined {
  if (!('file' in artifact) || /[\r\n]$/.test(artifact.file.text)) return undefined;
  // A shim of the layout of June says where its document went, and nothing else.
  if (/^# MOVED\b/.test(artifact.file.text)) return undefined;
  const expected = missingEnd(artifact);
  if (expected === undefined) return undefined;
  const { path, kind, file } = artifact;
  const line = Math.max(file.lines.length, 1);
  return {
    rule: 'artifact/truncated',
    severity: 'error',
    place: linePlace(path, line),
    message: `Unexpected end of the ${NAMES[kind]} in line ${line}, expected ${expected}: the file was cut off`,
    args: { path, kind, line, expected },
  };
}

/** The sections in the order of the templates; the last that is there shows how far the document goes. */
const SECTIONS = {
  stub_M: [
    ...['STUB_METADATA', 'INTENT', 'SCOPE_SKETCH', 'ACCEPTANCE_CRITERIA', 'DEPENDENCIES', 'RISKS'],
    'ACTIVATION_CHECKLIST',
  ],
  stub_L: ['Identity', 'Activation checklist'],
  packet: ['METADATA', 'SCOPE', 'QUALITY_GATE', 'BOOTSTRAP', 'SKELETON', 'VALIDATION'],
  // Older packets have had many forms, and end in many ways.
  modernPacket: ['EVIDENCE_MAPPING', 'EVIDENCE', 'VALIDATION_REPORTS'],
  refinement: ['METADATA', 'CLEARLY_COVERS', 'ENRICHMENT', 'SPEC_ANCHORS'],
  board: ['Ready for Dev', 'In Progress', 'Done', 'Blocked', 'Superseded'],
} as const;

function missingEnd(artifact: Artifact): string | undefined {
  switch (artifact.kind) {
    case 'stub':
      return sectionsAfter(artifact.sections, SECTIONS[`stub_${artifact.family}`]);
    case 'packet': {
      const own = artifact.formatVersion ? SECTIONS.modernPacket : [];
      return sectionsAfter(artifact.sections, [...SECTIONS.packet, ...own]);
    }
    case 'refinement':
      // Anchors that were read show that their list is there, in whatever fence its heading got lost.
      return artifact.anchors.length > 0 ? undefined : sectionsAfter(artifact.sections, SECTIONS.refinement);
    case 'board': {
      // Entries without any section above them were never a board of this form.
      const formless = artifact.sections.length === 0 && artifact.entries.length > 0;
      const all = formless ? [] : missing(artifact.sections, SECTIONS.board);
      return all.length > 0
        ? named(all)
        : restOf(artifact.file.lines, /^\s*[-*+]\s+\*\*?\[?/, ENTRY, 'entry');
    }
    case 'registry':
    case 'audit':
      return artifact.headerLine === undefined
        ? 'its table'
        : restOf(artifact.file.lines, /^\|/, /\|$/, 'row');
    default:
      return undefined;
  }
}

const ENTRY = /\*\*\[[^\]]{1,200}\]\*\*(?:\s*|\s*-\s*\[[^\]]{1,200}\].*)$/;

/** Its last line, where that begins like an entry or a row and does not end like one. */
function restOf(lines: readonly string[], begins: RegExp, whole: RegExp, what: string): string | undefined {
  const last = (lines.at(-1) ?? '').trimEnd();
  return begins.test(last) && !whole.test(last) ? `the rest of its last ${what}` : undefined;
}

function sectionsAfter(sections: readonly Section[], order: readonly string[]): string | undefined {
  const last = order.findLastIndex((name) => missing(sections, [name]).length === 0);
  return last === order.length - 1 ? undefined : named(order.slice(last + 1));
}

function missing(sections: readonly Section[], names: readonly string[]): string[] {
  return names.filter((name) => {
    const title = new RegExp(`^${name.replace(/[_ ]/g, '[_ ]')}(?![A-Z_])`, 'i');
    return !sections.some((each) => title.test(each.title));
  });
}

function named(sections: readonly string[]): string {
  return `the section${sections.length === 1 ? '' : 's'} ${sections.join(', ')}`;
}
