import { ancestors, type SpecIndex, type SpecSection } from '../spec/index.ts';
import { visible } from './output.ts';
import type { Heading, Listed } from './schemas/section.ts';

/** `4.3.9.15 Session Spawn Contract and Lifecycle`. */
export function nameOf({ number, title }: { number?: string | null; title: string }): string {
  return visible([number, title].filter(Boolean).join(' '));
}

/** `FILE:LINE`, which `gov spec show` takes as well. */
export function placeOf({ file, line }: { file: string; line: number }): string {
  return `${visible(file)}:${line}`;
}

/** The sections around a section, the outermost first. */
export function around(index: SpecIndex, section: SpecSection): SpecSection[] {
  return ancestors(index.sections, section).reverse();
}

export function headingOf({ number, title, file, line }: SpecSection): Heading {
  return { number: number ?? null, title, file, line };
}

/** A section without its text, for machines. */
export function listed(index: SpecIndex, section: SpecSection): Listed {
  const { title, tags, level, file, line, endLine, endFile, container, hiddenBy, parent } = section;
  const { number, authority, placeAuthority, kind, inPlace } = section;
  return {
    number: number ?? null,
    title,
    tags,
    level,
    file,
    line,
    endLine,
    ...(endFile !== undefined && { endFile }),
    ...(container !== undefined && { container }),
    ...(hiddenBy !== undefined && { hiddenBy }),
    authority,
    placeAuthority,
    kind,
    inPlace,
    parent: parent === undefined ? null : headingOf(index.sections[parent]!),
  };
}
