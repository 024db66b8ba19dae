import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { anchorsSchema } from '../../tools/cli/schemas/anchors.ts';
import { baselineSchema } from '../../tools/cli/schemas/baseline.ts';
import { codegenSchema } from '../../tools/cli/schemas/codegen.ts';
import { doctorSchema } from '../../tools/cli/schemas/doctor.ts';
import { errorSchema } from '../../tools/cli/schemas/error.ts';
import { findingsSchema } from '../../tools/cli/schemas/findings.ts';
import { hooksSchema } from '../../tools/cli/schemas/hooks.ts';
import { initSchema } from '../../tools/cli/schemas/init.ts';
import { mergeSchema } from '../../tools/cli/schemas/merge.ts';
import { recorderArchiveSchema } from '../../tools/cli/schemas/recorder-archive.ts';
import { recorderCheckSchema } from '../../tools/cli/schemas/recorder-check.ts';
import { recorderEventSchema } from '../../tools/cli/schemas/recorder-event.ts';
import { recorderVerifySchema } from '../../tools/cli/schemas/recorder-verify.ts';
import {
  recorderCostSchema,
  recorderTimelineSchema,
  recorderTreeSchema,
} from '../../tools/cli/schemas/recorder-views.ts';
import { reportSchema } from '../../tools/cli/schemas/report.ts';
import { ruleSchema, rulesSchema } from '../../tools/cli/schemas/rule.ts';
import { sectionSchema, sectionsSchema } from '../../tools/cli/schemas/section.ts';
import {
  sessionCancelSchema,
  sessionConsentSchema,
  sessionRecoverSchema,
  sessionSchema,
  sessionSpawnSchema,
  sessionSteerSchema,
} from '../../tools/cli/schemas/session.ts';
import { sessionRunSchema, sessionsSchema } from '../../tools/cli/schemas/sessions.ts';
import { specDiffSchema } from '../../tools/cli/schemas/spec-diff.ts';
import { specRebaseSchema } from '../../tools/cli/schemas/spec-rebase.ts';
import { specRepairSchema } from '../../tools/cli/schemas/spec-repair.ts';
import { traceAcceptSchema, traceLockSchema, traceSchema } from '../../tools/cli/schemas/trace.ts';
import {
  missingStubsSchema,
  planSchema,
  todoSchema,
  wpLogSchema,
  wpSchema,
  wpsSchema,
} from '../../tools/cli/schemas/wp.ts';
import { configSchema } from '../../tools/config/schema.ts';
import { acceptedBreaksSchema } from '../../tools/contracts/index.ts';
import { scenarioSchema } from '../../tools/engine/scenario/language.ts';
import { eventMapSchema } from '../../tools/recorder/index.ts';
import { demoFiles, MOVES, NEW, specText } from '../gate/drift/demo-spec.ts';
import { gov } from '../support/gov.ts';
import { BOARD, boardWith, governedFiles, SPEC } from '../support/governed.ts';
import { Governed } from '../support/hooked.ts';
import { type Repository, repositoryIn, temporaryFolder } from '../support/repository.ts';

const project = join(import.meta.dirname, '..', '..');
const folder = join(project, 'schemas');

const LINE = 'a line of gov recorder query';

