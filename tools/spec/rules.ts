import { compareText, type Severity } from '../findings/index.ts';
import { LINT_RULES } from './lint/registry.ts';

interface SpecRule {
  id: string;
  summary: string;
  severity: Severity;
  docs?: string;
}

/** What reading the Master Spec reports. */
const READING_RULES: readonly SpecRule[] = [
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
    id: 'spec/missing',
    summary: 'SPEC_CURRENT.md names a Master Spec, and it is there.',
    severity: 'error',
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
  { id: 'spec/unreadable', summary: 'The Master Spec can be read.', severity: 'error' },
];

/** What reading the Master Spec and `gov spec lint` report, by id, for `gov explain`. */
export const SPEC_RULES: readonly SpecRule[] = [...READING_RULES, ...LINT_RULES].sort((a, b) =>
  compareText(a.id, b.id),
);
