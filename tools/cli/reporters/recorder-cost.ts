import type { BudgetUse, PacketCost, SessionCost, Views } from '../../engine/index.ts';
import { columns, count, cut, fold, type Output, pad, visible } from '../output.ts';
import type { Handles } from '../session/handles.ts';
import { priced } from '../session/view-words.ts';
import { type Clocked, clocked, dollars, tokens } from '../session/words.ts';

/** More rows than these nobody reads: the dearest come first, `--json` has all. */
const MOST_ROWS = 40;
const MOST_NAME = 34;

/** Work packets, then sessions, the dearest first; what is spent now; budgets that are nearly used up. */
export function printCost(out: Output, view: Views['cost'], handles: Handles): void {
  const label = (id: string): string => visible(handles.labelOf(id));
  const { total, rate, packets } = view;
  const at = clocked([...packets, ...view.sessions].flatMap(({ budgets }) => budgets.flatMap(timesIn)));
  const roles = Math.max(0, ...view.sessions.map(({ role }) => columns(visible(role))));
  const sessions = [...view.sessions].sort(dearer);
  const shown = sessions.slice(0, MOST_ROWS);
  const rows = [
    ...packets.map((packet) => ({
      name: visible(packet.wp_id),
      what: count(packet.sessions, 'session'),
      of: packet,
    })),
    ...shown.map((session) => ({
      name: label(session.session_id),
      what: `${pad(visible(session.role), roles)}  ${session.state}`,
      of: session,
    })),
  ];
  const names = Math.min(MOST_NAME, Math.max(...rows.map(({ name }) => columns(name))));
  const whats = Math.max(...rows.map(({ what }) => columns(what)));
  const beside = out.limit >= names + whats + 36;
  for (const [n, { name, what, of }] of rows.entries()) {
    if (n === packets.length && n > 0) out.line();
    const head = `${pad(cut(name, names), names)}  ${pad(what, whats)}`;
    const spent = spentText(of);
    if (beside) out.line(`${head}  ${spent}`);
    else for (const line of [head, `  ${spent}`]) out.line(line);
    for (const budget of of.budgets)
      for (const line of fold(budgetText(budget, at), Math.min(out.limit, 400) - 2))
        out.line(paintOf(out, budget)(`  ${line}`));
  }
  if (sessions.length > shown.length)
    out.line(`… ${count(sessions.length - shown.length, 'more session')} (--json)`);
  out.line();
  out.line(`total  ${count(total.sessions, 'session')}, ${spentText(total)}`);
  out.line(`now    ${rateText(rate)}`);
}

const timesIn = ({ crossed }: BudgetUse): string[] => crossed.map(({ at }) => at);

const dearer = (a: SessionCost, b: SessionCost): number =>
  (b.cost.cost_usd ?? 0) - (a.cost.cost_usd ?? 0) || b.tokens - a.tokens;

const spentText = ({ runs, tokens: used, cost }: Pick<PacketCost, 'runs' | 'tokens' | 'cost'>): string =>
  [count(runs, 'run'), tokens(used), priced(cost)].filter((part) => part !== '').join(', ');

function rateText({
  active_sessions,
  tokens_per_minute,
  usd_per_minute,
  unpriced_sessions,
}: Views['cost']['rate']) {
  if (active_sessions === 0) return 'no session is active';
  const rate = [`${tokens(Math.round(tokens_per_minute))} a minute`];
  if (usd_per_minute !== null) rate.push(`${dollars(usd_per_minute)} a minute`);
  const unknown = unpriced_sessions === 0 ? '' : `, ${unpriced_sessions} of them without a price`;
  return `${count(active_sessions, 'active session')}${unknown}: ${rate.join(', ')}`;
}

const names: Readonly<Record<string, string>> = {
  session_tokens: 'tokens of the session',
  session_cost_usd: 'dollars of the session',
  wp_tokens: 'tokens of the work packet',
  wp_cost_usd: 'dollars of the work packet',
};

function budgetText({ budget_type, used, budget, percent, crossed }: BudgetUse, at: Clocked): string {
  const amount = (n: number): string => (budget_type.endsWith('_usd') ? dollars(n) : tokens(n));
  const told = crossed.map((crossing) => `warned at ${crossing.percent} % ${at(crossing.at)}`);
  const share = used === null || percent === null ? 'not known how much' : `${percent} %, ${amount(used)}`;
  return [`${share} of ${amount(budget)} (${names[budget_type] ?? visible(budget_type)})`, ...told].join(
    ', ',
  );
}

function paintOf(out: Output, { percent }: BudgetUse): (text: string) => string {
  if (percent === null || percent < 80) return (text) => text;
  return percent >= 100 ? out.red : out.yellow;
}