const SCHEMAS = [
  ['gov.config.schema.json', configSchema, 'gov.config.yaml'],
  ['accepted-breaks.schema.json', acceptedBreaksSchema, 'govkit.accepted-breaks@1'],
  ['baseline.schema.json', baselineSchema, 'govkit.baseline@1'],
  ['findings.schema.json', findingsSchema, 'govkit.findings@1'],
  ['rules.schema.json', rulesSchema, 'govkit.rules@1'],
  ['rule.schema.json', ruleSchema, 'govkit.rule@1'],
  ['error.schema.json', errorSchema, 'govkit.error@1'],
  ['scenario.schema.json', scenarioSchema, 'a scenario for gov session run'],
  ['spec-diff.schema.json', specDiffSchema, 'govkit.spec-diff@1'],
  ['anchors.schema.json', anchorsSchema, 'govkit.anchors@1'],
  ['section.schema.json', sectionSchema, 'govkit.section@1'],
  ['sections.schema.json', sectionsSchema, 'govkit.sections@1'],
  ['spec-rebase.schema.json', specRebaseSchema, 'govkit.spec-rebase@1'],
  ['doctor.schema.json', doctorSchema, 'govkit.doctor@1'],
  ['hooks.schema.json', hooksSchema, 'govkit.hooks@1'],
  ['merge.schema.json', mergeSchema, 'govkit.merge@1'],
  ['init.schema.json', initSchema, 'govkit.init@1'],
  ['spec-repair.schema.json', specRepairSchema, 'govkit.spec-repair@1'],
  ['codegen.schema.json', codegenSchema, 'govkit.codegen@1'],
  ['session-run.schema.json', sessionRunSchema, 'govkit.session-run@1'],
  ['sessions.schema.json', sessionsSchema, 'govkit.sessions@1'],
  ['session.schema.json', sessionSchema, 'govkit.session@1'],
  ['session-spawn.schema.json', sessionSpawnSchema, 'govkit.session-spawn@1'],
  ['session-cancel.schema.json', sessionCancelSchema, 'govkit.session-cancel@1'],
  ['session-steer.schema.json', sessionSteerSchema, 'govkit.session-steer@1'],
  ['session-consent.schema.json', sessionConsentSchema, 'govkit.session-consent@1'],
  ['session-recover.schema.json', sessionRecoverSchema, 'govkit.session-recover@1'],
  ['recorder-event.schema.json', recorderEventSchema, LINE],
  ['recorder-check.schema.json', recorderCheckSchema, 'govkit.recorder-check@1'],
  ['event-map.schema.json', eventMapSchema, 'govkit.event-map@1'],
  ['recorder-archive.schema.json', recorderArchiveSchema, 'govkit.recorder-archive@1'],
  ['recorder-verify.schema.json', recorderVerifySchema, 'govkit.recorder-verify@1'],
  ['recorder-tree.schema.json', recorderTreeSchema, 'govkit.recorder-tree@1'],
  ['recorder-timeline.schema.json', recorderTimelineSchema, 'govkit.recorder-timeline@1'],
  ['recorder-cost.schema.json', recorderCostSchema, 'govkit.recorder-cost@1'],
  ['report.schema.json', reportSchema, 'govkit.report@1'],
  ['wp.schema.json', wpSchema, 'govkit.wp@1'],
  ['wps.schema.json', wpsSchema, 'govkit.wps@1'],
  ['plan.schema.json', planSchema, 'govkit.plan@1'],
  ['todo.schema.json', todoSchema, 'govkit.todo@1'],
  ['missing-stubs.schema.json', missingStubsSchema, 'govkit.missing-stubs@1'],
  ['wp-log.schema.json', wpLogSchema, 'govkit.wp-log@1'],
  ['trace.schema.json', traceSchema, 'govkit.trace@1'],
  ['trace-accept.schema.json', traceAcceptSchema, 'govkit.trace-accept@1'],
  ['trace-lock.schema.json', traceLockSchema, 'govkit.trace-lock@1'],
] as const;

// Derived: after a change, `npm test -- test/e2e/schemas.test.ts -u` writes them again.
it.each(SCHEMAS)('schemas/%s is derived from its source', async (file, schema, title) => {
  const derived = { title, ...z.toJSONSchema(schema, { io: 'input' }) };
  await expect(`${JSON.stringify(derived, null, 2)}\n`).toMatchFileSnapshot(join(folder, file));
});

const ajv = new Ajv2020({
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
  allErrors: true,
  validateFormats: false,
});

/** The published schema that an answer names. */
const committed = new Map(
  SCHEMAS.map(([name]) => {
    const schema = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { title: string };
    return [schema.title, schema];
  }),
);

function errorsOf(answer: unknown, named = (answer as { schema: string }).schema): unknown {
  const schema = committed.get(named);
  if (schema === undefined) return `no schema ${named} under schemas/`;
  const validate = ajv.getSchema(named) ?? ajv.compile({ ...schema, $id: named });
  return validate(answer) ? [] : validate.errors;
}

/** This project's own tree, in a repository of its own: answers of every command, and nothing written here. */
function ownTree(): Repository {
  const root = temporaryFolder();
  for (const path of [
    '.GOV',
    'gov.config.yaml',
    'tools/generated',
    'docs/contracts',
    'schemas/contracts',
    'templates',
  ])
    cpSync(join(project, path), join(root, path), { recursive: true });
  const repository = repositoryIn(root);
  repository.commit({});
  return repository;
}

const WP = 'WP-1-Session-Spawn-Contract-v1';
const BLOCKER = 'WP-1-ModelSession-Core-Scheduler-v1';
const RUN = ['session', 'run', '.GOV/scenarios/delegation.yaml'];

