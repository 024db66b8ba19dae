/** How a word of several parts is written on the wire; `as-written` keeps what the spec has. */
export const CASINGS = [
  'as-written',
  'snake_case',
  'kebab-case',
  'camelCase',
  'PascalCase',
  'UPPER_SNAKE_CASE',
] as const;
export type Casing = (typeof CASINGS)[number];

/** `CompletedWithIssues` → `completed_with_issues`; a run of capitals is one part: `FYI` → `fyi`. */
export function cased(word: string, casing: Casing): string {
  const parts = word
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[_-]+/);
  const capital = (part: string): string => part.slice(0, 1).toUpperCase() + part.slice(1);
  switch (casing) {
    case 'snake_case':
      return parts.join('_');
    case 'kebab-case':
      return parts.join('-');
    case 'UPPER_SNAKE_CASE':
      return parts.join('_').toUpperCase();
    case 'PascalCase':
      return parts.map(capital).join('');
    case 'camelCase':
      return parts.map((part, at) => (at === 0 ? part : capital(part))).join('');
    default:
      return word;
  }
}
