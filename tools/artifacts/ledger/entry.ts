import { type Finding, linePlace, type Place } from '../../findings/index.ts';
import { canonicalJson, sha256, type TextFile } from '../../text/index.ts';
import { isRecord, malformed } from '../json/json.ts';
import { type JsonDocument, openJson, rootObject } from '../json/json-document.ts';
import { printCanonical } from '../json/json-print.ts';
import { whyIncomplete } from './complete.ts';

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
  /** Where each of them is written. */
  parentPlaces: Place[];
  data: Record<string, unknown>;
  /** Whether it says all that an entry of its kind says, in a role that may say it: any other is no evidence. */
  complete: boolean;
  path: string;
  document: JsonDocument;
  /** What the file holds; all but the path is read from it, and {@link printLedgerEntry} prints it. */
  content: unknown;
}

export interface LedgerFile {
  kind: 'ledger';
  path: string;
  entry?: LedgerEntry;
  findings: Finding[];
}

/** Numbers that a next one can follow: longer ones lose their last digits. */
const LEDGER_PATH = /\/ledger\/([^/]+)\/(\d{1,15})-([a-z][a-z_]*)-([0-9a-f]{12,64})\.json$/;

/** Reads an entry; one whose content is not what its name says is a finding, and no entry. */
export function readLedgerEntry(file: TextFile): LedgerFile {
  return { kind: 'ledger', path: file.path, ...read(file) };
}

function read(file: TextFile): Pick<LedgerFile, 'entry' | 'findings'> {
  const name = LEDGER_PATH.exec(file.path);
  if (name === null) {
    return {
      findings: [ledgerProblem(file, 'Unexpected name of a ledger entry, expected <seq>-<kind>-<hash>.json')],
    };
  }
  const document = openJson(file);
  const root = rootObject(document, 'an object');
  // One key for two values would let a reader and a person see different entries under one hash.
  if (root === undefined || document.findings.length > 0) return { findings: document.findings };
  const content = root.value as Record<string, unknown>;
  // Both are in the content, or a file could be renamed into another kind, or moved to another work packet.
  for (const [key, expected] of [
    ['wp_id', name[1]!],
    ['kind', name[3]!],
  ] as const) {
    if (content[key] === expected) continue;
    const message = `Unexpected ${key} ${root.at(key)?.source ?? '(none)'}, expected the "${expected}" of its path`;
    return { findings: [ledgerProblem(file, message, root.at(key)?.place)] };
  }
  const hash = hashOf(content);
  if (hash === undefined) {
    const message =
      'Unexpected content (a text that JSON cannot carry), expected an entry that can be hashed';
    return { findings: [malformed(root.place, message)] };
  }
  if (!hash.startsWith(name[4]!)) {
    const message = `Unexpected content (sha256 ${hash.slice(0, 12)}), expected the ${name[4]!.slice(0, 12)} of its name: an entry is never edited`;
    return { findings: [ledgerProblem(file, message)] };
  }
  const { actor, role, time, data } = content;
  const problem = whyIncomplete(file.path, root);
  const named = root.list('parents').filter(({ value }) => typeof value === 'string');
  return {
    findings: problem === undefined ? [] : [problem],
    entry: {
      complete: problem === undefined,
      wpId: name[1]!,
      seq: Number(name[2]),
      kind: name[3]!,
      hash,
      ...(typeof actor === 'string' ? { actor } : {}),
      ...(typeof role === 'string' ? { role } : {}),
      ...(typeof time === 'string' ? { time } : {}),
      parents: named.map(({ value }) => value as string),
      parentPlaces: named.map(({ place }) => place),
      data: isRecord(data) ? data : {},
      path: file.path,
      document,
      content,
    },
  };
}

/** The entry with its content, in the one form that is hashed (RFC 8785). */
export function printLedgerEntry({ document, content }: LedgerEntry): string {
  return printCanonical(document, content, canonicalJson);
}

/** sha256 of the canonical JSON; undefined for what has none, such as half of a surrogate pair. */
function hashOf(content: unknown): string | undefined {
  try {
    return sha256(canonicalJson(content));
  } catch {
    return undefined;
  }
}

function ledgerProblem(file: TextFile, message: string, place: Place = linePlace(file.path, 1)): Finding {
  return { rule: 'ledger/name-mismatch', severity: 'error', place, message, args: { path: file.path } };
}
