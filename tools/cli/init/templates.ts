import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../version.ts';

/** A file that the package brings, and where it belongs in an adopter's repository. */
export interface Template {
  path: string;
  text: string;
}

/** `templates/tree/` is what stands under `.GOV`. */
export function treeTemplates(): Template[] {
  const folder = join(packageRoot(), 'templates', 'tree');
  return filesBelow(folder).map((path) => ({
    path: `.GOV/${path}`,
    text: readFileSync(join(folder, path), 'utf8'),
  }));
}

/** The workflow that is called, and the one that calls it. */
export function workflowTemplates(): Template[] {
  const files = { 'gov.yml': 'templates/github/gov.yml', 'gov-check.yml': '.github/workflows/gov-check.yml' };
  return Object.entries(files).map(([name, from]) => ({
    path: `.github/workflows/${name}`,
    text: readFileSync(join(packageRoot(), from), 'utf8'),
  }));
}

/** The recipes of `templates/gov.just`. */
export function recipeNames(): string[] {
  return recipesIn(readFileSync(join(packageRoot(), 'templates', 'gov.just'), 'utf8'));
}

const SETTINGS = new Set(['alias', 'export', 'import', 'mod', 'set', 'unexport']);

/** Names of the recipes and aliases that a justfile defines. One too many only means that the user is asked. */
export function recipesIn(justfile: string): string[] {
  return justfile.split(/\r?\n/).flatMap((line) => {
    const alias = /^alias[ \t]+([A-Za-z_][\w-]*)[ \t]*:=/.exec(line)?.[1];
    if (alias !== undefined) return [alias];
    const name = /^@?([A-Za-z_][\w-]*)(?=[ \t:])(?![ \t]*:=)/.exec(line)?.[1];
    return name !== undefined && line.includes(':') && !SETTINGS.has(name) ? [name] : [];
  });
}

function filesBelow(folder: string, prefix = ''): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isDirectory()
        ? filesBelow(join(folder, entry.name), `${prefix}${entry.name}/`)
        : [`${prefix}${entry.name}`],
    );
}
