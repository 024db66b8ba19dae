import type { TreeNode, Views } from '../../engine/index.ts';
import { count, type Output, visible } from '../output.ts';
import type { Handles } from '../session/handles.ts';
import { priced } from '../session/view-words.ts';
import { type Clocked, clocked, shortArtifact, tokens } from '../session/words.ts';
import { branches, printLines } from './session-lines.ts';

/** Sessions as they were spawned: what each used, whom it told what, and who ended it. */
export function printTreeView(out: Output, view: Views['tree'], handles: Handles): void {
  const rows = branches(view.trees, ({ children }) => children);
  const at = clocked(rows.flatMap(({ node }) => timesIn(node)));
  const label = (id: string): string => visible(handles.labelOf(id));
  const lines = rows.map(({ node, ...branch }) => ({
    ...branch,
    cells: [label(node.session_id), visible(node.role), node.state],
    told: toldOf(node, at, label),
    context: false,
  }));
  printLines(out, lines);
}

const timesIn = ({ created_at, ended_at, announcements }: TreeNode): string[] => [
  created_at,
  ...(ended_at === null ? [] : [ended_at]),
  ...announcements.flatMap(({ at, read_at }) => (read_at === null ? [at] : [at, read_at])),
];

function toldOf(node: TreeNode, at: Clocked, label: (id: string) => string): string[] {
  const { cancelled } = node;
  const own = cancelled?.root_session_id === node.session_id || cancelled === null;
  return [
    node.because === null ? '' : `${node.state === 'PAUSED' ? 'because of' : 'waits for'} ${node.because}`,
    [node.runs > 0 ? count(node.runs, 'run') : '', node.tokens > 0 ? tokens(node.tokens) : '']
      .filter((part) => part !== '')
      .join(', '),
    priced(node.cost),
    ...node.announcements.map(
      ({ at: time, to_session_id, status, summary_artifact_id, read_at }) =>
        `told ${label(to_session_id)} ${status ?? 'its result'} ${at(time)}${
          summary_artifact_id === null ? '' : ` (${shortArtifact(summary_artifact_id)})`
        }, ${read_at === null ? 'not read yet' : `read ${at(read_at)}`}`,
    ),
    cancelled === null
      ? ''
      : `cancelled${own ? '' : ` with ${label(cancelled.root_session_id)}`} by ${visible(cancelled.by)}: "${visible(cancelled.reason)}"${
          cancelled.at === null ? '' : ` ${at(cancelled.at)}`
        }`,
    ...node.passed_over.map(
      ({ by, root_session_id }) =>
        `had ended when ${visible(by)} cancelled ${root_session_id === node.session_id ? 'it' : label(root_session_id)}`,
    ),
    node.parent_session_id === null && node.wp_id !== null ? visible(node.wp_id) : '',
  ].filter((part) => part !== '');
}
