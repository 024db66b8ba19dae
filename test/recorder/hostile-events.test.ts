import { describe, expect, it } from 'vitest';
import { events } from '../../tools/generated/index.ts';
import { inlineKeys } from '../../tools/recorder/accept/inline.ts';
import { checkEvent } from '../../tools/recorder/index.ts';
import { fault } from './fault.ts';
import { eventOf, put, samples } from './samples/index.ts';

const sampleOf = (id: string) => eventOf(samples.find((sample) => sample.id === id)!);
/** The change of a session's state, with something else in it. */
const change = (over: object = {}, payload: object = {}): Record<string, unknown> => {
  const event = sampleOf('FR-EVT-SESS-002');
  return { ...event, payload: { ...(event.payload as object), ...payload }, ...over };
};
const reasonOf = (reason: string): string =>
  (checkEvent(change({}, { reason })).payload as { reason: string }).reason;

describe('D-46: the type and its alias', () => {
  const { type, ...untyped } = change();
  it('says one thing, under one name or both', () => {
    for (const event of [{ type }, { event_type: type }, { type, event_type: type }])
      expect(checkEvent({ ...untyped, ...event })).toEqual(change());
  });

  it.each([
    [
      { type, event_type: 'session.created' },
      'event_type "session.created" differs from type "session.state_change"',
    ],
    [{ type, event_type: null }, 'event_type null differs from type "session.state_change"'],
    [{ type: null, event_type: type }, 'event_type "session.state_change" differs from type null'],
    [{ type, event_type: undefined }, 'event_type undefined differs from type "session.state_change"'],
    [{ type, event_type: {} }, 'event_type an object differs from type "session.state_change"'],
  ])('%j', (types, said) => {
    expect(fault({ ...untyped, ...types })).toBe(said);
  });
});

