// Who may read whose thread, by what was allowed and revoked (INV-SESS-005).
import type { CommandInput, CommandResult, View } from '../../tools/kernel/index.ts';

interface Allowed {
  reader: string;
  session_id: string;
  until: number;
  revoked: boolean;
}

export class Threads {
  readonly #view: View;
  readonly #allowed = new Map<string, Allowed>();

  constructor(view: View) {
    this.#view = view;
  }

  allowed({ reader, session_id, until }: CommandInput<'allow_thread'>, permission_id: string): void {
    const end = until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until);
    this.#allowed.set(permission_id, { reader, session_id, until: end, revoked: false });
  }

  revoked(permission_id: string): void {
    const known = this.#allowed.get(permission_id);
    if (known) known.revoked = true;
  }

  /** The whole thread or nothing of it. */
  read(reader: string, session_id: string, result: CommandResult<'read_thread'>, now: number): string[] {
    if (result.fenced) return result.messages.length > 0 ? ['threads: a stale run was given a thread'] : [];
    const may =
      reader === session_id ||
      [...this.#allowed.values()].some(
        (known) =>
          known.reader === reader && known.session_id === session_id && !known.revoked && now < known.until,
      );
    if (result.allowed !== may)
      return [`threads: ${reader} may read ${session_id}: ${may}, and was told ${result.allowed}`];
    const expected = may ? this.#view.select('message', 'session', session_id).length : 0;
    return result.messages.length === expected
      ? []
      : [`threads: ${result.messages.length} of ${expected} messages of ${session_id} were given`];
  }
}
