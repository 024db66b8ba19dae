import { DRIVER } from '../hooks/driver.ts';
import { recipesIn, type Template } from './templates.ts';

/** What is there before, as far as the plan depends on it. */
export interface Facts {
  /** Base name of the root. */
  name: string;
  /** Did `gov init` make something here already? */
  recorded: boolean;
  /** Is the root that of a git repository? */
  repository: boolean;
  /** Every file under `.GOV` and `.github/workflows`. */
  files: ReadonlySet<string>;
  /** Spec versions in the tree, the newest first: paths. */
  specs: readonly string[];
  justfile?: { path: string; text: string };
  attributes?: string;
  /** Packages are installed, and there is no `.gitignore` that could keep them out. */
  unignored: boolean;
  /** A governed file is committed with CRLF, so that `eol=lf` would change it. */
  crlf: boolean;
  /** Does this repository use GitHub? */
  github: boolean;
  /** Of `gov.just`, relative to the root; undefined where the package lies elsewhere. */
  recipes?: string;
  /** Of git's configuration in this repository: the merge driver, where it is to be set. */
  settings: Readonly<Record<string, string>>;
  /** Hooks to write, with their paths relative to the root; or why there are none. */
  hooks: { scripts: readonly { path: string; text: string }[] } | { why: string };
}

export type Step =
  /** `adopted`: so many findings are in it, of a baseline. */
  | { action: 'create'; path: string; text: string; mode?: number; adopted?: number }
  /** `added` goes to the end of a file that is there. */
  | { action: 'append'; path: string; added: string }
  | { action: 'configure'; path: '.git/config'; settings: Readonly<Record<string, string>> }
  | { action: 'repository'; path: '.git' };

export interface Plan {
  steps: Step[];
  /** The tree was there before. */
  adopted: boolean;
  /** It was there, and nothing tells that govkit ever was: what is wrong in it is nobody's change. */
  legacy: boolean;
  /** What stays as it is although something belongs there, and why. */
  left: { path: string; why: string }[];
}

export interface Templates {
  tree: readonly Template[];
  workflows: readonly Template[];
  /** Names of the recipes that come with `gov.just`. */
  recipes: readonly string[];
}

/** Everything that `gov init` does. Nothing that exists is replaced. */
export function planInit(facts: Facts, templates: Templates): Plan {
  const adopted = isBegun(facts.files);
  const plan: Plan = { steps: [], adopted, legacy: adopted && !isKnown(facts), left: [] };
  if (!facts.repository) plan.steps.push({ action: 'repository', path: '.git' });
  planTree(plan, facts, templates.tree);
  planJustfile(plan, facts, templates.recipes);
  planAttributes(plan, facts);
  if (facts.unignored) plan.steps.push({ action: 'create', path: '.gitignore', text: 'node_modules/\n' });
  if (facts.github) {
    for (const { path, text } of templates.workflows) create(plan, facts, path, text);
  }
  if ('why' in facts.hooks) plan.left.push({ path: 'hooks', why: facts.hooks.why });
  else {
    for (const { path, text } of facts.hooks.scripts)
      plan.steps.push({ action: 'create', path, text, mode: 0o755 });
  }
  if (Object.keys(facts.settings).length > 0)
    plan.steps.push({ action: 'configure', path: '.git/config', settings: facts.settings });
  return plan;
}

/** What some command reads. In a tree that is there already only these are added, and where nothing serves. */
const RECORDS: Readonly<Record<string, RegExp>> = {
  '.GOV/roles_shared/TASK_BOARD.md': /^\.GOV\/roles_shared\/(?:records\/)?TASK_BOARD\.md$/,
  '.GOV/roles_shared/WP_TRACEABILITY_REGISTRY.md':
    /^\.GOV\/roles_shared\/(?:records\/)?WP_TRACEABILITY_REGISTRY\.md$/,
  '.GOV/roles_shared/SIGNATURE_AUDIT.md': /^\.GOV\/roles_shared\/(?:records\/)?SIGNATURE_AUDIT\.md$/,
  '.GOV/roles_shared/SPEC_CURRENT.md': /^\.GOV\/(?:roles_shared|spec)\/SPEC_CURRENT\.md$/,
  '.GOV/roles.yaml': /^\.GOV\/roles\.ya?ml$/,
};
const DOCUMENT = /^\.GOV\/(?:task_packets|refinements|roles_shared)\/.+\.md$/;

/** Does the tree hold a document already? */
function isBegun(files: ReadonlySet<string>): boolean {
  return [...files].some((path) => DOCUMENT.test(path) && !/README\.md$/i.test(path));
}

/**
 * Was govkit here before? A run that brings back a missing file must not take the errors of today into a baseline,
 * not even in a fresh clone, where no record tells of the first run.
 */
function isKnown({ files, justfile, recorded }: Facts): boolean {
  const roles = [...files].some((path) => RECORDS['.GOV/roles.yaml']!.test(path));
  return recorded || roles || (justfile !== undefined && IMPORT.test(justfile.text));
}

