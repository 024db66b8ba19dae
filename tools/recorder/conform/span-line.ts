import { z } from 'zod';

/** A span as a log tells it: a row of this engine, or one of the spec's two bindings (4.3.9.18.2). */
export interface SpanLine {
  span_id: string;
  /** `activity` = an ActivitySpanBinding: a run or a part of one, nobody says which. */
  kind: 'model_session' | 'model_run' | 'attempt' | 'tool_call' | 'activity';
  /** Null = that of the span above it. */
  session_id: string | null;
  parent_span_id: string | null;
  /** RFC 3339; null = not told. */
  start_time: string | null;
  /** Null = open, or not told. */
  end_time: string | null;
  status: string | null;
  token_count: number | null;
  cost_usd: number | null;
}

const text = z.string().min(1);
const time = z.iso.datetime({ offset: true });
const amount = z.number().min(0).nullable();

const row = z.object({
  span_id: text,
  kind: z.enum(['model_session', 'model_run', 'attempt', 'tool_call']),
  session_id: text,
  parent_span_id: text.nullable(),
  start_time: time,
  end_time: time.nullable(),
  status: z.string().nullable().default(null),
  token_count: amount.default(null),
  cost_usd: amount.default(null),
});

const ofSession = z.object({
  session_id: text,
  model_session_span_id: text,
  parent_model_session_span_id: text.nullable(),
});

const ofActivity = z.object({
  activity_span_id: text,
  model_session_span_id: text,
  start_time: time,
  end_time: time.nullable(),
  token_count: amount,
  cost_usd: amount,
});

const untimed = { start_time: null, end_time: null, status: null, token_count: null, cost_usd: null };

/** Reads a span line; a text says why it is none. Fields beyond those of a span are not looked at. */
export function spanOf(line: unknown): SpanLine | string {
  if (line === null || typeof line !== 'object') return 'a span is one JSON object';
  if ('activity_span_id' in line) {
    return read(ofActivity, line, ({ activity_span_id, model_session_span_id, ...rest }) => ({
      ...untimed,
      ...rest,
      span_id: activity_span_id,
      kind: 'activity',
      session_id: null,
      parent_span_id: model_session_span_id,
    }));
  }
  if ('model_session_span_id' in line) {
    return read(ofSession, line, ({ session_id, model_session_span_id, parent_model_session_span_id }) => ({
      ...untimed,
      span_id: model_session_span_id,
      kind: 'model_session',
      session_id,
      parent_span_id: parent_model_session_span_id,
    }));
  }
  return read(row, line, (span) => span);
}

function read<Shape>(
  schema: z.ZodType<Shape>,
  line: object,
  made: (parsed: Shape) => SpanLine,
): SpanLine | string {
  const parsed = schema.safeParse(line);
  if (parsed.success) return made(parsed.data);
  const issue = parsed.error.issues[0]!;
  return `${issue.path.join('.') || 'span'}: ${issue.message}`;
}
