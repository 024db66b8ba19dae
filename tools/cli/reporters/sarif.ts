import { pathToFileURL } from 'node:url';
import { identityOf, keyOf } from '../../checks/index.ts';
import type { Finding, Place, Range, Severity } from '../../findings/index.ts';
import { sha256 } from '../../text/index.ts';
import type { Looked } from '../check/look.ts';
import { checkRules, type RuleDocs } from '../rules.ts';
import { packageVersion } from '../version.ts';

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<
  Severity,
  string
>;

/** SARIF 2.1.0, for code scanning and editors. Paths are relative to the root of the tree. */
export function sarifLog({ findings, known, judged }: Pick<Looked, 'findings' | 'known' | 'judged'>) {
  const rules = checkRules();
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const seen = new Map<string, number>();
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0' as const,
    runs: [
      {
        tool: {
          driver: {
            name: 'govkit',
            semanticVersion: packageVersion(),
            rules: rules.map(ruleOf),
          },
        },
        columnKind: 'utf16CodeUnits' as const,
        originalUriBaseIds: { ROOT: { description: { text: 'the root of the governed tree' } } },
        results: findings.map((finding) => ({
          ...resultOf(finding, indexes.get(finding.rule)),
          partialFingerprints: { 'govkit/v1': fingerprintOf(finding, judged.spec?.version, seen) },
          ...(known && {
            baselineState: known.has(finding) ? ('unchanged' as const) : ('new' as const),
          }),
        })),
      },
    ],
  };
}

function ruleOf({ id, summary, severity, docs }: RuleDocs) {
  const help = docs === undefined ? summary : `${summary}\n\n${docs}`;
  return {
    id,
    shortDescription: { text: summary },
    fullDescription: { text: help },
    help: { text: help, markdown: help },
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function resultOf(
  { rule, severity, place, message, fix, related = [] }: Finding,
  ruleIndex: number | undefined,
) {
  return {
    ruleId: rule,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: LEVELS[severity],
    message: { text: message },
    locations: [{ physicalLocation: locationOf(place) }],
    ...(related.length > 0 && {
      relatedLocations: related.map((one, id) => ({
        id,
        physicalLocation: locationOf(one.place),
        message: { text: one.note },
      })),
    }),
    ...(fix && {
      fixes: [
        {
          description: { text: `gov check --fix --rule ${rule}` },
          artifactChanges: [
            {
              artifactLocation: artifactOf(place.file),
              replacements: fix.map(({ range, text }) => ({
                deletedRegion: regionOf(range),
                insertedContent: { text },
              })),
            },
          ],
        },
      ],
    }),
  };
}

function locationOf(place: Place) {
  return { artifactLocation: artifactOf(place.file), region: placeOf(place) };
}

/** A place without a column stands for its lines. */
function placeOf(place: Place) {
  const { line, column, endLine, endColumn } = place;
  if (column > 1 || endColumn > 1) return regionOf(place);
  return { startLine: line, ...(endLine > line && { endLine }) };
}

function regionOf({ line, column, endLine, endColumn }: Range) {
  return { startLine: line, startColumn: column, endLine, endColumn };
}

/** A relative URI, each step encoded; a file outside the tree is named in full. */
function artifactOf(file: string) {
  if (file.startsWith('/')) return { uri: pathToFileURL(file).href };
  return { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'ROOT' };
}

/** The same finding has the same print on another line; a second one of its kind has another. */
function fingerprintOf(finding: Finding, version: string | undefined, seen: Map<string, number>): string {
  const key = keyOf(identityOf(finding, version));
  const ordinal = (seen.get(key) ?? 0) + 1;
  seen.set(key, ordinal);
  return sha256(`${key}\n${ordinal}`);
}
