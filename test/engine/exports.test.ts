import { readFileSync } from 'node:fs';
import { expect, expectTypeOf, it } from 'vitest';
import type {
  Budgets,
  CallOptions,
  CascadeCancelRecord,
  ChildProgress,
  ConsentReceipt,
  Engine,
  EngineOptions,
  EventQuery,
  FlightRecorderEvent,
  Ids,
  Limits,
  ModelSession,
  NewSession,
  ProgressAnswer,
  RecoveryReport,
  Role,
  RunIO,
  RunSpawnCall,
  Scheduling,
  SessionSpawnRequest,
  SessionSpawnResponse,
  SpanRow,
  SpawnCall,
  ThreadAllowance,
  ThreadMessage,
  ThreadPermissionRow,
  TokenUsage,
} from '../../tools/engine/index.ts';
import type * as recorder from '../../tools/recorder/index.ts';

const read = (path: string): string => readFileSync(new URL(`../../tools/${path}`, import.meta.url), 'utf8');

/** Names in the braces of `import type {…}` or `export {…}`, by the name they have outside. */
const listed = (text: string, word: string): string[] =>
  [...text.matchAll(new RegExp(`^${word}(?: type)? \\{([^}]*)\\}`, 'gm'))].flatMap(([, names]) =>
    names!
      .split(',')
      .map(
        (name) =>
          name
            .trim()
            .replace(/^type /, '')
            .split(' as ')
            .at(-1)!,
      )
      .filter((name) => name !== ''),
  );
const declared = (text: string): string[] =>
  [...text.matchAll(/^export (?:interface|type|class|function|const) (\w+)/gm)].map(([, name]) => name!);

it.each([
  ['engine', ['api.ts']],
  [
    'recorder',
    ['accept/recorder.ts', 'query/query.ts', 'accept/check.ts', 'conform/check-log.ts', 'accept/errors.ts'],
  ],
])('govkit/%s exports every type that its API names', (room, files) => {
  const exported = listed(read(`${room}/index.ts`), 'export');
  for (const file of files) {
    const text = read(`${room}/${file}`);
    const imported = [...text.matchAll(/^import type \{[^}]*\} from '\.\.[^']*'/gm)].join('\n');
    const own = declared(text).filter((name) => /^[A-Z]/.test(name) || room === 'engine');
    const named = [...listed(imported, 'import'), ...own].filter((name) => name !== 'MessageRow');
    expect(named.filter((name) => !exported.includes(name))).toEqual([]);
  }
});

it('the exported types are those of the API', () => {
  type Answer<Name extends keyof Engine> = Engine[Name] extends (...given: never[]) => infer Result
    ? Awaited<Result>
    : never;
  expectTypeOf<Parameters<Engine['createSession']>[0]>().toEqualTypeOf<NewSession>();
  expectTypeOf<Parameters<Engine['createSession']>[1]>().toEqualTypeOf<CallOptions | undefined>();
  expectTypeOf<Answer<'createSession'>>().toEqualTypeOf<ModelSession>();
  expectTypeOf<Parameters<Engine['spawn']>[0]>().toEqualTypeOf<SpawnCall>();
  expectTypeOf<Pick<SpawnCall, keyof SessionSpawnRequest>>().toEqualTypeOf<SessionSpawnRequest>();
  expectTypeOf<Answer<'spawn'>>().toEqualTypeOf<SessionSpawnResponse>();
  expectTypeOf<Answer<'cancel'>>().toEqualTypeOf<CascadeCancelRecord>();
  expectTypeOf<Answer<'recover'>>().toEqualTypeOf<RecoveryReport>();
  expectTypeOf<Answer<'spans'>>().toEqualTypeOf<SpanRow[]>();
  expectTypeOf<Answer<'thread'>>().toEqualTypeOf<ThreadMessage[]>();
  expectTypeOf<Answer<'children'>>().toEqualTypeOf<ChildProgress[]>();
  expectTypeOf<Parameters<Engine['allowThread']>[0]>().toEqualTypeOf<ThreadAllowance>();
  expectTypeOf<Answer<'threadPermissions'>>().toEqualTypeOf<ThreadPermissionRow[]>();
  expectTypeOf<Awaited<ReturnType<RunIO['progress']>>>().toEqualTypeOf<ProgressAnswer>();
  expectTypeOf<Parameters<Engine['consent']>[0]>().toEqualTypeOf<ConsentReceipt>();
  expectTypeOf<Engine['events']>().toEqualTypeOf<
    (query?: EventQuery, options?: CallOptions) => AsyncIterable<FlightRecorderEvent>
  >();
  expectTypeOf<Parameters<RunIO['spawn']>[0]>().toEqualTypeOf<RunSpawnCall>();
  expectTypeOf<Parameters<RunIO['usage']>[0]>().toEqualTypeOf<TokenUsage>();
  expectTypeOf<NonNullable<EngineOptions['limits']>>().toEqualTypeOf<Partial<Limits>>();
  expectTypeOf<NonNullable<EngineOptions['budgets']>>().toEqualTypeOf<Partial<Budgets>>();
  expectTypeOf<NonNullable<EngineOptions['scheduler']>>().toEqualTypeOf<Partial<Scheduling>>();
  expectTypeOf<NonNullable<EngineOptions['roles']>>().toEqualTypeOf<Record<string, Role>>();
  expectTypeOf<NonNullable<EngineOptions['ids']>>().toEqualTypeOf<Ids>();
  expectTypeOf<recorder.EventQuery>().toEqualTypeOf<EventQuery>();
  expectTypeOf<recorder.FlightRecorderEvent>().toEqualTypeOf<FlightRecorderEvent>();
});