it('what every command prints with --json is what its schema says', () => {
  const { root } = ownTree();
  const calls: [args: string[], schema: string][] = [
    [['check'], 'govkit.findings@1'],
    [['check', '--staged'], 'govkit.findings@1'],
    [['check', '--changed-since', 'HEAD'], 'govkit.findings@1'],
    [['check', '--fix'], 'govkit.findings@1'],
    [['check', '--baseline'], 'govkit.findings@1'],
    [['check'], 'govkit.findings@1'],
    [['explain'], 'govkit.rules@1'],
    [['explain', 'board/two-states'], 'govkit.rule@1'],
    [['explain', 'anchor/unproven'], 'govkit.rule@1'],
    [['explain', 'spec'], 'govkit.rules@1'],
    [['doctor'], 'govkit.doctor@1'],
    [['hooks', 'run', 'pre-commit'], 'govkit.findings@1'],
    [['hooks', 'status'], 'govkit.hooks@1'],
    [['hooks', 'merge', BOARD, BOARD, BOARD, BOARD], 'govkit.merge@1'],
    [['hooks', 'run', 'nosuch'], 'govkit.error@1'],
    [['spec', 'resolve', '--stubs'], 'govkit.anchors@1'],
    [['spec', 'resolve', 'nothing of the kind'], 'govkit.anchors@1'],
    [['spec', 'show', '4.3.9.15'], 'govkit.section@1'],
    [['spec', 'list'], 'govkit.sections@1'],
    [['spec', 'lint'], 'govkit.findings@1'],
    [['spec', 'repair', '--check'], 'govkit.spec-repair@1'],
    [['spec', 'rebase', '--to', 'v02.137'], 'govkit.spec-rebase@1'],
    [['codegen', '--check'], 'govkit.codegen@1'],
    [['trace'], 'govkit.trace@1'],
    [['trace', 'INV-SPAWN-*', '--accept'], 'govkit.trace-accept@1'],
    [RUN, 'govkit.session-run@1'],
    [['session', 'list'], 'govkit.sessions@1'],
    [['session', 'show', 'scout', '--content'], 'govkit.session@1'],
    [['session', 'show', 'lexer'], 'govkit.session@1'],
    [['recorder', 'query', '--view', 'tree'], 'govkit.recorder-tree@1'],
    [['recorder', 'query', '--view', 'timeline', '--tree', 'lead'], 'govkit.recorder-timeline@1'],
    [['recorder', 'query', '--view', 'cost', '--role', 'Researcher'], 'govkit.recorder-cost@1'],
    [['session', 'spawn', 'scout', '--role', 'Researcher', '--task', 'read'], 'govkit.session-spawn@1'],
    [['session', 'pause', 'lead'], 'govkit.session-steer@1'],
    [['session', 'cancel', 'lead', '--reason', 'read'], 'govkit.session-cancel@1'],
    [['session', 'approve', 'scout', '1', '--by', 'Ada'], 'govkit.session-steer@1'],
    [['session', 'send', 'scout', 'Go on.', '--from', 'Ada'], 'govkit.session-steer@1'],
    [
      ['session', 'revoke', '8c1d1f6e-3b0a-4d57-9d0b-2f1a6c7e9b10', '--by', 'Ada'],
      'govkit.session-consent@1',
    ],
    [['session', 'recover'], 'govkit.session-recover@1'],
    [['report'], 'govkit.report@1'],
    [['recorder', 'check'], 'govkit.recorder-check@1'],
    [['recorder', 'check', 'gov.config.yaml'], 'govkit.recorder-check@1'],
    [['recorder', 'check', 'none.ndjson'], 'govkit.error@1'],
    [['recorder', 'verify'], 'govkit.recorder-verify@1'],
    [['session', 'resume', 'none'], 'govkit.error@1'],
    [['wp', 'status'], 'govkit.wps@1'],
    [['wp', 'status', WP], 'govkit.wp@1'],
    [['wp', 'status', '--todo'], 'govkit.todo@1'],
    [['wp', 'stub', '--list-missing'], 'govkit.missing-stubs@1'],
    [['wp', 'refine', WP, '--dry-run'], 'govkit.plan@1'],
    [['wp', 'refine', 'WP-9-Nobody-v1'], 'govkit.plan@1'],
    [['wp', 'refine', WP], 'govkit.plan@1'],
    [['wp', 'approve', WP], 'govkit.plan@1'],
    [['wp', 'sign', WP, 'ilja'], 'govkit.plan@1'],
    [['wp', 'prepare', WP], 'govkit.plan@1'],
    [['wp', 'create', WP], 'govkit.plan@1'],
    [['wp', 'attest', WP, 'packet', '--reason', 'read'], 'govkit.plan@1'],
    [['wp', 'waive', WP, 'WP-1-X-v1', '--reason', 'read', '--until', '2999-12-31'], 'govkit.plan@1'],
    [['wp', 'waive', WP, BLOCKER, '--reason', 'read', '--until', '2999-12-31'], 'govkit.plan@1'],
    [['wp', 'settle', WP], 'govkit.plan@1'],
    [['wp', 'revise', WP, '--reason', 'read'], 'govkit.plan@1'],
    [['wp', 'sync'], 'govkit.plan@1'],
    [['wp', 'log', WP], 'govkit.wp-log@1'],
    [['wp', 'status', WP], 'govkit.wp@1'],
    [['wp', 'undo', WP], 'govkit.plan@1'],
    [['wp', 'status', 'WP-9-Nobody-v1'], 'govkit.findings@1'],
    [['nosuch'], 'govkit.error@1'],
    [['check', '--rule', 'x'], 'govkit.error@1'],
  ];
  for (const [args, schema] of calls) {
    const { out } = gov(root, [...args, '--json']);
    const answer = JSON.parse(out) as { schema: string };
    expect([args, answer.schema, errorsOf(answer)]).toEqual([args, schema, []]);
  }
}, 120_000);

