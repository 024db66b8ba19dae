import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openMemoryStore, runScenario } from '../../tools/engine/index.ts';
import { checkEvent, createRecorder, redact, redactText } from '../../tools/recorder/index.ts';

const scenario = readFileSync(new URL('../../.GOV/scenarios/delegation.yaml', import.meta.url), 'utf8');
const { log } = await runScenario(scenario, { unboundSessions: 'allow' });
const secret = 'hunter2222';

describe('F17: a value that its name betrays', () => {
  it.each([
    `password="${secret}"`,
    `{password:'${secret}'}`,
    `{password:'hunter "22" ${secret}'}`,
    `{"db_password": "my ${secret}, 2"}`,
    JSON.stringify({ error: JSON.stringify({ 'client-secret': secret }) }),
    `DB_PASSWORD=${secret}`,
    `AWS_SECRET_ACCESS_KEY=${secret}`,
    `clientSecret: ${secret}`,
    `"access_token" => "${secret}"`,
    `x-api-key: ${secret}`,
    `Password := \`${secret}\``,
  ])('%s', (text) => {
    const clean = redactText(text);
    expect(clean).toContain('[redacted assignment]');
    expect(clean).not.toContain(secret);
    expect(redactText(clean)).toBe(clean);
  });

  it('each time it comes, however many harmless texts came in between', () => {
    const short = `password=${secret}`;
    const clean = ['a role', ...Array.from({ length: 3_000 }, (_, n) => `word ${n} of many`)];
    const event = (text: string) => ({ [text]: text, password: secret });
    for (const text of [...clean, ...clean]) expect(redactText(text)).toBe(text);
    for (const text of [short, clean[0]!, short]) {
      expect(redactText(text)).toBe(text === short ? 'password=[redacted assignment]' : text);
      expect(redact(event('a role'))).toEqual({ 'a role': 'a role', password: '[redacted assignment]' });
    }
  });

  it('also as the value of a key', () => {
    const value = {
      args: [{ password: secret, DB_PASSWORD: [secret], api_key: { live: secret }, user: 'me' }],
    };
    const hidden = '[redacted assignment]';
    expect(redact(value)).toEqual({
      args: [{ password: hidden, DB_PASSWORD: [hidden], api_key: { live: hidden }, user: 'me' }],
    });
    const tokens = { total_tokens: 7, cancellation_token: 'c-1', budget_type: 'session_tokens', key: 'k-1' };
    expect(redact(tokens)).toBe(tokens);
  });

  it('also as a key, and no value is lost by it', () => {
    const token = (letter: string) => `ghp_${letter.repeat(36)}`;
    const value = { list: [{ [token('a')]: 1, [`x ${token('b')}`]: 2, [token('c')]: [3], plain: secret }] };
    expect(redact(value)).toEqual({
      list: [
        {
          '[redacted github-token]': 1,
          'x [redacted github-token]': 2,
          '[redacted github-token] 2': [3],
          plain: secret,
        },
      ],
    });
    expect(redact(redact(value))).toEqual(redact(value));
  });

  it('words beside it stay', () => {
    for (const text of [
      'the secretary: somebody',
      'max_tokens=100000',
      'a password is needed',
      'heyjude_long_name.other_long_name',
    ])
      expect(redactText(text)).toBe(text);
  });
});

describe('texts of a megabyte are read through once', () => {
  const size = 1_000_000;
  it.each([
    '-eyJ',
    '-eyJaaaaaaaaaa.',
    'eyJ',
    'sk-a-',
    'sk-',
    'ghp_a',
    'xoxb-',
    'bearer ',
    'bearer        ',
    '://a:',
    ':',
    'a:',
    '-----BEGIN A ',
    'password=',
    'password="',
    'secret_key',
    'key_key_token',
    '"',
    '\\"',
    ' ',
    'AKIA',
  ])('%j again and again', (part) => {
    expect(typeof redactText(part.repeat(size / part.length))).toBe('string');
    expect(typeof redactText(`${part}${'a'.repeat(size)}`)).toBe('string');
  });

  it('and a secret at their end is found', () => {
    const token = `eyJ${'a'.repeat(2000)}.${'b'.repeat(20)}.${'c'.repeat(20)}`;
    expect(redactText(`${'word '.repeat(size / 5)}${token}`)).toMatch(/word \[redacted jwt\]$/);
    expect(redactText(`token-${token}`)).toBe('[redacted jwt]');
  });
});

describe('a run of millions, which no pattern can hold, goes as a whole', () => {
  const word = 'sk-a'.repeat(2_500_000);
  it('and nothing else with it', () => {
    expect(redactText(`before\n${word}\npassword=${secret}`)).toBe(
      'before\n[redacted overlong]\npassword=[redacted assignment]',
    );
    const key = '-----BEGIN RSA PRIVATE KEY-----';
    expect(redactText(`a\n${word}\nb ${key}\nline\nline`)).toBe(
      'a\n[redacted overlong]\nb [redacted private-key]',
    );
  });
});

describe('an event is stored once', () => {
  it('also when it comes twice at the same time', async () => {
    const store = openMemoryStore();
    const recorder = createRecorder(store);
    const event = log[0]!;
    const other = createRecorder(store);
    const answers = await Promise.all([recorder.accept(event), other.accept(event), recorder.accept(event)]);
    expect(answers).toEqual([event, event, event]);
    const stored = [];
    for await (const { seq } of recorder.query()) stored.push(seq);
    expect(stored).toEqual([1]);
  });

  it('D-46: under an id of version 7', () => {
    const event_id = '1b4e28ba-2fa1-41d2-883f-0016d3cca427';
    expect(() => checkEvent({ ...log[0], event_id })).toThrow('no UUID of version 7');
  });
});

describe('F17: shapes that only secrets have', () => {
  const a = (count: number) => 'a1'.repeat(count);
  it.each<[string, string]>([
    ['private-key', `-----BEGIN RSA PRIVATE KEY-----\n${a(20)}`],
    ['aws-key', `AKIA${'A1'.repeat(8)}`],
    ['aws-key', `ASIA${'A1'.repeat(8)}`],
    ...['ghp', 'gho', 'ghu', 'ghs', 'ghr'].map(
      (kind) => ['github-token', `${kind}_${a(16)}`] as [string, string],
    ),
    ['github-token', `github_pat_${a(12)}`],
    ['gitlab-token', `glpat-${a(12)}`],
    ...[...'abeoprs'].map((kind) => ['slack-token', `xox${kind}-${a(6)}`] as [string, string]),
    ['google-key', `AIza${a(17)}b`],
    ['npm-token', `npm_${a(18)}`],
    ['model-key', `sk-${a(12)}`],
    ['jwt', `eyJ${a(8)}.${a(8)}.${a(4)}`],
    ['bearer', `Bearer ${a(9)}`],
    ['url-password', 'https://me:hunter2222@example.org'],
    ['assignment', 'password=hunter2222'],
    ['assignment', 'secret: hunter2222'],
    ['assignment', 'api_key=>hunter2222'],
  ])('%s: %s, in any case', (name, text) => {
    for (const found of [text, text.toLowerCase(), text.toUpperCase(), `before ${text}`])
      expect(redactText(found)).toContain(`[redacted ${name}]`);
  });
});
