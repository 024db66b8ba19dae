import { visible } from '../output.ts';
import { familyOf } from './catalogue.ts';
import type { Example } from './example.ts';
import type { Explanation } from './explanation.ts';

/** Where the page of a rule stands, below docs/rules. */
export function pagePath(id: string): string {
  return `${id}.md`;
}

/** The page of one rule. */
export function rulePage(rule: Explanation): string {
  const parts = [
    `# ${rule.id}`,
    `**${rule.severity}** · about ${rule.about}`,
    rule.summary,
    ...(rule.paragraphs.length > 0 ? ['## Why', ...rule.paragraphs] : []),
    ...(rule.example ? ['## Example', ...exampleParts(rule.example)] : []),
    '## Mending it',
    rule.mended,
    '## Silencing it',
    ...rule.silenced,
  ];
  return `${parts.join('\n\n')}\n`;
}

function exampleParts({ file, line, severity, message, text, fixed }: Example): string[] {
  return [
    `\`${file}:${line}\``,
    ...(text === '' ? [] : [fenced(text)]),
    `${severity}: ${quoted(message)}`,
    ...(fixed === undefined || fixed === text ? [] : ['After the repair:', fenced(fixed)]),
  ];
}

/** A fence longer than any within. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text.split('\n').map(visible).join('\n')}\n${fence}`;
}

/** A message quotes what it found: as code, none of it is taken for Markdown. */
function quoted(message: string): string {
  const longest = Math.max(0, ...[...message.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = '`'.repeat(longest + 1);
  const pad = /^`|`$/.test(message) ? ' ' : '';
  return `${ticks}${pad}${visible(message)}${pad}${ticks}`;
}

/** The table of all rules. */
export function indexPage(rules: readonly Explanation[]): string {
  const families = [...new Set(rules.map(({ id }) => familyOf(id)))];
  const sections = families.map((family) => {
    const own = rules.filter(({ id }) => familyOf(id) === family);
    const rows = own.map(
      ({ id, severity, summary, mending }) =>
        `| [${id}](${pagePath(id)}) | ${severity} | ${mending === 'never' ? '' : mending} | ${cell(summary)} |`,
    );
    return [
      `## ${family}`,
      ['| Rule | Weight | `--fix` | Demand |', '|---|---|---|---|', ...rows].join('\n'),
    ];
  });
  const intro = `Every rule that a \`gov\` command reports, ${rules.length} of them. \`gov explain RULE\` prints the same page. Written from the rules themselves and their fixtures by \`npx just rule-pages\`.`;
  return `${['# Rules', intro, ...sections.flat()].join('\n\n')}\n`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
