import { describe, expect, it } from 'vitest';
import { definitionLines, identifierById } from '../../../tools/spec/index.ts';
import { definitionsIn, indexOf } from './fixture.ts';

const ts = (...lines: string[]): string[] => ['```ts', ...lines, '```'];

describe('events in TypeScript', () => {
  const cases: [name: string, lines: string[], expected: string[]][] = [
    [
      'named in a comment above, in two blocks of one fence',
      ts(
        '// FR-EVT-A-001: made',
        'interface Made extends Base {',
        "  type: 'made';",
        '}',
        '',
        '// FR-EVT-A-002',
        'interface Lost extends Base {',
        '  inner: { a: string };',
        '  type: "lost";',
        '}',
      ),
      ['FR-EVT-A-001 ts-event 3-5 made', 'FR-EVT-A-002 ts-event 8-11 lost'],
    ],
    [
      'named in its own field, with an envelope of its own',
      ts('interface X {', '  event_id: "FR-EVT-A-001";', '  event_name: "made";', '}'),
      ['FR-EVT-A-001 ts-interface 2-5 made'],
    ],
    [
      'named behind its type',
      ts('interface X extends Base {', '  type: "x";  // FR-EVT-A-001', '}'),
      ['FR-EVT-A-001 ts-event 2-4 x'],
    ],
    [
      'announced by a bold bullet; a helper type before it is not the event',
      [
        '- **FR-EVT-001 (E)**',
        '',
        ...ts('interface Op {', '}', 'interface E extends Base {', "  type: 'e';", '}'),
      ],
      ['FR-EVT-001 bold-bullet 1-9 E', 'FR-EVT-001 ts-event 6-8 e'],
    ],
    [
      'announced by a heading',
      ['#### 11.5.2 FR-EVT-006 (L)', ...ts('interface L extends Base {', "  type: 'l';", '}')],
      ['FR-EVT-006 heading 1-6 L', 'FR-EVT-006 ts-event 3-5 l'],
    ],
    [
      'not announced across another block',
      ['- **FR-EVT-001 (E)**', ...ts('const a = 1;'), ...ts('interface E extends Base {', '}')],
      ['FR-EVT-001 bold-bullet 1-8 E'],
    ],
    [
      'a placeholder names none',
      ts('interface L extends Base {', '  type: "l"; // NEW FR-EVT-LLM-0xx', '}'),
      [],
    ],
    ['no event without a name', ts('interface L extends Base {', "  type: 'l';", '}'), []],
  ];
  it.each(cases)('%s', (_name, lines, expected) => {
    expect(definitionsIn(lines.join('\n'))).toEqual(expected);
  });

  it('a member of a family is its line and the fields that all of them share', () => {
    const text = ts(
      'type Kind =',
      '  | "a"   // FR-EVT-A-001',
      '  | "b";  // FR-EVT-A-002',
      '',
      'interface Other extends Base { type: "o"; }',
      'interface Family extends Base {',
      '  type: Kind;',
      '  id: string;',
      '}',
    ).join('\n');
    expect(definitionsIn(text)).toEqual(['FR-EVT-A-001 ts-member 3-3 a', 'FR-EVT-A-002 ts-member 4-4 b']);
    const index = indexOf(text);
    const [definition] = identifierById(index, 'FR-EVT-A-002')!.definitions;
    expect(definition?.shape).toEqual({ line: 7, endLine: 10 });
    expect(definitionLines(index, definition!)).toEqual([
      '  | "b";  // FR-EVT-A-002',
      'interface Family extends Base {',
      '  type: Kind;',
      '  id: string;',
      '}',
    ]);
  });
});
