import { describe, expect, it } from 'vitest';
import { generate } from '../../tools/contracts/index.ts';
import { specOf } from './spec-fixture.ts';

const fence = (lang: string, ...lines: string[]) => `\`\`\`${lang}\n${lines.join('\n')}\n\`\`\`\n`;

/** One definition in each dialect, and the name that it defines. */
const DEFINITIONS: [dialect: string, name: string, text: string][] = [
  ['yaml', 'Door', fence('yaml', 'Door:', '  id: uuid')],
  [
    'an event in yaml',
    'FR-EVT-DOOR-001',
    fence('yaml', 'FR-EVT-DOOR-001:', '  event_type: "door.opened"', '  payload: { session_id: uuid }'),
  ],
  ['TypeScript', 'Door', fence('ts', 'interface Door { id: string }')],
  [
    'an event in TypeScript',
    'FR-EVT-DOOR-001',
    fence(
      'ts',
      '// FR-EVT-DOOR-001',
      'interface DoorEvent extends FlightRecorderEventBase {',
      "  type: 'door';",
      '}',
    ),
  ],
  ['Rust', 'Door', fence('rust', 'pub struct Door {', '    pub id: String,', '}')],
  [
    'a field table',
    'Door',
    '| Field | Type | Required | Description |\n|---|---|---|---|\n| `id` | UUID | ✓ | |\n',
  ],
];

/** Names of what is generated, and the messages about it. */
function read(text: string, roots?: string[]) {
  const { ir, diagnostics } = generate(specOf(text), roots && { roots });
  const names = [...ir.types.map(({ name }) => name), ...ir.events.map(({ frId }) => frId)];
  return { names, told: diagnostics.map(({ message }) => message) };
}

describe.each(DEFINITIONS)('%s', (_, name, text) => {
  it('defines where it stands in the main body', () => {
    expect(read(`## 1.2 Door\n\n${text}`).names).toEqual([name]);
  });

  it.each([
    ['in the roadmap', '# 7. Build\n\n## 7.6 Development Roadmap\n\n### 7.6.3 Door\n\n'],
    ['in an archived copy', '## 12.1 Old (Archived Copy)\n\n### 12.1.1 Door\n\n'],
    ['in non-normative text', '## 12.1 Sketches (Non-Normative)\n\n### 12.1.1 Door\n\n'],
    ['in an appendix', '# Appendix A: Old\n\n## Door\n\n'],
  ])('defines nothing %s', (_where, heading) => {
    expect(read(`${heading}${text}`).names).toEqual([]);
  });

  it('of archived text is refused where it is asked for, with the line that it stands on', () => {
    const { names, told } = read(`## 12.1 Door (Archived Copy)\n\n${text}`, [name]);
    expect(names).toEqual([]);
    expect(told[0]).toMatch(
      new RegExp(
        `^Unexpected ${name}, expected a type or event that the spec defines; only archived text defines it \\(line \\d\\), which counts where the overlay prefers it$`,
      ),
    );
  });
});

it('a type that the main body uses and only archived text defines is undefined, and both lines are named', () => {
  const { diagnostics } = generate(
    specOf(
      `## 1.2 House\n\n${fence('yaml', 'House:', '  door: Door')}## 12.1 Old (Archived Copy)\n\n${fence('yaml', 'Door:', '  id: uuid')}`,
    ),
  );
  expect(diagnostics.map(({ message, place }) => `${place.line} ${message}`)).toEqual([
    '5 Unexpected type Door, expected one that the spec or the overlay defines; only archived text does (line 10)',
  ]);
});

it('archived text gives no id to an interface of the main body', () => {
  const event = (id: string) =>
    fence('ts', `${id}interface DoorEvent extends FlightRecorderEventBase {`, "  type: 'door';", '}');
  const { names, told } = read(
    `## 1.2 Door\n\n${event('')}## 12.1 Old (Archived Copy)\n\n${event('// FR-EVT-DOOR-001\n')}`,
  );
  expect(names).toEqual([]);
  expect(told).toContain(
    'Unexpected event DoorEvent without an FR-EVT id, expected one in a comment above it',
  );
});
