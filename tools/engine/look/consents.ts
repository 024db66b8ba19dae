// Who has agreed to what (11.1.7), as it is asked of a running engine and of a store that is only looked at.
import type { View } from '../../kernel/index.ts';
import type { ConsentFilter, ConsentRecord } from '../api.ts';
import { consentRecord } from '../records.ts';

/** In the order of issue. A packet's receipt covers every session that is bound to the packet. */
export function consentsOf(view: View, { session_id, projection_plan_id }: ConsentFilter): ConsentRecord[] {
  const wp_id = session_id === undefined ? undefined : view.get('session', session_id)?.wp_id;
  return view
    .select('receipt', 'issued', 'issued')
    .map((receipt) => consentRecord(receipt, view.get('plan', receipt.projection_plan_id)!))
    .filter(({ receipt, plan }) => {
      if (projection_plan_id !== undefined && plan.projection_plan_id !== projection_plan_id) return false;
      if (session_id === undefined) return true;
      return receipt.scope === 'WP_SCOPED' ? plan.wp_id === wp_id : receipt.session_ids.includes(session_id);
    });
}
