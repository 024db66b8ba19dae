import { type Finding, linePlace } from '../findings/index.ts';
import { canonicalJson, sha256, type TextFile } from '../text/index.ts';
import { isRecord, jsonProblem } from './json.ts';

/** One immutable file of `.GOV/ledger/<WP>/<seq>-<kind>-<hash>.json` (DESIGN §7). */
export interface LedgerEntry {
  wpId: string;
  seq: number;
  kind: string;
  /** sha256 of the content's canonical JSON; the name holds it, or its first 12 digits or more. */
  hash: string;
  actor?: string;
  role?: string;
  time?: string;
  /** Hashes of the entries before it. */
  parents: string[];
  data: Record<string, unknown>;
  path: string;
}

export interface LedgerFile {
  entry?: LedgerEntry;
  findings: Finding[];
}

const LEDGER_PATH = /\/ledger\/([^/]+)\/(\d+)-([a-z][a-z_]*)-([0-9a-f]{12,64})\.json$/;

/** Reads an entry; one whose content is not what its name says is a finding, and no entry. */
export function readLedgerEntry(file: TextFile): LedgerFile {
  const name = LEDGER_PATH.exec(file.path);
  if (name === null) {
    return {
      findings: [ledgerProblem(file, 'Unexpected name of a ledger entry, expected <seq>-<kind>-<hash>.json')],
    };
  }
  let content: unknown;
  try {
    content = JSON.parse(file.text);
  } catch (error) {
    return { findings: [jsonProblem(file, error)] };
  }
  if (!isRecord(content))
    return { findings: [jsonProblem(file, undefined, 'Unexpected content, expected an object')] };
  // Both are in the content, or a file could be renamed into another kind, or moved to another work packet.
  for (const [key, expected] of [
    ['wp_id', name[1]!],
    ['kind', name[3]!],
  ] as const) {
    if (content[key] === expected) continue;
    const message = `Unexpected ${key} ${JSON.stringify(content[key])}, expected the "${expected}" of its path`;
    return { findings: [ledgerProblem(file, message)] };
  }
  const hash = sha256(canonicalJson(content));
  if (!hash.startsWith(name[4]!)) {
    const message = `Unexpected content (sha256 ${hash.slice(0, 12)}), expected the ${name[4]!.slice(0, 12)} of its name: an entry is never edited`;
    return { findings: [ledgerProblem(file, message)] };
  }
  const { actor, role, time, parents, data } = content;
  return {
    findings: [],
    entry: {
      wpId: name[1]!,
      seq: Number(name[2]),
      kind: name[3]!,
      hash,
      ...(typeof actor === 'string' ? { actor } : {}),
      ...(typeof role === 'string' ? { role } : {}),
      ...(typeof time === 'string' ? { time } : {}),
      parents: Array.isArray(parents) ? parents.filter((each) => typeof each === 'string') : [],
      data: isRecord(data) ? data : {},
      path: file.path,
    },
  };
}

function ledgerProblem(file: TextFile, message: string): Finding {
  const place = linePlace(file.path, 1);
  return { rule: 'ledger/name-mismatch', severity: 'error', place, message, args: { path: file.path } };
}
