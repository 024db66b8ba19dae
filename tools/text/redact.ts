// What a secret looks like, and texts without it. Every pattern reads a text in steps that grow with its length only.

/** Words that name a secret, in any spelling and with any prefix: `db_password`, `AWS_SECRET_ACCESS_KEY`. */
const SECRET_NAME =
  '(?:passwords?|passwd|passphrase|secrets?|credentials?|(?:api|access|private|secret|auth|encryption|signing)[_-]?keys?|' +
  '(?:access|auth|refresh|bearer|api|id|session|secret)[_-]?tokens?)(?:[_-]?(?:access|key|token|id|value|text)){0,3}';

/** From the name to its value, as in `name=`, `"name": `, `\"name\":`, `'name' => `. */
const TO_VALUE = `${SECRET_NAME}\\\\{0,3}["'\`]?\\s{0,3}(?:=>|[=:]{1,2})\\s{0,3}`;
const NOT_YET = '(?!\\[redacted )';

/** Shapes that only secrets have, and values that their name betrays. Hashes and ids match none of them. */
const secrets: readonly [name: string, mark: string, shape: string][] = [
  ['private-key', '-----BEGIN', '-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^]*'],
  ['aws-key', 'A[KS]IA', '\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b'],
  [
    'github-token',
    'gh[pousr]_|github_pat_',
    '\\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{22,})',
  ],
  ['gitlab-token', 'glpat-', '\\bglpat-[A-Za-z0-9_-]{20,}'],
  ['slack-token', 'xox[abeoprs]-', '\\bxox[abeoprs]-[A-Za-z0-9-]{10,}'],
  ['google-key', 'AIza', '\\bAIza[0-9A-Za-z_-]{35}'],
  ['npm-token', 'npm_', '\\bnpm_[A-Za-z0-9]{36}'],
  ['model-key', 'sk-', '\\bsk-[A-Za-z0-9_-]{20,}'],
  // Tried once for each run of its letters, from the run's start; what stands before it in the run goes with it.
  [
    'jwt',
    'eyJ',
    '(?<![\\w-])(?:(?!(?<![A-Za-z0-9])eyJ)[\\w-])*(?<![A-Za-z0-9])eyJ[\\w-]{10,}\\.[\\w-]{10,}(?:\\.[\\w-]*){0,3}',
  ],
  ['bearer', 'Bearer\\s', '\\bBearer\\s{1,8}[A-Za-z0-9._~+/-]{16,}=*'],
  ['url-password', '://', '(?<=://[^\\s/:@]{1,64}:)[^\\s/@]{3,}(?=@)'],
  [
    'assignment',
    '[=:]',
    [
      `(?<=${TO_VALUE}")${NOT_YET}(?:\\\\.|[^"\\\\\\n])+`,
      `(?<=${TO_VALUE}')${NOT_YET}(?:\\\\.|[^'\\\\\\n])+`,
      `(?<=${TO_VALUE}\`)${NOT_YET}[^\`\\n]+`,
      `(?<=${TO_VALUE}\\\\{1,3}["'])${NOT_YET}[^"'\\\\\\n]+`,
      `(?<=${TO_VALUE})${NOT_YET}[^\\s"',;\`\\\\]{6,}`,
    ].join('|'),
  ],
];

/** What every text with a secret has somewhere. Most texts have none of it, and need not be searched by the rest. */
const marked = new RegExp(secrets.map(([, mark]) => mark).join('|'), 'i');

const detector = new RegExp(
  secrets.map(([name, , shape]) => `(?<${name.replace('-', '_')}>${shape})`).join('|'),
  'gi',
);

const secretName = new RegExp(`${SECRET_NAME}$`, 'i');

/** Ids, hashes and times: most of what an event holds, and never a secret that anyone could tell. */
const plain = /^(?:sha256:)?[\da-fA-F:.TZ-]+$/;

