import type { CommandSpec, OptionSpec } from './command.ts';

const WP = { name: 'WP_ID', summary: 'work-packet id, such as WP-1-Session-Spawn-Contract-v1' } as const;

const DB: OptionSpec = {
  type: 'string',
  value: 'FILE',
  summary: 'the session database (default: that of the last run)',
};

/** The one list of commands. A command stands here when it works, not before. */
export const commands: readonly CommandSpec[] = [
  {
    name: 'check',
    job: 'read',
    summary: 'what is wrong with this governance tree',
    args: [
      {
        name: 'PATH',
        summary: 'only what is wrong in this file, folder or glob; without one, everywhere',
        multiple: true,
      },
    ],
    options: {
      staged: { type: 'boolean', summary: 'what is staged, and only what it changes for the worse' },
      'changed-since': {
        type: 'string',
        value: 'REV',
        summary: 'the same for all since the merge base with REV, whose policy counts',
      },
      rev: { type: 'string', value: 'REV', summary: 'judge a commit instead of what is on disk' },
      rule: { type: 'string', value: 'ID', multiple: true, summary: 'only this rule' },
      fix: { type: 'boolean', summary: 'show what can be mended mechanically, as a diff' },
      write: { type: 'boolean', summary: 'with --fix: mend it' },
      baseline: {
        type: 'boolean',
        summary: 'adopt what is wrong today: from then on only the rest fails; again: drop what is fixed',
      },
      format: { type: 'string', value: 'FORMAT', summary: 'text, json, sarif or github' },
    },
    examples: [
      'gov check',
      'gov check --staged',
      'gov check --changed-since origin/main --format github',
      'gov check --fix --rule text/double-encoded',
    ],
    load: () => import('./commands/check.ts'),
  },
  {
    name: 'explain',
    job: 'read',
    summary: 'what a rule wants, and why',
    args: [{ name: 'RULE', summary: 'rule id, or a family such as stub; without one, all rules are listed' }],
    options: {},
    examples: ['gov explain anchor/title-mismatch', 'gov explain refinement', 'gov explain'],
    load: () => import('./commands/explain.ts'),
  },
  {
    name: 'spec resolve',
    job: 'read',
    summary: 'does an anchor exist, where, and is it normative',
    args: [{ name: 'TEXT', summary: 'anchor as a stub writes it, or an identifier', multiple: true }],
    options: { stubs: { type: 'boolean', summary: 'every anchor candidate of every stub' } },
    examples: [
      'gov spec resolve 4.3.9.15',
      'gov spec resolve "11.5 Flight Recorder"',
      'gov spec resolve INV-SPAWN-001',
      'gov spec resolve --stubs',
    ],
    load: () => import('./commands/spec-resolve.ts'),
  },
  {
    name: 'spec show',
    job: 'read',
    summary: 'what an anchor names, with line numbers, place and authority',
    args: [
      {
        name: 'ANCHOR',
        summary: 'section or identifier, as for spec resolve, or FILE:LINE',
        required: true,
      },
    ],
    options: {
      own: { type: 'boolean', summary: 'without its subsections' },
      outline: { type: 'boolean', summary: 'its subsections instead of its text' },
      lines: { type: 'string', value: 'A-B', summary: 'only these lines of the file, all of them' },
      plain: { type: 'boolean', summary: 'the text alone and whole, to pipe it' },
    },
    examples: [
      'gov spec show 4.3.9.15.4',
      'gov spec show "4.3.9.12–.14" --outline',
      'gov spec show "11.5 Flight Recorder" --plain',
    ],
    load: () => import('./commands/spec-show.ts'),
  },
  {
    name: 'spec list',
    job: 'read',
    summary: 'the sections of the Master Spec with line and authority',
    args: [{ name: 'NUMBER', summary: 'only this section and what stands below it' }],
    options: {
      depth: { type: 'string', value: 'N', summary: 'headings down to this level, all of them' },
      grep: { type: 'string', value: 'WORDS', summary: 'only titles with all of these words' },
      kind: { type: 'string', value: 'KIND', summary: 'only body, roadmap or appendix' },
      authority: {
        type: 'string',
        value: 'YES|NO',
        summary: 'what the Coverage Matrix says of the number; or UNKNOWN',
      },
      'in-fence': { type: 'boolean', summary: 'only sections inside a template fence' },
      hidden: { type: 'boolean', summary: 'only sections that a broken fence hides from a strict reader' },
      duplicates: { type: 'boolean', summary: 'only numbers that several headings carry' },
    },
    examples: ['gov spec list 4.3.9', 'gov spec list --grep "session spawn"', 'gov spec list --hidden'],
    load: () => import('./commands/spec-list.ts'),
  },
  {
    name: 'spec diff',
    job: 'read',
    summary: 'what changed between two versions of the Master Spec',
    args: [
      {
        name: 'A',
        summary: 'version, FILE, DIR, REV:PATH or glob (default: the version before the one in force)',
      },
      { name: 'B', summary: 'the same (default: the spec in force)' },
    ],
    options: {
      anchor: {
        type: 'string',
        value: 'ANCHOR',
        multiple: true,
        summary: 'only this section (also FILE:LINE, N.*, A–B) and what stands below it',
      },
      patch: { type: 'boolean', summary: 'the changed lines themselves' },
    },
    examples: [
      'gov spec diff',
      'gov spec diff v02.134 v02.137',
      'gov spec diff v02.134 v02.137 --anchor 11.5.1 --patch',
    ],
    load: () => import('./commands/spec-diff.ts'),
  },
  {
    name: 'spec lint',
    job: 'read',
    summary: 'what in the Master Spec misleads an anchor or a reader',
    args: [],
    options: {
      rule: { type: 'string', value: 'ID', multiple: true, summary: 'only this rule, and all that it found' },
    },
    examples: ['gov spec lint', 'gov spec lint --rule spec/misplaced-section'],
    load: () => import('./commands/spec-lint.ts'),
  },
  {
    name: 'spec rebase',
    job: 'read',
    summary: 'move anchors onto another version where their text is the same',
    args: [
      {
        name: 'WP',
        summary: 'only this packet, or document (a path); without one, every open stub and refinement',
        multiple: true,
      },
    ],
    options: {
      to: { type: 'string', value: 'VERSION', summary: 'the version to pin, such as v02.138' },
      'dry-run': { type: 'boolean', summary: 'print the plan as a diff and write nothing' },
    },
    examples: ['gov spec rebase --to v02.138 --dry-run', 'gov spec rebase --to v02.138'],
    load: () => import('./commands/spec-rebase.ts'),
  },
  {
    name: 'spec repair',
    job: 'read',
    summary: 'take double encoding out of the Master Spec, or of files',
    args: [{ name: 'PATH', summary: 'governed file (default: the spec in force)', multiple: true }],
    options: {
      check: { type: 'boolean', summary: 'write nothing; fail when there is something to repair' },
      'dry-run': { type: 'boolean', summary: 'write nothing, show what would change' },
    },
    examples: [
      'gov spec repair --dry-run',
      'gov spec repair',
      'gov spec repair .GOV/roles_shared/TASK_BOARD.md',
    ],
    load: () => import('./commands/spec-repair.ts'),
  },
  {
    name: 'codegen',
    job: 'generate',
    summary: 'typed contracts and event schemas from the Master Spec',
    args: [],
    options: {
      check: { type: 'boolean', summary: 'write nothing; fail when a file drifted or was edited by hand' },
      out: {
        type: 'string',
        value: 'DIR',
        summary: 'where to write (default: codegen.out of gov.config.yaml)',
      },
      roots: { type: 'string', value: 'NAME,…', summary: 'only what these types and events need' },
      overlay: { type: 'string', value: 'FILE', summary: 'answers to what the spec leaves open' },
      print: { type: 'string', value: 'ir', summary: 'print the type model instead of writing' },
    },
    examples: ['gov codegen', 'gov codegen --check', 'gov codegen --print ir'],
    load: () => import('./commands/codegen.ts'),
  },
  {
    name: 'session run',
    job: 'run',
    summary: 'run a scenario of sessions under the spawn contract',
    args: [{ name: 'FILE', summary: 'scenario in YAML', required: true }],
    options: {
      db: {
        type: 'string',
        value: 'FILE',
        summary:
          'keep the run in this new SQLite file (default: one in the git folder, replaced by each run)',
      },
    },
    examples: ['gov session run .GOV/scenarios/delegation.yaml'],
    load: () => import('./commands/session-run.ts'),
  },
  {
    name: 'session list',
    job: 'run',
    summary: 'the sessions of a database with state, tokens and cost',
    args: [],
    options: { db: DB, tree: { type: 'boolean', summary: 'as trees, children below their parent' } },
    examples: ['gov session list --tree'],
    load: () => import('./commands/session-list.ts'),
  },
  {
    name: 'recorder query',
    job: 'run',
    summary: 'events of a session database, as NDJSON in order',
    args: [],
    options: {
      db: DB,
      session: { type: 'string', value: 'ID', summary: 'only this session (also where a payload names it)' },
      family: {
        type: 'string',
        value: 'PREFIX',
        summary: 'only this event family, such as FR-EVT-SESS-SPAWN',
      },
      type: { type: 'string', value: 'TYPE', summary: 'only this type or event id' },
      role: { type: 'string', value: 'ROLE', summary: 'only sessions of this role' },
      wp: { type: 'string', value: 'WP_ID', summary: 'only sessions of this work packet' },
      from: { type: 'string', value: 'TIME', summary: 'RFC 3339, inclusive' },
      to: { type: 'string', value: 'TIME', summary: 'RFC 3339, exclusive' },
      limit: { type: 'string', value: 'N', summary: 'at most N events' },
    },
    examples: ['gov recorder query --family FR-EVT-SESS-SPAWN'],
    load: () => import('./commands/recorder-query.ts'),
  },
  {
    name: 'wp status',
    job: 'gate',
    summary: 'may a work packet start: every item with its evidence',
    args: [{ ...WP, summary: `${WP.summary}; without one, all of them` }],
    options: {},
    examples: ['gov wp status WP-1-Session-Spawn-Contract-v1', 'gov wp status'],
    load: () => import('./commands/wp-status.ts'),
  },
  {
    name: 'wp refine',
    job: 'gate',
    summary: 'write the refinement of a stub: anchors, windows, excerpts and event ids from the spec',
    args: [{ ...WP, required: true }],
    options: { 'dry-run': { type: 'boolean', summary: 'print the file instead of writing it' } },
    examples: ['gov wp refine WP-1-Session-Spawn-Contract-v1 --dry-run'],
    load: () => import('./commands/wp-refine.ts'),
  },
  {
    name: 'doctor',
    job: 'tool',
    summary: 'versions and what works on this machine',
    args: [],
    options: {},
    examples: ['gov doctor'],
    load: () => import('./commands/doctor.ts'),
  },
];
