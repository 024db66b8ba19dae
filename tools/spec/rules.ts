import { compareText, type Severity } from '../findings/index.ts';
import { LINT_RULES } from './lint/registry.ts';

interface SpecRule {
  id: string;
  summary: string;
  severity: Severity;
  docs?: string;
}

/** What reading the Master Spec reports. */
export const READING_RULES: readonly SpecRule[] = [
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
    id: 'spec/front-matter',
    summary: 'The front matter of a spec file is YAML and is closed by a line ---.',
    severity: 'warning',
    docs: 'What it states (the version of the spec) was not taken from it. The lines after it are read as ever.',
  },
  {
    id: 'spec/manifest-mismatch',
    summary: 'The modules of the Master Spec have the hashes that its manifest states.',
    severity: 'warning',
    docs: 'The module was read as it is. Line ends and the BOM do not count. Write the manifest again, or restore the module.',
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
    id: 'spec/in-template-fence',
    summary: 'No clause of the spec stands inside the fence of a template.',
    severity: 'warning',
    docs: `A Markdown fence holds the text of a file that the spec prescribes. A clause that was pasted into one is part of that file for every reader of Markdown: it has no heading, no place in the chapter that its number names, and a strict reader does not see it at all. It was read all the same (repair rule R4).

A section in a fence counts as such a clause when no heading outside carries its number, and the Coverage Matrix gives that number authority or the heading has a tag of a spec version ([ADD v02.137]). Move it out of the fence, under its chapter. Until then its anchors are IN_TEMPLATE_FENCE.`,
  },
  {
    id: 'spec/missing',
    summary: 'SPEC_CURRENT.md names a Master Spec, and it is there.',
    severity: 'error',
    docs: 'Anchors, contracts and refinements all rest on the Master Spec. The pointer has to name a file that is there, in bold behind the sentence about the Master Specification; --spec names another one for a single call.',
  },
  {
    id: 'spec/module-order',
    summary:
      'Every module of a manifest has an id and a file of its own, and module_order names each id once.',
    severity: 'error',
    docs: 'A module that module_order does not name was read last; an entry that names no module stands for text that was not read.',
  },
  {
    id: 'spec/module-unlisted',
    summary: 'The manifest of the Master Spec lists every module that lies beside its modules.',
    severity: 'warning',
    docs: 'The file was not read. List it in the manifest, or move it away.',
  },
  {
    id: 'spec/unreadable',
    summary: 'The Master Spec can be read.',
    severity: 'error',
    docs: 'The file that the pointer or --spec names is there and cannot be read. Nothing that rests on it is proven until it can.',
  },
];

/** What reading the Master Spec and `gov spec lint` report, by id, for `gov explain`. */
export const SPEC_RULES: readonly SpecRule[] = [...READING_RULES, ...LINT_RULES].sort((a, b) =>
  compareText(a.id, b.id),
);
