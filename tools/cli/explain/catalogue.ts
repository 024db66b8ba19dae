import { READER_RULES, type RegisteredRule, RULES } from '../../checks/index.ts';
import { CODEGEN_RULES, CONTRACT_RULES } from '../../contracts/index.ts';
import { SCENARIO_RULES } from '../../engine/index.ts';
import { compareText, type Severity } from '../../findings/index.ts';
import { GATE_RULES } from '../../gate/index.ts';
import { CHAIN_RULES, LOG_READER_RULES, LOG_RULES } from '../../recorder/index.ts';
import { SPEC_RULES } from '../../spec/index.ts';
import { TRACE_RULES } from '../../trace/index.ts';
import { checkRules } from '../rules.ts';

/** A rule of any list, with what it is about in a person's words. */
export interface CataloguedRule {
  id: string;
  severity: Severity;
  summary: string;
  docs?: string | undefined;
  about: string;
  /** Reported by `gov check`, so that configuration and baseline may weigh it. */
  weighed: boolean;
}

const SUBJECTS: Record<RegisteredRule['appliesTo'], string> = {
  text: 'a text file of the governance tree',
  stub: 'a stub',
  anchor: 'an anchor candidate of a stub',
  refinement: 'a refinement',
  packet: 'a task packet',
  board: 'the Task Board',
  registry: 'the traceability registry',
  audit: 'the signature audit',
  gates: 'the gate log',
  validatorGates: "the validator's gates",
  mailbox: 'the export of the role mailbox',
  pointer: 'the pointer to the Master Spec',
  ledger: 'a ledger entry',
  tree: 'documents of the tree, held against each other',
};

type Listed = Pick<CataloguedRule, 'id' | 'severity' | 'summary' | 'docs'>;

const OTHERS: readonly (readonly [about: string, rules: readonly Listed[]])[] = [
  ['a governed file, as it is read', READER_RULES],
  ['the Master Spec', SPEC_RULES],
  ['the schema blocks of the Master Spec and the overlay', CODEGEN_RULES],
  ['the contracts of two versions of the Master Spec', CONTRACT_RULES],
  ['a step of the gate', GATE_RULES],
  ['an event log, as it is read', LOG_READER_RULES],
  ['an event log', LOG_RULES],
  ['the log of a session database, as it is stored', CHAIN_RULES],
  ['a scenario of sessions', SCENARIO_RULES],
  ['clauses, and the tests that name them', TRACE_RULES],
];

/** Every rule that any command reports, by id. */
export function catalogue(): CataloguedRule[] {
  const weighed = new Set(checkRules().map(({ id }) => id));
  const listed = ({ id, severity, summary, docs }: Listed, about: string): CataloguedRule => ({
    id,
    severity,
    summary,
    docs,
    about,
    weighed: weighed.has(id),
  });
  const own = RULES.map((rule) => listed(rule, SUBJECTS[rule.appliesTo]));
  const others = OTHERS.flatMap(([about, rules]) => rules.map((rule) => listed(rule, about)));
  return [...own, ...others].sort((a, b) => compareText(a.id, b.id));
}

/** `stub` of `stub/id-mismatch`. */
export function familyOf(id: string): string {
  return id.slice(0, id.indexOf('/'));
}