describe('D-46: event_id', () => {
  it.each([
    ['of version 1', '0190d6a0-7c1e-1a3b-8f00-000000000001'],
    ['of version 4', '0190d6a0-7c1e-4a3b-8f00-000000000001'],
    ['of version 5', '0190d6a0-7c1e-5a3b-8f00-000000000001'],
    ['of version 8', '0190d6a0-7c1e-8a3b-8f00-000000000001'],
    ['nil', '00000000-0000-0000-0000-000000000000'],
    ['max', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
    ['F11: in upper case, which would be a second id of one event', '0190D6A0-7C1E-7A3B-8F00-000000000001'],
  ])('a UUID %s is refused', (_, event_id) => {
    expect(fault(change({ event_id }))).toBe(
      `FR-EVT-SESS-002 event_id: ${event_id} is no UUID of version 7 in lower case (D-46)`,
    );
  });

  it.each([
    '0190d6a0-7c1e-7a3b-cf00-000000000001',
    '{0190d6a0-7c1e-7a3b-8f00-000000000001}',
    '0190d6a07c1e7a3b8f00000000000001',
  ])('what is no UUID is refused: %s', (event_id) => {
    expect(fault(change({ event_id }))).toContain('FR-EVT-SESS-002 event_id: ');
  });

  it('session ids in upper case are ids of their own, as their schema has it', () => {
    const session_id = String(change().model_session_id).toUpperCase();
    const event = change({ model_session_id: session_id }, { session_id });
    expect(checkEvent(event)).toEqual(event);
    expect(fault(change({ model_session_id: session_id }))).toContain('differs from payload.session_id');
  });
});

describe('D-46: timestamp', () => {
  it.each([
    '2026-02-24T09:00:00+00:00',
    '2026-02-24T09:00:00-00:00',
    '2026-02-24T10:00:00+01:00',
    '2026-02-24 09:00:00Z',
    '2026-02-24T09:00Z',
    '2026-02-29T09:00:00Z',
    '2100-02-29T09:00:00Z',
    '2026-04-31T09:00:00Z',
    '2026-13-01T09:00:00Z',
    '2026-00-10T09:00:00Z',
    '2026-02-24T09:60:00Z',
    '2026-02-24T23:59:60Z',
    '2026-02-24T09:00:00.Z',
    '２026-02-24T09:00:00Z',
    '+02026-02-24T09:00:00Z',
    '1771923600000',
  ])('%s is refused', (timestamp) => {
    expect(fault(change({ timestamp }))).toContain('FR-EVT-SESS-002 timestamp: ');
  });

  it.each(['2024-02-29T23:59:59.999999999Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z'])(
    '%s is accepted as it stands',
    (timestamp) => {
      expect(checkEvent(change({ timestamp })).timestamp).toBe(timestamp);
    },
  );
});

describe('keys and values that no JSON of a friend has', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'event_type '])(
    'a key %s is an extra key, in the envelope and in the payload',
    (key) => {
      const text = JSON.stringify(change());
      const member = `${JSON.stringify(key)}:{"actor":"human"},`;
      fault(JSON.parse(text.replace('{', `{${member}`)));
      fault(JSON.parse(text.replace('"payload":{', `"payload":{${member}`)));
    },
  );

  it.each(['__proto__', 'constructor', 'toString', 'valueOf'])('F03: %s is no event', (fr_event_id) => {
    expect(fault(change({ fr_event_id }))).toBe(`unknown event id "${fr_event_id}"`);
  });

  it('what cannot be read is refused, and not thrown at the caller', () => {
    const unreadable = 'an event is one JSON object, and this one cannot be read';
    const secret = new Error('a getter');
    const throwing = Object.defineProperty(change(), 'actor', {
      enumerable: true,
      get: () => {
        throw secret;
      },
    });
    expect(fault(throwing)).toBe(unreadable);
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(fault(proxy)).toBe(unreadable);
    expect(fault(change({ payload: proxy }))).toBe(unreadable);
  });

  it.each([null, undefined, 7, 'x', [], [change()], new Map(), () => change()])('%s is no event', (value) => {
    fault(value);
  });

  it('an event that contains itself is refused', () => {
    const event = change();
    put(event, 'payload.reason', event);
    expect(fault(event)).toContain('FR-EVT-SESS-002 payload.reason: ');
    const payload: Record<string, unknown> = {};
    payload.payload = payload;
    fault(change({ payload }));
  });
});

describe('in bounded time, whatever the size', () => {
  const nested = (depth: number, leaf: object = {}): object => {
    let value = leaf;
    for (let at = 0; at < depth; at += 1) value = { deeper: value };
    return value;
  };

  it.each(['payload', 'actor', 'wsids', 'surprise'])(
    '10,000 objects in each other as %s are refused',
    (field) => {
      expect(fault(change({ [field]: nested(10_000) })).length).toBeLessThan(500);
      const lists = JSON.parse(`${'['.repeat(10_000)}${']'.repeat(10_000)}`) as unknown;
      expect(fault(change({ [field]: lists })).length).toBeLessThan(500);
    },
  );

  it('INV-SESS-002: content is found below 10,000 objects', () => {
    expect(fault(change({ payload: nested(10_000, { CoNtEnT: 'x' }) }))).toMatch(
      /^FR-EVT-SESS-002 holds content inline at payload\.deeper\..*…$/,
    );
  });

  it('a text of a megabyte is data where text may stand', () => {
    const reason = 'ä'.repeat(1_000_000);
    expect(reasonOf(reason)).toBe(reason);
  });

  it.each(['fr_event_id', 'type', 'event_id', 'timestamp', 'actor', 'trace_id', 'model_session_id'])(
    'a megabyte as %s is refused in a few words',
    (field) => {
      expect(fault(change({ [field]: 'x'.repeat(1_000_000) })).length).toBeLessThan(500);
    },
  );

  it('so is a megabyte as a key, and each of 10,000 extra keys', () => {
    expect(fault(change({ ['x'.repeat(1_000_000)]: 1 })).length).toBeLessThan(500);
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`key-${n}`, n]));
    expect(fault(change({}, many)).length).toBeLessThan(500);
  });
});

