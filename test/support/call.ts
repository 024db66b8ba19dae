import type { Call } from '../../tools/cli/command.ts';
import { createOutput } from '../../tools/cli/output.ts';

/** A call without arguments in a root, of which nobody hears anything. */
export function callOn(root: string): Call {
  const nowhere = { write: () => {} };
  const out = createOutput({ stdout: nowhere, stderr: nowhere, env: {} }, { color: false });
  return { root, cwd: root, args: [], flags: new Set(), values: {}, json: true, quiet: true, out };
}