function planTree(plan: Plan, facts: Facts, tree: readonly Template[]): void {
  const there = [...facts.files];
  const project = projectName(facts.name);
  // The newest spec that is there already is the one in force.
  const spec = facts.specs[0]?.replace(/^.*\//, '') ?? `${project}_Master_Spec_v00.001.md`;
  const fill = (text: string): string =>
    text.replaceAll('{{PROJECT}}', project).replaceAll('{{SPEC_FILE}}', spec);
  const pointed = there.some((path) => RECORDS['.GOV/roles_shared/SPEC_CURRENT.md']!.test(path));
  for (const { path: template, text } of tree) {
    const isSpec = template.startsWith('.GOV/spec/');
    if (isSpec && (facts.specs.length > 0 || pointed)) continue;
    const serves = RECORDS[template];
    if (serves !== undefined && there.some((path) => serves.test(path))) continue;
    if (plan.adopted && serves === undefined && !isSpec) continue;
    create(plan, facts, template.replace('PROJECT', project), fill(text));
  }
}

/** As it may stand in the name of a spec file. */
function projectName(name: string): string {
  return name.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '') || 'Project';
}

function create(plan: Plan, { files }: Facts, path: string, text: string): void {
  if (!files.has(path)) plan.steps.push({ action: 'create', path, text });
}

const IMPORT = /^[ \t]*import\??[ \t]+(['"]).*gov\.just\1/m;

/** Optional, so that the other recipes of a fresh clone work before anything is installed. */
function planJustfile(plan: Plan, { justfile, recipes }: Facts, ours: readonly string[]): void {
  if (justfile !== undefined && IMPORT.test(justfile.text)) return;
  const path = justfile?.path ?? 'justfile';
  if (recipes === undefined) {
    plan.left.push({
      path,
      why: 'govkit is not installed here (npm install --save-dev govkit, then gov init)',
    });
    return;
  }
  const line = `import? '${recipes}'`;
  if (justfile === undefined) {
    const text = `${line}\n\n${DEFAULT_RECIPE}`;
    plan.steps.push({ action: 'create', path, text });
    return;
  }
  const twice = recipesIn(justfile.text).filter((name) => ours.includes(name));
  if (twice.length > 0) {
    const names = twice.length === 1 ? `a recipe ${twice[0]}` : `recipes ${twice.join(', ')}`;
    plan.left.push({
      path,
      why: `it has ${names} of its own; add  ${line}  and  set allow-duplicate-recipes := true  to keep yours beside ours`,
    });
    return;
  }
  plan.steps.push({ action: 'append', path, added: appended(justfile.text, ['', line]) });
}

// Asked of `just` when it runs, and not a dependency: without the import the file would not be read at all.
const DEFAULT_RECIPE = `export just_program := just_executable()

# the steps of a work packet, and where the current one stands
[script("node")]
default:
    process.exitCode = require("child_process").spawnSync(process.env.just_program, ["gov-steps"], { stdio: "inherit" }).status
`;

const LINE_ENDS = ['md', 'json', 'yaml'].map((ending) => `.GOV/**/*.${ending} text eol=lf`);
/** Where the driver is not set, git merges them as text all the same. */
const MERGED = ['TASK_BOARD.md', 'WP_TRACEABILITY_REGISTRY.md', 'SIGNATURE_AUDIT.md'];

function planAttributes(plan: Plan, { attributes, crlf }: Facts): void {
  const there = new Set(attributes?.split(/\r?\n/).map((line) => line.trim()));
  const ends = LINE_ENDS.filter((line) => !there.has(line));
  if (crlf && ends.length > 0) {
    plan.left.push({
      path: '.gitattributes',
      why: 'governed files are committed with CRLF, and eol=lf would change them',
    });
  }
  // The last line that names a path counts, so that one of ours would outdo how somebody wants it merged.
  const isMerged = (name: string): boolean =>
    [...there].some((line) => line.includes(name) && /[\s!-]merge(?:=|\s|$)/.test(line));
  const merged = MERGED.filter((name) => !isMerged(name)).map((name) => `.GOV/**/${name} merge=${DRIVER}`);
  const missing = [...(crlf ? [] : ends), ...merged];
  if (missing.length === 0) return;
  if (attributes === undefined) {
    plan.steps.push({ action: 'create', path: '.gitattributes', text: `${missing.join('\n')}\n` });
  } else {
    plan.steps.push({ action: 'append', path: '.gitattributes', added: appended(attributes, missing) });
  }
}

/** The lines as they follow a text: in its line ends, and on lines of their own. */
function appended(text: string, lines: readonly string[]): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const before = text === '' || text.endsWith('\n') ? '' : end;
  const wanted = text === '' ? lines.filter((line) => line !== '') : lines;
  return before + wanted.map((line) => line + end).join('');
}
