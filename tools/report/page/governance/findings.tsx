import type { GovernanceData, RuleFindings } from '../../data/governance.ts';
import { Choices } from '../shell/choices.tsx';
import { Count } from '../shell/count.tsx';
import { Empty } from '../shell/empty.tsx';
import { Fold } from '../shell/fold.tsx';
import { Head } from '../shell/head.tsx';
import { Place } from '../shell/place.tsx';
import { chosen, withQuery } from '../shell/query.ts';
import { hashOf, type Route } from '../shell/route.ts';
import { Search } from '../shell/search.tsx';
import { State } from '../shell/state.tsx';
import { type Column, Table } from '../shell/table.tsx';
import { bySeverity, countOf, filtered } from './finding-rows.ts';

/** Up to here everything is open at once; beyond it, rules are folded until somebody asks. */
const OPEN_UP_TO = 60;

type Finding = RuleFindings['findings'][number];

const addressOf = ({ file, line, column }: Finding): string => `${file}:${line}:${column}`;

export function Findings({ governance, route }: { governance: GovernanceData; route: Route }) {
  const rule = route.path.join('/');
  const all = countOf(governance.rules);
  const rules = filtered(governance.rules, {
    text: route.query.get('text') ?? '',
    severities: chosen(route, 'severity'),
    rule,
  });
  const shown = countOf(rules);
  return (
    <>
      <Head title={rule === '' ? 'Findings' : <code>{rule}</code>}>
        {rule !== '' && (
          <p>
            <a href={hashOf({ view: 'findings', query: route.query })}>All rules</a>
          </p>
        )}
        {governance.baselined > 0 && <p>{governance.baselined} more are let pass by the baseline.</p>}
      </Head>
      <div class="filters">
        <Search route={route} label="Message, file or rule" />
        <Choices route={route} name="severity" label="Severity" choices={bySeverity(governance.rules)} />
      </div>
      <Count shown={shown} of={all} what={all === 1 ? 'finding' : 'findings'} />
      {shown === 0 && <Empty>{all === 0 ? 'Nothing was found.' : 'No finding answers this filter.'}</Empty>}
      <div class="rules">
        {rules.map((of) => (
          <Rule key={of.rule} of={of} route={route} isOpen={shown <= OPEN_UP_TO || rules.length === 1} />
        ))}
      </div>
    </>
  );
}

/** A rule and its findings, which are drawn once it is open. */
function Rule({ of, route, isOpen }: { of: RuleFindings; route: Route; isOpen: boolean }) {
  const at = route.query.get('at');
  const address = (finding: Finding): string =>
    withQuery({ ...route, path: of.rule.split('/') }, { at: addressOf(finding) });
  const columns: readonly Column<Finding>[] = [
    {
      name: 'Place',
      head: true,
      kind: 'place-cell',
      cell: ({ file, line }) => <Place file={file} line={line} />,
    },
    { name: 'Finding', kind: 'wide', cell: ({ message }) => message },
    {
      name: 'Address',
      kind: 'tight',
      cell: (finding) => (
        <a
          class="self"
          href={address(finding)}
          aria-label={`Address of the finding at ${addressOf(finding)}`}
        >
          #
        </a>
      ),
    },
  ];
  return (
    <Fold
      name="rule"
      isOpen={isOpen}
      summary={
        <>
          <State word={of.severity} />
          <code>{of.rule}</code>
          <span class="says">{of.summary}</span>
          <span class="number">{of.findings.length}</span>
        </>
      }
    >
      {() => (
        <Table
          caption={`Findings of ${of.rule}`}
          columns={columns}
          rows={of.findings}
          keyOf={(finding) => `${addressOf(finding)} ${finding.message}`}
          route={route}
          name={of.rule}
          isMarked={(finding) => at !== null && addressOf(finding) === at}
        />
      )}
    </Fold>
  );
}
