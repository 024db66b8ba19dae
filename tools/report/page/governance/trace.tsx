import type { TracedClause, TraceReport } from '../../../trace/index.ts';
import { Choices } from '../shell/choices.tsx';
import { Count } from '../shell/count.tsx';
import { Empty } from '../shell/empty.tsx';
import { Head } from '../shell/head.tsx';
import { Place } from '../shell/place.tsx';
import { chosen, matcher } from '../shell/query.ts';
import { hashOf, type Route } from '../shell/route.ts';
import { Search } from '../shell/search.tsx';
import { State } from '../shell/state.tsx';
import { type Column, Table } from '../shell/table.tsx';
import { clauseHash, familiesOf, stateWord, unmetOf } from './clause-rows.ts';

const STATES = ['failing', 'suspect', 'untraced', 'covered', 'verified', 'out_of_scope'] as const;

const links = (name: string, of: (clause: TracedClause) => readonly unknown[]): Column<TracedClause> => ({
  name,
  kind: 'number',
  cell: (clause) => {
    const count = of(clause).length;
    return count === 0 ? <span class="none">0</span> : count;
  },
});

const COLUMNS: readonly Column<TracedClause>[] = [
  {
    name: 'Clause',
    head: true,
    kind: 'wide',
    cell: ({ id, text }) => (
      <>
        <a class="id" href={clauseHash(id)}>
          {id}
        </a>
        <span class="says">{text}</span>
      </>
    ),
  },
  {
    name: 'State',
    cell: ({ state, because }) => (
      <>
        <State word={stateWord(state)} />
        <span class="says">{because}</span>
      </>
    ),
  },
  links('Stubs', ({ stubs }) => stubs),
  links('Refinements', ({ refinements }) => refinements),
  links('Packets', ({ packets }) => packets),
  links('Code', ({ code }) => code),
  links('Tests', ({ tests }) => tests),
];

/** From every clause to what answers for it. */
export function Trace({ trace, route }: { trace: TraceReport; route: Route }) {
  const holds = matcher(route.query.get('text') ?? '');
  const [states, families] = [chosen(route, 'state'), chosen(route, 'family')];
  const onlyRequired = route.query.get('required') === 'unmet' ? new Set(unmetOf(trace)) : null;
  const shown = trace.clauses.filter(
    ({ id, text, state, family, section }) =>
      (states.length === 0 || states.includes(state)) &&
      (families.length === 0 || families.includes(family)) &&
      (onlyRequired === null || onlyRequired.has(id)) &&
      holds(id, text, section),
  );
  return (
    <>
      <Head title="Trace">
        <p>From each clause of {trace.spec.version} to the tests that name it.</p>
      </Head>
      <Required trace={trace} />
      <div class="filters">
        <Search route={route} label="Id, words or section" />
        <Choices
          route={route}
          name="state"
          label="State"
          choices={STATES.filter((state) => trace.counts[state] > 0).map((state) => ({
            value: state,
            word: stateWord(state),
            sign: stateWord(state),
            count: trace.counts[state],
          }))}
        />
        <Choices route={route} name="family" label="Family" choices={familiesOf(trace.clauses)} />
      </div>
      <Count
        shown={shown.length}
        of={trace.clauses.length}
        what={trace.clauses.length === 1 ? 'clause' : 'clauses'}
      />
      {shown.length === 0 ? (
        <Empty>
          {trace.clauses.length === 0 ? 'The spec has no clause.' : 'No clause answers this filter.'}
        </Empty>
      ) : (
        <Table
          caption="Clauses and what answers for them"
          columns={COLUMNS}
          rows={shown}
          keyOf={({ id, file, line }) => `${id} ${file}:${line}`}
          route={route}
        />
      )}
      <Orphans trace={trace} route={route} />
      <Results trace={trace} />
    </>
  );
}

/** What had to be verified, and whether it is. */
function Required({ trace }: { trace: TraceReport }) {
  if (trace.required.length === 0) return null;
  return (
    <section>
      <h2>Required</h2>
      <ul class="required">
        {trace.required.map(({ pattern, clauses, unmet }) => (
          <li key={pattern}>
            <State word={unmet.length === 0 && clauses > 0 ? 'verified' : 'failing'} says="" />
            <code>{pattern}</code>{' '}
            {clauses === 0 ? 'no clause has such an id' : `${clauses - unmet.length} of ${clauses} verified`}
            {unmet.length > 0 && (
              <ul class="inline">
                {unmet.map((id) => (
                  <li key={id}>
                    <a class="id" href={clauseHash(id)}>
                      {id}
                    </a>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Orphans({ trace: { orphans }, route }: { trace: TraceReport; route: Route }) {
  if (orphans.length === 0) return null;
  return (
    <section>
      <h2>
        Names without a clause <span class="number">{orphans.length}</span>
      </h2>
      <Table
        caption="Places that name a clause which nothing defines"
        columns={[
          { name: 'Name', head: true, cell: ({ id }) => <code>{id}</code> },
          { name: 'In', kind: 'tight', cell: (orphan) => orphan.in },
          { name: 'Place', kind: 'wide', cell: ({ file, line }) => <Place file={file} line={line} /> },
          {
            name: 'Perhaps',
            cell: ({ nearest }) =>
              nearest === undefined ? (
                <span class="dim">nothing like it</span>
              ) : (
                <a class="id" href={clauseHash(nearest)}>
                  {nearest}
                </a>
              ),
          },
        ]}
        rows={orphans}
        keyOf={({ id, file, line }) => `${id} ${file}:${line}`}
        route={{ ...route, query: new URLSearchParams() }}
      />
    </section>
  );
}

function Results({ trace: { results } }: { trace: TraceReport }) {
  return (
    <section>
      <h2>Results of tests</h2>
      {results.length === 0 ? (
        <p class="dim">No results were read: nothing can be verified, only covered.</p>
      ) : (
        <ul class="plain">
          {results.map(({ file, passed, failed, skipped }) => (
            <li key={file}>
              <code>{file}</code> {passed} passed, {failed} failed, {skipped} skipped
            </li>
          ))}
        </ul>
      )}
      <p class="hidden-print">
        <a href={hashOf({ view: 'trace' })}>All clauses</a>
      </p>
    </section>
  );
}
