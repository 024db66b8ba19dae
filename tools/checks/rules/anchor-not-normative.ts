import type { Severity } from '../../findings/index.ts';
import type { AnchorStatus } from '../../spec/index.ts';
import { sight } from '../about/sight.ts';
import { defineRule } from '../rule.ts';

interface Args {
  number: string;
  what: string;
}

/**
 * Roadmap, appendix and a NO of the Coverage Matrix are disproof: the candidate claims to be Main Body and
 * is not, which is an error. In a template fence the number says YES and the place says NO: it cannot be
 * proven either way, which is a warning here and the gate's question to a human.
 */
const CASES: Partial<Record<AnchorStatus, { what: string; severity: Severity }>> = {
  ROADMAP: { what: 'is in the roadmap', severity: 'error' },
  APPENDIX: { what: 'is in an appendix', severity: 'error' },
  NOT_MAIN_BODY: { what: 'is no Main Body by the Coverage Matrix', severity: 'error' },
  IN_TEMPLATE_FENCE: { what: 'stands inside a template', severity: 'warning' },
};

export const anchorNotNormative = defineRule<'anchor', Args>({
  id: 'anchor/not-normative',
  summary: 'An anchor leads to the Main Body: the roadmap, an appendix or a template is no authority.',
  appliesTo: 'anchor',
  severity: 'error',
  docs: `Only the Main Body of the spec obliges anybody. The roadmap points to it, appendices and templates quote it, and the Coverage Matrix says NO to some chapters. A work packet that rests on one of those was written for a text that may be changed without a word to it.

Name the section of the Main Body that says the same; if there is none, the spec has to be enriched before the packet is activated.`,
  message: ({ number, what }) =>
    `Unexpected anchor ${number}, which ${what}, expected a section of the Main Body`,
  *check({ candidate, result }) {
    const found = CASES[result.status];
    if (found === undefined) return;
    const { section, query } = result;
    const at = section === undefined ? '' : ` (${section.file}:${section.container ?? section.line})`;
    yield {
      ...sight(candidate.place, candidate.text),
      severity: found.severity,
      args: { number: query.number ?? query.text, what: `${found.what}${at}` },
    };
  },
});
