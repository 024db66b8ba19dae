import { acceptedPath, type Config } from '../../config/index.ts';
import {
  acceptedInvalid,
  type Breaking,
  contractFindings,
  diffContracts,
  generate,
  type Ir,
  type JudgedChange,
  judgeChanges,
  readAcceptedBreaks,
} from '../../contracts/index.ts';
import { type Finding, sortFindings } from '../../findings/index.ts';
import { type Snapshot, UnreadableFile, unreadableName } from '../../snapshot/index.ts';
import { type SpecDiff, type SpecIndex, sectionAt } from '../../spec/index.ts';
import { decode, NotUtf8 } from '../../text/index.ts';
import { type DiffSides, settingsOf } from './sides.ts';

/** What changed in the contracts, as it is told. */
export interface ContractDiff {
  changes: JudgedChange[];
  /** The changes as findings, what is wrong with the accepted breaks, and what of an overlay was not used. */
  findings: Finding[];
  /** Who is asked about. */
  whom: readonly (keyof Breaking)[];
  /** What the reader has to know. */
  notes: string[];
}

export interface Asked {
  whom: readonly (keyof Breaking)[];
  /** A day in UTC. */
  today: string;
  /** Only what stands in these clauses. */
  part?: SpecDiff;
}

/** The contracts of both sides, each with its own overlay, and what the new side's tree accepts. */
export async function compareContracts({ from, to }: DiffSides, asked: Asked): Promise<ContractDiff> {
  const [old, now] = [await settingsOf(from.home), await settingsOf(to.home)];
  const [before, after] = [
    await contractsAt(from.index, from.home, old),
    await contractsAt(to.index, to.home, now),
  ];
  const changes = diffContracts(before.ir, after.ir).filter((change) => isAsked(change, asked.part));
  const accepted = await acceptedAt(to.home, now);
  const { version } = from.index;
  const judgement = judgeChanges(changes, accepted.entries, { version, today: asked.today });
  // Of a part nothing is known of the entries for the rest.
  const whole = asked.part === undefined ? judgement : { ...judgement, unused: [] };
  const found = contractFindings(whole, asked.whom);
  const overlay = [...before.findings, ...after.findings];
  return {
    changes: judgement.changes,
    whom: asked.whom,
    findings: sortFindings([...found, ...accepted.findings, ...overlay]),
    notes: [...unusedAnswers(from.index, before.findings), ...unusedAnswers(to.index, after.findings)],
  };
}

function isAsked(change: Pick<JudgedChange, 'places'>, part: SpecDiff | undefined): boolean {
  if (part === undefined) return true;
  const { places } = change;
  const [from, to] = [places.from, places.to];
  const old = from && sectionAt(part.from, from.file, from.line);
  const now = to && sectionAt(part.to, to.file, to.line);
  return part.sections.some((section) => (old && section.from === old) || (now && section.to === now));
}

interface Contracts {
  ir: Ir;
  /** What of the overlay was not used, as information: a diff does not fail because a line moved on. */
  findings: Finding[];
}

async function contractsAt(index: SpecIndex, home: Snapshot, { codegen }: Config): Promise<Contracts> {
  const path = codegen.overlay;
  const text = path === undefined ? undefined : await textOf(home, path);
  const overlay = path !== undefined && typeof text === 'string' ? { overlay: { path, text } } : {};
  const { ir, diagnostics } = generate(index, {
    ...overlay,
    precedence: codegen.precedence,
    definitionsAlone: true,
  });
  const stale = diagnostics.filter(
    ({ rule }) => rule === 'codegen/overlay-stale' || rule === 'codegen/overlay-invalid',
  );
  return { ir, findings: stale.map((finding) => ({ ...finding, severity: 'info' })) };
}

function unusedAnswers({ version }: SpecIndex, findings: readonly Finding[]): string[] {
  if (findings.length === 0) return [];
  const [first] = findings;
  const many = findings.length === 1 ? '1 answer' : `${findings.length} answers`;
  return [
    `${first!.place.file}: ${many} not used for ${version}, whose lines are others (--json lists them)`,
  ];
}

async function acceptedAt(home: Snapshot, config: Config): Promise<ReturnType<typeof readAcceptedBreaks>> {
  const path = acceptedPath(config);
  const text = await textOf(home, path);
  if (typeof text === 'string') return readAcceptedBreaks(path, text);
  if (text.reason === 'missing' && config.codegen.accepted === undefined)
    return { entries: [], findings: [] };
  const found = text.reason === 'missing' ? `absence of ${path}` : text.name;
  const message = `Unexpected ${found}, expected the accepted breaks${text.reason === 'missing' ? ' that gov.config.yaml names' : ''}`;
  return { entries: [], findings: [acceptedInvalid(path, text.line, message)] };
}

/** The text of a file, or why there is none. */
async function textOf(
  home: Snapshot,
  path: string,
): Promise<string | { reason: string; name: string; line: number }> {
  try {
    return decode(path, await home.read(path)).text;
  } catch (error) {
    if (error instanceof UnreadableFile)
      return { reason: error.reason, name: unreadableName(error.reason), line: 1 };
    if (error instanceof NotUtf8)
      return { reason: 'bytes', name: 'bytes that are no UTF-8', line: error.line };
    throw error;
  }
}
