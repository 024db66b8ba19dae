import { describe, expect, it } from 'vitest';
import { verifyLog } from '../../tools/recorder/index.ts';
import { logOf, open, type Play, played, request, storeOf, tool } from './opened.ts';

const times = (span: { start_time: string; end_time: string | null }) =>
  [span.start_time, span.end_time!].map((time) => Date.parse(time));

describe.each(['memory', 'sqlite'] as const)('4.3.9.18.2 on %s', (kind) => {
  it('each session has one span, each run one in it, each attempt and each tool call one below, and each closes in its parent', async () => {
    let tries = 0;
    const run: Play = async ({ session, messages }, io) => {
      await io.toolCall(tool(async () => 1));
      if (session.parent_session_id !== null) {
        tries += 1;
        if (tries === 1) throw new Error('provider lost');
        return { outcome: 'completed' };
      }
      if (messages.some((message) => message.attachments.length > 0))
        return { outcome: 'completed', close: true };
      await io.spawn(request(session.session_id));
      return { outcome: 'yield' };
    };
    await using engine = await open(run, { store: storeOf(kind) });
    const root = await played(engine);
    const [child] = await engine.sessions({ parent_session_id: root });
    const spans = [...(await engine.spans(root)), ...(await engine.spans(child!.session_id))];
    const byId = new Map(spans.map((span) => [span.span_id, span]));
    const parents: Record<string, string> = {
      model_run: 'model_session',
      attempt: 'model_run',
      tool_call: 'attempt',
    };
    for (const span of spans) {
      expect(span.end_time).not.toBeNull();
      const parent = byId.get(span.parent_span_id ?? '');
      if (span.kind === 'model_session') {
        // The child's lies below its parent's; a root's below nothing.
        expect(parent?.session_id).toBe(span.session_id === root ? undefined : root);
        continue;
      }
      expect([span.kind, parent?.kind]).toEqual([span.kind, parents[span.kind]]);
      const [[from, to], [outerFrom, outerTo]] = [times(span), times(parent!)];
      expect(from! >= outerFrom! && to! <= outerTo!).toBe(true);
    }
    const kinds = (id: string) =>
      spans.filter(({ session_id }) => session_id === id).map((span) => `${span.kind} ${span.status}`);
    expect(kinds(root).sort()).toEqual([
      ...['attempt completed', 'attempt completed', 'model_run completed', 'model_run completed'],
      ...['model_session completed', 'tool_call completed', 'tool_call completed'],
    ]);
    // One run, two attempts: the retry is neither hidden nor counted as a run, and no tool is executed again.
    expect(kinds(child!.session_id).sort()).toEqual([
      ...['attempt completed', 'attempt failed', 'model_run completed', 'model_session completed'],
      'tool_call completed',
    ]);
  });

  it('every event of a session names it, and a query for a session needs no span', async () => {
    const run: Play = async ({ session, messages }, io) => {
      if (session.parent_session_id !== null || messages.length > 0)
        return { outcome: 'completed', close: true };
      await io.spawn(request(session.session_id));
      return { outcome: 'yield' };
    };
    await using engine = await open(run, { store: storeOf(kind) });
    const root = await played(engine);
    const log = await logOf(engine);
    const sessions = new Set((await engine.sessions()).map(({ session_id }) => session_id));
    for (const event of log)
      expect([event.fr_event_id, sessions.has(event.model_session_id!)]).toEqual([event.fr_event_id, true]);
    const own: string[] = [];
    for await (const event of engine.events({ model_session_id: root })) own.push(event.event_id);
    const named = log.filter(
      (event) =>
        // A letter names the requester by its thread (D-59).
        event.model_session_id === root || JSON.stringify(event.payload).includes(root),
    );
    expect(own).toEqual(named.map(({ event_id }) => event_id));
    expect(own.length).toBeGreaterThan(log.filter((event) => event.model_session_id === root).length);
    expect(verifyLog(log)).toEqual([]);
  });
});
