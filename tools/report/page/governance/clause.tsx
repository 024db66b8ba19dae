import type { ComponentChildren } from 'preact';
import type { TracedClause, TraceLink, TraceReport } from '../../../trace/index.ts';
import { Empty } from '../shell/empty.tsx';
import { Head } from '../shell/head.tsx';
import { Place } from '../shell/place.tsx';
import { State } from '../shell/state.tsx';
import { stateWord } from './clause-rows.ts';
import { packetHash } from './packets.tsx';

/** One clause with its whole chain; a link that is missing is told where it is missing. */
export function Clause({ trace, id }: { trace: TraceReport; id: string }) {
  const clause = trace.clauses.find((other) => other.id === id);
  if (!clause)
    return (
      <>
        <Head title={id} />
        <Empty>
          No spec and no stub of this tree defines "{id}". <a href="#/trace">All clauses</a>
        </Empty>
      </>
    );
  return (
    <>
      <Head title={clause.id}>
        <p>{clause.text}</p>
        <p class="verdict">
          <State word={stateWord(clause.state)} />
          <span>{clause.because}</span>
        </p>
      </Head>
      <ol class="chain">
        <Link title={clause.family === 'AC' ? 'Criterion' : 'Clause'} none="">
          <li>
            {clause.section !== null && `section ${clause.section} `}
            <Place file={clause.file} line={clause.line} />
            <span class="says">
              fingerprint <code>{clause.fingerprint}</code>
            </span>
          </li>
        </Link>
        <Documents title="Stubs" of={clause.stubs} none="no stub names it" />
        <Documents title="Refinements" of={clause.refinements} none="no refinement names it" />
        <Documents title="Packets" of={clause.packets} none="no packet names it" />
        <Link title="Code" none="no comment of the code names it">
          {clause.code.map(({ file, line }) => (
            <li key={`${file}:${line}`}>
              <Place file={file} line={line} />
            </li>
          ))}
        </Link>
        <Tests clause={clause} />
      </ol>
    </>
  );
}

function Link({ title, none, children }: { title: string; none: string; children: ComponentChildren }) {
  const isEmpty = Array.isArray(children) && children.length === 0;
  return (
    <li class={isEmpty ? 'missing' : 'there'}>
      <h2>{title}</h2>
      {isEmpty ? <p class="dim">{none}</p> : <ul>{children}</ul>}
    </li>
  );
}

function Documents({ title, of, none }: { title: string; of: readonly TraceLink[]; none: string }) {
  return (
    <Link title={title} none={none}>
      {of.map(({ wp_id, file, line }) => (
        <li key={`${file}:${line}`}>
          <a class="id" href={packetHash(wp_id)}>
            {wp_id}
          </a>{' '}
          <Place file={file} line={line} />
        </li>
      ))}
    </Link>
  );
}

function Tests({ clause }: { clause: TracedClause }) {
  return (
    <Link title="Tests" none="no test names it">
      {clause.tests.map(({ name, file, line, result }) => (
        <li key={`${file}:${line}:${name}`}>
          <State word={result === 'absent' ? 'no result' : result} /> {name} <Place file={file} line={line} />
        </li>
      ))}
    </Link>
  );
}