/** Words that recur, such as names of roles, models and types, are looked through once. Only what holds no secret. */
const clean = new Set<string>();
const MOST_CLEAN = 1_024;
const LONGEST_CLEAN = 64;

/** Replaces every secret in a text by the name of its kind; doing so twice changes nothing more. */
export function redactText(text: string): string {
  if (text.length < 8 || plain.test(text)) return text;
  if (text.length > LONGEST_CLEAN) return replaceSecrets(text);
  if (clean.has(text)) return text;
  const redacted = replaceSecrets(text);
  if (redacted === text) remember(clean, text);
  return redacted;
}

function remember(known: Set<string>, text: string): void {
  if (known.size >= MOST_CLEAN) known.clear();
  known.add(text);
}

function replaceSecrets(text: string): string {
  if (!marked.test(text)) return text;
  return replaced(text) ?? byLine(text);
}

/** Null for a text in which one unbroken run is longer than what the pattern matcher can hold, some millions. */
function replaced(text: string): string | null {
  try {
    return text.replace(detector, (...found) => {
      const groups = found.at(-1) as Record<string, string | undefined>;
      const name = Object.keys(groups).find((key) => groups[key] !== undefined);
      return `[redacted ${name?.replace('_', '-')}]`;
    });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const privateKey = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----/i;

/** The only secret of more than one line is a private key, which takes all that follows with it. */
function byLine(text: string): string {
  const key = text.search(privateKey);
  const readable = key < 0 ? text : text.slice(0, key);
  const lines = readable.split('\n').map((line) => replaced(line) ?? '[redacted overlong]');
  return `${lines.join('\n')}${key < 0 ? '' : '[redacted private-key]'}`;
}

/** Keys that name no secret and hold none: a value has the same few, again and again. */
const harmless = new Set<string>();

/** Whether a key neither names a secret nor holds one. */
export function isHarmless(key: string): boolean {
  if (harmless.has(key)) return true;
  if (secretName.test(key) || redactText(key) !== key) return false;
  if (key.length <= LONGEST_CLEAN) remember(harmless, key);
  return true;
}

/** Whether a key says that what it holds is a secret. */
export function namesSecret(key: string): boolean {
  return !isHarmless(key) && secretName.test(key);
}

/**
 * The same value with every string redacted, keys too, and every string under a secret's name; the rest stays the same
 * objects.
 * `clean` says how a string is redacted.
 */
export function redact<Value>(value: Value, clean: (text: string) => string = redactText): Value {
  return redacted(value, clean, false) as Value;
}

function redacted(value: unknown, clean: (text: string) => string, named: boolean): unknown {
  if (typeof value === 'string') {
    if (named && value !== '' && !value.startsWith('[redacted ')) return '[redacted assignment]';
    return clean(value);
  }
  if (Array.isArray(value)) {
    const copy = value.map((item) => redacted(item, clean, named));
    return copy.some((item, index) => item !== value[index]) ? copy : value;
  }
  if (value === null || typeof value !== 'object') return value;
  let changed: Record<string, unknown> | undefined;
  let secretKeys = false;
  for (const [key, item] of Object.entries(value)) {
    if (!isHarmless(key) && redactText(key) !== key) secretKeys = true;
    const without = redacted(item, clean, named || namesSecret(key));
    if (without === item) continue;
    changed ??= { ...value } as Record<string, unknown>;
    changed[key] = without;
  }
  return secretKeys ? withoutSecretKeys(changed ?? value) : (changed ?? value);
}

/** Two keys that differ only in their secrets must not become one: the second one is numbered. */
function withoutSecretKeys(value: object): Record<string, unknown> {
  const entries = new Map<string, unknown>();
  const numbers = new Map<string, number>();
  for (const [key, item] of Object.entries(value)) {
    const name = redactText(key);
    let free = name;
    while (entries.has(free)) {
      const number = (numbers.get(name) ?? 1) + 1;
      numbers.set(name, number);
      free = `${name} ${number}`;
    }
    entries.set(free, item);
  }
  return Object.fromEntries(entries);
}
