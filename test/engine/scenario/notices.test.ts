import { describe, expect, it } from 'vitest';
import { played, unexpected } from './scene.ts';

/** A lead that waits for somebody, while its child is paused: the notice of that lies in its thread. */
const WAITS = `scripts:
  lead:
    - spawn: { as: held, role: Coder, script: held }
    - wait: input
    - say: { text: Heard., tokens: 1 }
    - wait: children
    - complete: {}
  held:
    - wait: input
    - complete: {}
actions:
  - { at: 1000, do: pause, session: held }
  - { at: 2000, do: enqueue, session: lead }
`;

describe('notices of children', () => {
  it('D-30: a notice in the thread is no message that a script waits for', async () => {
    const text = `${WAITS}expect:\n  states: { lead: BLOCKED, held: PAUSED }\n  threads: { lead: [USER] }\n`;
    expect(await unexpected(text)).toEqual([]);
  });

  it('what somebody sends is heard behind a notice', async () => {
    const text = `${WAITS}  - { at: 3000, do: send, session: lead, text: Go on. }
  - { at: 4000, do: resume, session: held }
  - { at: 5000, do: send, session: held, text: Go on. }
expect:
  states: { lead: COMPLETED, held: COMPLETED }
  mail: { lead: [held, held, held] }
`;
    expect(await unexpected(text)).toEqual([]);
  });
});

it('E27: the third resume after a crash within an hour is refused, and done with an approval', async () => {
  const crash = (at: number, ...resumes: string[]): string =>
    [
      `{ at: ${at}, do: crash }`,
      ...resumes.map((more) => `{ at: ${at + 100}, do: resume, session: lead${more} }`),
    ]
      .map((action) => `  - ${action}\n`)
      .join('');
  const { violations } = await played(`scripts:
  lead:
    - tool: { id: fs.read_file, ms: 600000 }
    - complete: {}
actions:
${crash(1000, '')}${crash(2000, '')}${crash(3000, ', expect: approval_required')}  - { at: 3200, do: resume, session: lead, approved_by: Ada }
expect:
  states: { lead: COMPLETED }
`);
  expect(violations.map(({ message }) => message)).toEqual([]);
});
