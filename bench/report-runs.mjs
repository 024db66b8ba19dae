// What the sessions of the report's database do in their runs.
import { Random } from './report-random.mjs';

const WORDS =
  'anchor clause packet stub ledger gate spec drift session spawn lane permit finding test build merge review'.split(
    ' ',
  );
const TOOLS = ['fs.read_file', 'fs.write_file', 'shell.run', 'web.fetch', 'git.diff', 'test.run'];
const MODELS = ['local/large', 'local/small', 'hosted/large'];
const WHY = [
  'wrong branch',
  'superseded by a newer packet',
  'too expensive',
  'the operator has changed the plan',
];

/** Time goes in steps, so that many sessions act in the same moment and their commits are one. */
const STEP = 500;

/** Children that a session of that depth asks for; more than its place or the depth allows is refused. */
const CHILDREN = [
  [1, 6],
  [0, 3],
  [0, 2],
  [0, 1],
  [0, 1],
];

export const runner =
  ({ seed, clock, made, engine }) =>
  async (call, io) => {
    const { session, job, messages } = call;
    const random = new Random(`${seed} ${job.job_id} ${job.attempt}`);
    const scene = { call, io, clock, random, made, engine };
    const first = !messages.some(({ role }) => role === 'ASSISTANT');
    await think(scene);
    if (first) for (let left = childrenOf(scene); left > 0; left -= 1) await spawn(scene);
    if (first && random.chance(6)) cancelSoon(scene);
    for (let left = random.between(4, 20); left > 0; left -= 1) await tool(scene);
    if (random.chance(8)) return { outcome: 'failed', error: 'the provider answered 503', retryable: true };
    if (random.chance(1)) return { outcome: 'failed', error: 'the context is too long', retryable: false };
    io.chunk(sentence(random, 24));
    return {
      outcome: 'completed',
      close: random.chance(session.spawn_depth === 0 ? 10 : 40),
      issues: random.chance(5),
    };
  };

function childrenOf({ call, random, made }) {
  if (made.sessions >= made.most) return 0;
  const [least, most] = CHILDREN[call.session.spawn_depth];
  return random.between(least, most);
}

async function think({ io, clock, random }) {
  await clock.sleep(random.between(1, 40) * STEP, io.signal);
  const [prompt_tokens, completion_tokens] = [random.between(200, 3_000), random.between(20, 900)];
  const price = random.chance(85)
    ? Math.round(prompt_tokens * 0.3 + completion_tokens * 1.5) / 100_000
    : null;
  const total_tokens = prompt_tokens + completion_tokens;
  io.usage({ prompt_tokens, completion_tokens, total_tokens }, price);
}

async function spawn({ io, random, made }) {
  const task = io.keep(JSON.stringify({ task: sentence(random, 12) }));
  const answer = await io.spawn({
    child_role: random.pick(['Coder', 'Coder', 'Validator', 'Researcher']),
    child_model_preference: random.pick(MODELS),
    child_backend_preference: null,
    task_payload_artifact_id: task,
    spawn_mode: random.chance(85) ? 'ONE_SHOT' : 'SESSION_PERSISTENT',
    announce_back: random.chance(90),
    trigger_source: { stage_session_id: null, stage_tab_id: null, external_ref: null },
    max_child_depth: null,
    max_active_children: null,
  });
  if (answer.child_session_id !== null) made.sessions += 1;
}

async function tool(scene) {
  const { io, clock, random } = scene;
  if (random.chance(40)) await think(scene);
  const about = random.below(400);
  await io.toolCall({
    tool_id: random.pick(TOOLS),
    tool_version: '1.0.0',
    arguments: { path: `src/part-${about}.ts` },
    side_effect: random.pick(['READ', 'READ', 'WRITE', 'EXECUTE']),
    idempotency: 'IDEMPOTENT',
    capability_ids: random.chance(3) ? ['exec'] : [],
    async invoke(signal) {
      await clock.sleep(random.between(1, 16) * STEP, signal);
      if (random.chance(4)) throw new Error('exit code 1');
      return { text: sentence(new Random(`result ${about}`), 30) };
    },
  });
}

/** Somebody ends the session, or all that it belongs to, while it works. */
function cancelSoon({ call, clock, random, engine }) {
  const reason = random.pick(WHY);
  const later = async () => {
    await clock.sleep(random.between(60, 800) * STEP);
    await engine().cancel(call.session.session_id, { reason, by: random.pick(['operator', 'm.keller']) });
  };
  later().catch((error) => {
    if (error?.code !== 'terminal') throw error;
  });
}

const sentence = (random, words) => {
  const text = Array.from({ length: words }, () => random.pick(WORDS)).join(' ');
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
};