describe('INV-SESS-002: content', () => {
  const spellings = [...inlineKeys].flatMap((key) => [
    key,
    key.toUpperCase(),
    key[0]!.toUpperCase() + key.slice(1),
  ]);
  it.each(spellings)(
    'under %s is refused in the payload of every event, in an object or a list of it',
    (key) => {
      for (const sample of samples) {
        for (const path of [key, `deep.${key}`, `deep.list.0.${key}`]) {
          const event = eventOf(sample);
          Object.assign(event.payload as object, { deep: { list: [{}] } });
          put(event.payload as object, path, 'x');
          expect(fault(event)).toBe(`${sample.id} holds content inline at payload.${path}`);
        }
      }
    },
  );

  it('has no place in the payload of any registered event', () => {
    const text = JSON.stringify(samples.map((sample) => sample.rows.map(([path]) => path.split('.').at(-1))));
    const fields = new Set((JSON.parse(text) as string[][]).flat());
    expect([...inlineKeys].filter((key) => fields.has(key))).toEqual([]);
    expect(Object.keys(events)).toHaveLength(samples.length);
  });
});

describe('F17: text', () => {
  it('is stored in NFC', () => {
    expect(reasonOf('cafe\u0301 \u1100\u1161 \u212b')).toBe('caf\u00e9 \uac00 \u00c5');
    const event = change({ wp_id: 'WP-e\u0301' });
    expect(checkEvent(event).wp_id).toBe('WP-\u00e9');
    expect(checkEvent(checkEvent(event))).toEqual(checkEvent(event));
  });

  it('half a surrogate pair is stored as U+FFFD: no UTF-8 can carry it', () => {
    expect(reasonOf('a\ud83d b\ude00 c\ud83d\ude00')).toBe('a\ufffd b\ufffd c\ud83d\ude00');
  });

  it.each([
    ['control characters', 'a\0b\u0007\u001b[31m\r\n\tc\u0085'],
    ['bidirectional overrides', 'user\u202e gnp.exe \u2066x\u2069'],
    ['zero width characters', 'ad\u200bmin \u200d\ufeff'],
    ['look-alikes', 'Соdеr (Cyrillic), ⅽoder, ｃｏｄｅｒ'],
    ['unassigned and private characters', '\u0378 \ue000 \u{10ffff}'],
    ['line separators', 'a\u2028b\u2029c'],
  ])('%s stay as they came', (_, reason) => {
    expect(reasonOf(reason)).toBe(reason);
  });

  it.each([
    'FR-EVT-SESS-О02',
    'FR-EVT-SESS-\u200b002',
    'FR\u2011EVT-SESS-002',
    '\u202eFR-EVT-SESS-002',
    'ＦＲ-EVT-SESS-002',
  ])('F03: an id that only looks like one is unknown: %s', (fr_event_id) => {
    expect(fault(change({ fr_event_id }))).toBe(`unknown event id ${JSON.stringify(fr_event_id)}`);
  });

  it('a secret is found in every text of every event, and never in an error', () => {
    const token = `ghp_${'a1B2'.repeat(9)}`;
    for (const sample of samples) {
      const paths = sample.rows.filter(([, kind]) => kind === 'text').map(([path]) => `payload.${path}`);
      for (const path of [...paths, 'job_id', 'model_id', 'wp_id', 'activity_span_id']) {
        const event = eventOf(sample);
        put(event, path, `before ${token} after`);
        const text = JSON.stringify(checkEvent(event));
        expect(text).toContain('before [redacted github-token] after');
        expect(text).not.toContain(token);
      }
      const event = eventOf(sample);
      expect(JSON.stringify(checkEvent({ ...event, wsids: ['x', token] }))).not.toContain(token);
      for (const wrong of [{ [token]: 1 }, { type: token }, { fr_event_id: token }, { event_type: token }])
        expect(fault({ ...event, ...wrong })).not.toContain(token);
    }
  });
});