it('every line of gov recorder query is what the schema of a line says', () => {
  const { root } = ownTree();
  gov(root, RUN);
  const lines = gov(root, ['recorder', 'query', '--json']).out.split('\n').slice(0, -1);
  expect(lines.length).toBeGreaterThan(100);
  const events = lines.map((line) => JSON.parse(line) as { seq: number; fr_event_id: string });
  expect(events.flatMap((event) => errorsOf(event, LINE))).toEqual([]);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1));
  expect(new Set(events.map(({ fr_event_id }) => fr_event_id)).size).toBeGreaterThan(10);
  expect(errorsOf({ ...events[0], more: 1 }, LINE)).not.toEqual([]);
  expect(errorsOf({ ...events[0], fr_event_id: 'FR-EVT-999' }, LINE)).not.toEqual([]);
}, 60_000);

it('setting a repository up and taking it back is what the schema says', () => {
  const repository = Governed.empty();
  const { root } = repository;
  repository.write({ justfile: 'mine:\n    @echo mine\n', '.gitattributes': '*.png binary\n' });
  const calls: [args: string[], schema: string][] = [
    [['init', '--dry-run'], 'govkit.init@1'],
    [['init'], 'govkit.init@1'],
    [['init'], 'govkit.init@1'],
    [['hooks', 'status'], 'govkit.hooks@1'],
    [['hooks', 'uninstall'], 'govkit.hooks@1'],
    [['hooks', 'install'], 'govkit.hooks@1'],
    [['hooks', 'run', 'pre-commit'], 'govkit.findings@1'],
    [['doctor'], 'govkit.doctor@1'],
    [['init', '--undo'], 'govkit.init@1'],
    [['init', '--undo'], 'govkit.init@1'],
  ];
  for (const [args, schema] of calls) {
    const answer = JSON.parse(gov(root, [...args, '--json']).out) as { schema: string };
    expect([args, answer.schema, errorsOf(answer)]).toEqual([args, schema, []]);
  }
}, 120_000);

it('a rebase that rewrites, keeps and leaves is what the schema says', () => {
  const repository = repositoryIn(temporaryFolder());
  repository.commit(demoFiles({ [NEW]: specText(MOVES) }));
  for (const args of [['--dry-run'], [], []]) {
    const { out } = gov(repository.root, ['spec', 'rebase', '--to', 'v02.138', ...args, '--json']);
    const answer = JSON.parse(out) as { schema: string };
    expect([args, answer.schema, errorsOf(answer)]).toEqual([args, 'govkit.spec-rebase@1', []]);
  }
  expect(repository.git('status', '--short')).not.toBe('');
}, 60_000);

it('findings of every shape are what the schema says', () => {
  const root = temporaryFolder();
  const repository = repositoryIn(root);
  const text = governedFiles()[SPEC]!.replaceAll('02.137', '02.136').replace('bounded', 'free');
  repository.commit({ ...governedFiles(), [SPEC.replace('137', '136')]: text });
  repository.write({ [BOARD]: boardWith('ODD'), '.GOV/a.md': 'A \u00c2\u00a7\n', '.GOV/roles.yaml': '[' });
  for (const args of [
    ['check'],
    ['check', '--fix'],
    ['check', '--baseline'],
    ['check', '--fix', '--write'],
    ['check', '--changed-since', 'HEAD'],
    ['spec', 'diff', 'v02.136', 'v02.137'],
    ['wp', 'status'],
  ]) {
    const { out } = gov(root, [...args, '--json']);
    expect([args, errorsOf(JSON.parse(out))]).toEqual([args, []]);
  }
  const written = readFileSync(join(root, '.GOV/baseline.json'), 'utf8');
  expect(errorsOf(JSON.parse(written))).toEqual([]);
}, 60_000);

it('a schema refuses what it does not know', () => {
  const { out } = gov(project, ['check', '--json']);
  const answer = JSON.parse(out) as object;
  expect(errorsOf({ ...answer, more: 1 })).toMatchObject([{ keyword: 'additionalProperties' }]);
});

it('the configuration of this project is what its schema says', async () => {
  const { parse } = await import('yaml');
  const text = readFileSync(join(project, 'gov.config.yaml'), 'utf8');
  expect(errorsOf(parse(text), 'gov.config.yaml')).toEqual([]);
});
