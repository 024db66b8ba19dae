import type {
  LedgerEntry,
  Mailbox,
  OrchestratorGates,
  Packet,
  Refinement,
  Registry,
  SignatureAudit,
  Sited,
  SpecPointer,
  Stub,
  TaskBoard,
  TreeFacts,
  ValidatorGates,
} from '../artifacts/index.ts';
import type { Finding, Place, Severity } from '../findings/index.ts';
import type { AnchorResult, SpecIndex } from '../spec/index.ts';
import type { TextFile } from '../text/index.ts';

/**
 * What a rule may be asked about, one at a time. All but the last are one file each (and the spec): what a rule
 * says of them is kept until one of the two changes. `tree` is for what stands between documents.
 */
export interface Subjects {
  text: TextFile;
  stub: Stub;
  /** An anchor candidate of a stub, resolved in the spec. */
  anchor: { stub: Stub; candidate: Sited; result: AnchorResult };
  refinement: Refinement;
  packet: Packet;
  board: TaskBoard;
  registry: Registry;
  audit: SignatureAudit;
  gates: OrchestratorGates;
  validatorGates: ValidatorGates;
  /** All files of the export together: its hashes are of each other. */
  mailbox: Mailbox;
  pointer: SpecPointer;
  ledger: LedgerEntry;
  tree: TreeFacts;
}

export interface CheckContext {
  /** Absent where there is none, and for rules about the tree, which see only its version. */
  spec?: SpecIndex | undefined;
  specVersion?: string | undefined;
}

/** What a rule saw. Its sentence is made from the arguments by {@link Rule.message}. */
export interface Report<A> {
  place: Place;
  args: A;
  /** Where one rule's cases differ in weight. Default: the rule's own. */
  severity?: Severity;
  expected?: string;
  found?: string;
  fix?: Finding['fix'];
  related?: Finding['related'];
}

/** A check: a data object and one function, in a file of its own. */
export interface Rule<K extends keyof Subjects, A extends object> {
  /** Stable and never reused: `board/two-states`. */
  id: string;
  /** What it demands, in one sentence; its documentation is made from this. */
  summary: string;
  appliesTo: K;
  severity: Severity;
  /** Why it is demanded, and how to mend what breaks it. */
  docs?: string;
  message(args: A): string;
  check(subject: Subjects[K], context: CheckContext): Iterable<Report<A>>;
}

/** A rule of any subject, as the registry keeps it. */
export interface RegisteredRule {
  id: string;
  summary: string;
  appliesTo: keyof Subjects;
  severity: Severity;
  docs?: string;
  run(subject: Subjects[keyof Subjects], context: CheckContext): Finding[];
}

/** Makes a rule ready for the registry: its reports become findings. */
export function defineRule<K extends keyof Subjects, A extends object>(rule: Rule<K, A>): RegisteredRule {
  return {
    id: rule.id,
    summary: rule.summary,
    appliesTo: rule.appliesTo,
    severity: rule.severity,
    ...(rule.docs === undefined ? {} : { docs: rule.docs }),
    run: (subject, context) =>
      Array.from(rule.check(subject as Subjects[K], context), (report) => findingOf(rule, report)),
  };
}

function findingOf<K extends keyof Subjects, A extends object>(rule: Rule<K, A>, report: Report<A>): Finding {
  return {
    rule: rule.id,
    severity: report.severity ?? rule.severity,
    place: report.place,
    message: rule.message(report.args),
    args: { ...report.args } as Record<string, unknown>,
    ...(report.expected === undefined ? {} : { expected: report.expected }),
    ...(report.found === undefined ? {} : { found: report.found }),
    ...(report.fix === undefined ? {} : { fix: report.fix }),
    ...(report.related === undefined ? {} : { related: report.related }),
  };
}
