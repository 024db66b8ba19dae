import type { Severity } from '../findings/index.ts';

/** What reading the Master Spec reports, for `gov explain`. */
export const SPEC_RULES: readonly { id: string; summary: string; severity: Severity; docs?: string }[] = [
  {
    id: 'spec/accidental-heading',
    summary: 'No line of text stands directly above ---, which would make a heading of it.',
    severity: 'warning',
    docs: 'The text became no section here; other readers of Markdown show it as a heading. Put a blank line before the ---.',
  },
  {
    id: 'spec/broken-fence',
    summary: 'The fences of the Master Spec are closed, so that no heading is hidden in one.',
    severity: 'warning',
    docs: 'The spec was read with a repair at this line. Close the fence, or make an outer fence longer than the ones inside it.',
  },
  {
    id: 'spec/double-encoding',
    summary: 'The Master Spec was encoded once: "§" does not stand as "Â§".',
    severity: 'warning',
    docs: 'The spec is read as it was meant, so that titles and fingerprints hold. `gov spec repair` takes the second encoding out of the file and touches no line that does not give itself back.',
  },
  {
    id: 'spec/double-encoding-new',
    summary: 'A new version of the Master Spec brings no double encoding in.',
    severity: 'error',
    docs: 'Its predecessor is the next lower version under the same name, or the same file in the commit before. Run `gov spec repair`, or write the version again from an editor that keeps UTF-8.',
  },
  {
    id: 'spec/fenced-sections',
    summary: 'The sections of the main body stand outside of template fences.',
    severity: 'warning',
    docs: 'A strict reader of Markdown sees none of these sections. Move them out of the md fence; their anchors are IN_TEMPLATE_FENCE until then.',
  },
  {
    id: 'spec/missing',
    summary: 'SPEC_CURRENT.md names a Master Spec, and it is there.',
    severity: 'error',
  },
  { id: 'spec/unreadable', summary: 'The Master Spec can be read.', severity: 'error' },
];
