import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Facts, planInit } from '../../tools/cli/init/plan.ts';
import { recipeNames, recipesIn, treeTemplates, workflowTemplates } from '../../tools/cli/init/templates.ts';

const templates = { tree: treeTemplates(), workflows: workflowTemplates(), recipes: recipeNames() };
const empty: Facts = {
  name: 'demo',
  recorded: false,
  repository: true,
  files: new Set(),
  specs: [],
  unignored: false,
  crlf: false,
  settings: {},
  github: false,
  recipes: 'node_modules/govkit/templates/gov.just',
  hooks: { scripts: [] },
};
const plan = (facts: Partial<Facts>) => planInit({ ...empty, ...facts }, templates);
const appended = (facts: Partial<Facts>, path: string) =>
  plan(facts).steps.flatMap((step) => (step.action === 'append' && step.path === path ? [step.added] : []));
const IMPORT = "import? 'node_modules/govkit/templates/gov.just'";

describe('the line in the justfile', () => {
  it.each([
    ['after a line of its own', 'a:\n    b\n', `\n${IMPORT}\n`],
    ['after a last line without an end', 'a:\n    b', `\n\n${IMPORT}\n`],
    ['in CRLF', 'a:\r\n    b\r\n', `\r\n${IMPORT}\r\n`],
    ['in an empty file', '', `${IMPORT}\n`],
  ])('%s', (_name, text, added) => {
    expect(appended({ justfile: { path: 'Justfile', text } }, 'Justfile')).toEqual([added]);
  });

  it.each([
    "import 'node_modules/govkit/templates/gov.just'\n",
    'import? "tools/gov.just"\n',
    "a:\n    b\n\nimport 'x/gov.just'\n",
  ])('is there once: %j', (text) => {
    expect(appended({ justfile: { path: 'justfile', text } }, 'justfile')).toEqual([]);
  });

  it('is left out where the package is not installed', () => {
    const { recipes: _, ...facts } = empty;
    expect(planInit(facts, templates).left).toEqual([
      {
        path: 'justfile',
        why: 'govkit is not installed here (npm install --save-dev govkit, then gov init)',
      },
    ]);
  });
});

describe('recipes of a justfile', () => {
  it.each<[string, string[]]>([
    ['a:\n    b\n', ['a']],
    ['@quiet *args: a b\n', ['quiet']],
    ['with arg="x:y" other=(a + b):\n', ['with']],
    ['name := "value"\nset shell := ["sh"]\nexport A := "b:c"\n', []],
    ['alias x := a\n', ['x']],
    ['# comment: no\n    indented: no\n', []],
    ['a-b_c:\r\n', ['a-b_c']],
  ])('%j', (text, names) => {
    expect(recipesIn(text)).toEqual(names);
  });

  it('takes no longer on a line without end', () => {
    expect(recipesIn(`a ${' b'.repeat(200_000)}`)).toEqual([]);
  });
});

const MERGED =
  '.GOV/**/TASK_BOARD.md merge=govkit\n.GOV/**/WP_TRACEABILITY_REGISTRY.md merge=govkit\n.GOV/**/SIGNATURE_AUDIT.md merge=govkit\n';

describe('the lines in .gitattributes', () => {
  it('are those that are missing', () => {
    const attributes = '* text=auto\n  .GOV/**/*.md text eol=lf \n';
    expect(appended({ attributes }, '.gitattributes')).toEqual([
      `.GOV/**/*.json text eol=lf\n.GOV/**/*.yaml text eol=lf\n${MERGED}`,
    ]);
  });

  it('leave a document as somebody else wants it merged', () => {
    const attributes =
      '* text=auto\n.GOV/roles_shared/TASK_BOARD.md merge=union\n*SIGNATURE_AUDIT.md -merge\n';
    expect(appended({ attributes, crlf: true }, '.gitattributes')).toEqual([
      '.GOV/**/WP_TRACEABILITY_REGISTRY.md merge=govkit\n',
    ]);
  });

  it('set no line ends where files are committed with CRLF', () => {
    expect(appended({ attributes: '', crlf: true }, '.gitattributes')).toEqual([MERGED]);
    expect(plan({ attributes: MERGED, crlf: true }).steps.map(({ path }) => path)).not.toContain(
      '.gitattributes',
    );
  });
});

describe('what is wrong with the tree is taken into a baseline', () => {
  const files = new Set(['.GOV/task_packets/WP-1-Old-v1.md']);
  const justfile = { path: 'justfile', text: `${IMPORT}\n` };
  it.each<[string, Partial<Facts>, boolean]>([
    ['where the tree was there before', { files }, true],
    ['not where there was none', {}, false],
    ['not where there was a README alone', { files: new Set(['.GOV/task_packets/README.md']) }, false],
    ['not a second time', { files, recorded: true }, false],
    ['not in a clone: its roles tell', { files: new Set([...files, '.GOV/roles.yaml']) }, false],
    ['not in a clone: its justfile tells', { files, justfile }, false],
  ])('%s', (_name, facts, legacy) => {
    expect(plan(facts).legacy).toBe(legacy);
  });
});

describe('the name of the project', () => {
  it.each([
    ['demo', 'demo'],
    ['My Repo (2)', 'My_Repo_2'],
    ['日本', 'Project'],
    ['../x', 'x'],
  ])('of %j is %j in the spec', (name, project) => {
    const created = plan({ name }).steps.map(({ path }) => path);
    expect(created).toContain(`.GOV/spec/${project}_Master_Spec_v00.001.md`);
    for (const path of created) expect(path).not.toMatch(/\.\.|[^\x20-\x7e]/);
  });
});

describe('the templates', () => {
  it('are ASCII in LF, and no box in them is ticked', () => {
    expect(templates.tree.length).toBeGreaterThan(10);
    for (const { path, text } of templates.tree) {
      expect(text, path).toMatch(/^[\x20-\x7e\n]+\n$/);
      expect(text, path).not.toMatch(/\[[xX]\]/);
    }
  });

  it('leave nothing to fill in by name but what a person or gov wp fills in', () => {
    for (const step of plan({}).steps)
      if (step.action === 'create') expect(step.text, step.path).not.toMatch(/\{\{(?!gov_bundle)/);
  });

  it('name only recipes that exist', () => {
    const known = recipeNames();
    const named = templates.tree.flatMap(({ text }) =>
      [...text.matchAll(/`just ([a-z-]+)/g)].map(([, name]) => name!),
    );
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('the workflows are those of this repository', () => {
    const own = readFileSync(join(import.meta.dirname, '../../.github/workflows/gov-check.yml'), 'utf8');
    const { steps } = plan({ github: true });
    expect(steps).toContainEqual({ action: 'create', path: '.github/workflows/gov-check.yml', text: own });
  });
});
