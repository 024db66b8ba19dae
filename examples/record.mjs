// Whoever calls models and tools himself records what he did: in batches, by the schema of each event, without secrets.
// In a clone: npm ci && node examples/record.mjs
import { openRecorder } from 'govkit/engine';

// `sqlite:PATH` is the file of an engine, also while that runs; `memory:` is gone with this process.
const recorder = await openRecorder({ store: 'memory:' });

const session = '0190d6a0-7c1e-7a3b-8f00-0000000000a1';
/** What all events of this example have in common; each has an id of its own, a UUID of version 7. */
const envelope = (number) => ({
  event_id: `0190d6a0-7c1e-7a3b-8f00-${String(number).padStart(12, '0')}`,
  timestamp: `2026-02-24T09:00:0${number}Z`,
  actor: 'agent',
  trace_id: '0190d6a0-7c1e-7a3b-8f00-0000000000c1',
  model_session_id: session,
});
const change = (number, from_state, to_state, reason) => ({
  ...envelope(number),
  fr_event_id: 'FR-EVT-SESS-002',
  type: 'session.state_change',
  payload: { session_id: session, from_state, to_state, reason },
});
const call = {
  ...envelope(3),
  fr_event_id: 'FR-EVT-006',
  type: 'llm_inference',
  model_id: 'local/large',
  payload: { token_usage: { prompt_tokens: 900, completion_tokens: 310, total_tokens: 1210 } },
};

try {
  // One commit, all or nothing. The reason goes through the detector of secrets before it is stored.
  await recorder.acceptAll([
    change(1, 'CREATED', 'ACTIVE', null),
    change(2, 'ACTIVE', 'BLOCKED', 'the provider refused: api_key=sk-not-a-real-one'),
  ]);

  // Telemetry nobody waits for. It may be lost, and then it is counted.
  recorder.offer(call);

  // The log is as it was after each of these.
  for (const wrong of [
    { ...call, fr_event_id: 'FR-EVT-SESS-006' },
    { ...change(4, 'BLOCKED', 'ACTIVE', null), model_session_id: call.trace_id },
    change(1, 'CREATED', 'FAILED', null),
  ]) {
    await recorder.accept(wrong).catch(({ code, message }) => console.log(code, message));
  }
} finally {
  await recorder[Symbol.asyncDispose](); // what was offered is stored by now
}

for await (const { seq, event } of recorder.query({ model_session_id: session }))
  console.log(seq, event.fr_event_id, event.payload.reason ?? '');
console.log('lost', recorder.losses().lost);
