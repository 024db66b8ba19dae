import { describe, expect, it } from 'vitest';
import { catalogue } from '../../tools/cli/explain/catalogue.ts';
import { ruleSchema, rulesSchema } from '../../tools/cli/schemas/rule.ts';
import { gov } from '../support/gov.ts';

const here = process.cwd();

function explain(...args: string[]): string[] {
  const done = gov(here, ['explain', ...args]);
  expect([done.code, done.err]).toEqual([0, '']);
  return done.out.trimEnd().split('\n');
}

describe('gov explain', () => {
  it('tells of one rule what its page tells', () => {
    expect(explain('packet/status-spelling').join('\n')).toBe(
      `packet/status-spelling   info
about a task packet

The status of a packet is spelled as in the template.

"In-Progress", "IN_PROGRESS" and "In Progress" are one status here. Other
scripts look for one spelling, and pass a packet that they should have stopped:
the old claim check saw only "In Progress" and let 43 packets by.

The fix spells the word as the template does and leaves notes alone. It is
offered where nothing but the spelling differs.

example
  .GOV/task_packets/WP-1-Demo-v1.md:12
    - STATUS: In-Progress (not done yet)
  info: Unexpected spelling "In-Progress" of the status, expected "In Progress"
  after the repair
    - STATUS: In Progress (not done yet)

mending
  \`gov check --fix --rule packet/status-spelling\` shows the repair, and with
  \`--write\` makes it.
silencing
  In \`gov.config.yaml\`, \`check: { rules: { packet/status-spelling: off } }\`
  silences it; \`info\`, \`warning\` and \`error\` weigh it otherwise.
  What a tree had before it adopted the tool is silenced by its baseline (\`gov
  check --baseline\`): only new findings fail.`,
    );
  });

  it('lists every rule, none wider than a terminal', () => {
    const lines = explain();
    expect(lines.filter((line) => !line.startsWith(' ')).map((line) => line.split(' ')[0])).toEqual(
      catalogue().map(({ id }) => id),
    );
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it('lists a family', () => {
    expect(explain('wp')).toEqual([
      'wp/refused  error',
      '  A step of a work packet is taken when all of its preconditions hold, and then',
      '  as a whole.',
      'wp/unknown  error',
      '  A work packet that is asked for has a stub or a packet.',
    ]);
  });

  it.each(['refinement/non-ascii', 'tree/empty', 'anchor/ambiguous', 'text/lone-cr'])(
    'explains %s in 80 columns',
    (id) => {
      expect(explain(id).filter((line) => line.length > 80)).toEqual([]);
    },
  );

  it('--json has the shape of its schemas', () => {
    const one = JSON.parse(explain('board/entry-form', '--json').join('\n'));
    expect(ruleSchema.parse(one)).toMatchObject({ schema: 'govkit.rule@1', fix: 'always' });
    const all = rulesSchema.parse(JSON.parse(explain('--json').join('\n')));
    expect(all.rules.length).toBe(catalogue().length);
    const bare = ruleSchema.parse(JSON.parse(explain('tree/empty', '--json').join('\n')));
    expect([bare.example, bare.silenced]).toEqual([
      null,
      ['Nothing silences it: a check that has seen nothing must not pass.'],
    ]);
  });

  it('a rule that nobody knows names those of its family', () => {
    expect(gov(here, ['explain', 'wp/nope'])).toMatchObject({
      code: 2,
      err: 'gov: "wp/nope" is no rule (expected one of: wp/refused, wp/unknown)\n',
    });
  });
});
