import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { specDiffSchema } from '../../tools/cli/schemas/spec-diff.ts';
import { specRebaseSchema } from '../../tools/cli/schemas/spec-rebase.ts';
import {
  demoFiles,
  MOVES,
  NEW,
  OLD,
  PACKET,
  REFINEMENT,
  refinementText,
  SIGNATURE,
  STUB,
  specText,
  stubText,
  WP,
} from '../gate/drift/demo-spec.ts';
import { gov, type Result } from '../support/gov.ts';
import { type Repository, temporaryFolder, temporaryRepository, writeTree } from '../support/repository.ts';

const CURRENT = '.GOV/roles_shared/SPEC_CURRENT.md';
const inForce = (name: string) => `The current authoritative Master Specification is:\n\n**${name}**\n`;

/** A committed tree on the old spec, with the new one beside it. */
function repository(spec: string, change: Record<string, string> = {}): Repository {
  const made = temporaryRepository();
  made.commit(demoFiles({ [NEW]: spec, [CURRENT]: inForce(NEW), ...change }));
  return made;
}

const rebase = (root: string, ...args: string[]): Result => gov(root, ['spec', 'rebase', ...args]);
const read = (root: string, path: string): string => readFileSync(join(root, path), 'utf8');

describe('G08: a bump that only moves lines', () => {
  it('is written, told, and complete: the second run changes nothing', () => {
    const { root, git } = repository(specText(MOVES));
    const first = rebase(root, '--to', 'v02.138');
    expect([first.code, first.err, first.out]).toEqual([
      0,
      '',
      `rewritten
  ${REFINEMENT}
    v02.134 → v02.138 · 2 anchors · signature ${SIGNATURE} kept
  ${STUB}
    v02.134 → v02.138 · 1 anchor

v02.138 · 2 rewritten
`,
    ]);
    expect(git('diff', '--stat', '--', PACKET)).toBe('');
    expect(git('diff', '--numstat')).toBe(`8\t8\t${REFINEMENT}\n1\t1\t${STUB}`);
    const diff = git('diff');
    const second = rebase(root, '--to', 'v02.138');
    expect([second.code, second.out, git('diff')]).toEqual([0, 'v02.138 · 2 current\n', diff]);
  });

  it('what was rebased is what the gate accepts', () => {
    const { root } = repository(specText(MOVES));
    expect(rebase(root, '--to', 'v02.138').code).toBe(0);
    const { items } = JSON.parse(gov(root, ['wp', 'status', WP, '--json']).out);
    const details = items.flatMap(({ evidence }: { evidence: { detail: string }[] }) =>
      evidence.map(({ detail }) => detail),
    );
    expect(details.filter((detail: string) => /SPEC_|EXCERPT|re-opened/.test(detail))).toEqual([]);
  });

  it('--dry-run prints the plan as a diff and writes nothing', () => {
    const { root, git } = repository(specText(MOVES));
    const { code, out } = rebase(root, STUB, '--to', 'v02.138', '--dry-run');
    expect([code, git('status', '--porcelain'), out]).toEqual([
      0,
      '',
      `===================================================================
--- a/${STUB}
+++ b/${STUB}
@@ -5,2 +5,2 @@
 - SPEC_ANCHOR_CANDIDATES (Main Body, not Roadmap):
-  - ${OLD} 1.1.3 Recovery (Normative)
+  - ${NEW} 1.1.3 Recovery (Normative)
would be rewritten
  ${STUB}
    v02.134 → v02.138 · 1 anchor

v02.138 · 1 rewritten · nothing written
next   gov spec rebase --to v02.138
`,
    ]);
  });

  it('--json is complete and keeps its schema', () => {
    const { root } = repository(specText(MOVES));
    const report = specRebaseSchema.parse(JSON.parse(rebase(root, '--to', 'v02.138', '--json').out));
    expect(report.counts).toEqual({ REBASED: 2, LEFT: 0, CURRENT: 0, NEWER: 0, CLOSED: 0 });
    expect(report.writes).toEqual([REFINEMENT, STUB]);
    expect(report.documents[0]!.moved[0]).toEqual({
      line: 10,
      anchor: `${OLD} 1.1.1 Session Model (Normative)`,
      change: 'MOVED',
      reason: '1.1.1 Session Model, lines 7-15 are now 11-19',
      window: { start: 7, end: 15 },
      to: { start: 11, end: 19 },
    });
  });

  it('an old spec that is only in git is still at hand', () => {
    const made = temporaryRepository();
    made.commit(demoFiles());
    made.git('mv', OLD, NEW);
    made.commit({ [NEW]: specText(MOVES), [CURRENT]: inForce(NEW) });
    expect(rebase(made.root, '--to', 'v02.138').out).toContain('v02.138 · 2 rewritten\n');
  });
});

describe('what needs a person', () => {
  it('G09: one word of a clause: the refinement stays, its signature is re-opened, the gate is red', () => {
    const { root, git } = repository(specText(MOVES, ['never lost', 'seldom lost']));
    const { code, out } = rebase(root, WP, '--to', 'v02.138');
    expect([code, git('status', '--porcelain'), out]).toEqual([
      1,
      '',
      `left to you
  ${REFINEMENT}
    :10    CHANGED  the text of 1.1.1 Session Model changed (line 11)
    signature ${SIGNATURE} is re-opened
    look at what changed, then edit its window and excerpt and sign anew

v02.138 · 1 left
next   gov spec diff v02.134 v02.138 --anchor 1.1.1 --patch
`,
    ]);
    const status = JSON.parse(gov(root, ['wp', 'status', WP, '--json']).out);
    const item = (intent: string) => status.items.find((each: { intent: string }) => each.intent === intent);
    expect([status.ready, item('signature').state, item('signature').evidence[0].detail]).toEqual([
      false,
      'FAIL',
      're-opened: what it was given for has CHANGED: the text of 1.1.1 Session Model changed (line 11)',
    ]);
    expect(item('refinement_file').evidence.map(({ detail }: { detail: string }) => detail)).toContain(
      'CHANGED since v02.134: the text of 1.1.1 Session Model changed (line 11)',
    );
  });

  it('G10: the hash of another version', () => {
    const spec = specText(MOVES);
    const { root } = repository(spec, { [REFINEMENT]: refinementText({ spec, file: OLD }) });
    const { code, out } = rebase(root, WP, '--to', 'v02.138');
    expect(code).toBe(1);
    expect(out).toContain('2 anchors  SPEC_HASH_MISMATCH  ');
    const { items } = JSON.parse(gov(root, ['wp', 'status', WP, '--json']).out);
    const file = items.find(({ intent }: { intent: string }) => intent === 'refinement_file');
    expect([file.state, file.evidence[0].detail]).toEqual([
      'FAIL',
      expect.stringMatching(
        /^SPEC_HASH_MISMATCH: [0-9a-f]{12} is the sha1 of Demo_Spec_v02\.138\.md, not of /,
      ),
    ]);
  });

  it('a pin that is nowhere', () => {
    const gone = refinementText({ file: 'Demo_Spec_v02.101.md', sha1: '0'.repeat(40) });
    const { root } = repository(specText(MOVES), { [REFINEMENT]: gone });
    const { code, out } = rebase(root, WP, '--to', 'v02.138');
    expect([code, out]).toEqual([
      1,
      `cannot be proven: the spec that they pin is not at hand
  v02.134  ${REFINEMENT}  2 anchors

v02.138 · 1 left
next   gov wp status ${WP}
`.replace('v02.134', 'v02.101'),
    ]);
  });
});

describe('what is counted, and what comes next', () => {
  const last = (out: string): string[] => out.trimEnd().split('\n').slice(-2);

  it('a stub of which one line is rewritten is counted as rewritten and as left', () => {
    const { root } = repository(specText(MOVES, ['never lost', 'seldom lost']), {
      [STUB]: stubText(`${OLD} 1.1.1 Session Model`, `${OLD} 1.1.3 Recovery`),
    });
    const { code, out } = rebase(root, STUB, '--to', 'v02.138');
    expect([code, out]).toEqual([
      1,
      `rewritten
  ${STUB}
    v02.134 → v02.138 · 1 anchor

left to you
  ${STUB}
    :6     CHANGED  the text of 1.1.1 Session Model changed (line 11)
    look at what changed, then write its line anew

v02.138 · 1 rewritten · 1 left
next   gov spec diff v02.134 v02.138 --anchor 1.1.1 --patch
`,
    ]);
    const again = rebase(root, STUB, '--to', 'v02.138', '--json');
    expect(JSON.parse(again.out).documents[0].left[0].next).toBe(
      'gov spec diff v02.134 v02.138 --anchor 1.1.1 --patch, then write its line anew',
    );
  });

  it('stubs whose spec is nowhere: where their anchors stand in the spec in force', () => {
    const { root } = repository(specText(MOVES), { [STUB]: stubText('Demo_Spec_v02.101.md 1.1.3') });
    const { code, out } = rebase(root, STUB, '--to', 'v02.138');
    expect([code, last(out)]).toEqual([1, ['v02.138 · 1 left', 'next   gov spec resolve --stubs']]);
  });

  it('an older version than what is pinned is not called current', () => {
    const spec = specText();
    const { root } = repository(spec, {
      [REFINEMENT]: refinementText({ spec, file: NEW }),
      [STUB]: stubText(`${NEW} 1.1.3 Recovery`),
    });
    const { code, out } = rebase(root, '--to', 'v02.134');
    expect([code, last(out).at(-1)]).toEqual([0, 'v02.134 · 2 of a newer version']);
  });
});

describe('gov spec diff tells what a bump touches', () => {
  const affected = (out: string): string[] =>
    out.split('\n').slice(out.split('\n').findIndex((line) => line.startsWith('AFFECTED')));

  it('G09: the clause, the packet and the signature', () => {
    const { root } = repository(specText(MOVES, ['never lost', 'seldom lost']), {
      '.GOV/task_packets/stubs/WP-1-Old-v1.md': stubText('Demo_Spec_v02.101.md 1.1.1'),
    });
    const { code, out } = gov(root, ['spec', 'diff', 'v02.134', 'v02.138']);
    expect([code, affected(out)]).toEqual([
      0,
      [
        'AFFECTED 3 documents pin v02.134, 1 signature re-opened',
        `  ${REFINEMENT}:10  CHANGED  signature re-opened`,
        '      the text of 1.1.1 Session Model changed (line 11)',
        `  ${PACKET}:8  CHANGED  signature re-opened`,
        '      the text of 1.1.1 Session Model changed (line 11)',
        `  ${STUB}:6  MOVED`,
        '      1.1.3 Recovery, line 25 is now 29',
        '  1 stub pins a spec that is not at hand: SPEC_FILE_ABSENT',
        '',
        'next   gov spec diff v02.134 v02.138 --anchor 1.1.1 --patch',
        '',
      ],
    ]);
    const report = specDiffSchema.parse(JSON.parse(gov(root, ['spec', 'diff', 'v02.134', '--json']).out));
    expect(report.affected.map(({ kind, line, change }) => `${kind} ${line} ${change}`)).toEqual([
      'refinement 10 CHANGED',
      'refinement 28 MOVED',
      'packet 8 CHANGED',
      'stub 6 MOVED',
      'stub 6 SPEC_FILE_ABSENT',
    ]);
    expect(report.signatures).toEqual([
      {
        signature: SIGNATURE,
        wp_id: WP,
        state: 'REOPENED',
        files: [REFINEMENT, PACKET],
        audit: { file: '.GOV/roles_shared/SIGNATURE_AUDIT.md', line: 3, version: 'v02.134' },
      },
    ]);
  });

  it('of one section only what rests on it', () => {
    const { root } = repository(specText(MOVES));
    const { out } = gov(root, ['spec', 'diff', 'v02.134', 'v02.138', '--anchor', '1.1.3']);
    expect(affected(out).slice(0, 3)).toEqual([
      'AFFECTED 1 document pins v02.134',
      `  ${STUB}:6  MOVED`,
      '      1.1.3 Recovery, line 25 is now 29',
    ]);
  });
});

describe('what is refused', () => {
  it.each<[string, string[], string]>([
    ['no version', [], 'gov spec rebase wants --to VERSION, such as --to v02.138'],
    [
      'a version that is not at hand',
      ['--to', 'v02.999'],
      '--to v02.999: no such version at hand, expected one of v02.134, v02.138',
    ],
    [
      'what is no version',
      ['--to', '138'],
      '--to 138: no such version at hand, expected one of v02.134, v02.138',
    ],
    [
      'a document that is not there',
      ['WP-1-None-v1', '--to', 'v02.138'],
      '"WP-1-None-v1" is no stub and no refinement here, expected a WP_ID or the path of one',
    ],
  ])('%s', (_, args, message) => {
    const { code, out, err } = rebase(repository(specText(MOVES)).root, ...args);
    expect([code, out, err]).toEqual([2, '', `gov: ${message}\n`]);
  });

  it('a target that is not committed, but for a dry run, which says so', () => {
    const { root, write, git } = repository(specText(MOVES));
    write({ [NEW]: specText(MOVES, ['Write plainly', 'Write well']) });
    const refused = rebase(root, '--to', 'v02.138');
    expect(refused.code).toBe(1);
    expect(refused.out + refused.err).toContain(
      `Unexpected target ${NEW}, which is changed since the last commit, expected one that is committed (git add, git commit)`,
    );
    expect(git('status', '--porcelain')).toBe(`M ${NEW}`);
    const { code, out } = rebase(root, '--to', 'v02.138', '--dry-run');
    const lines = out.trimEnd().split('\n');
    expect([code, lines.at(-1)]).toEqual([0, `next   git add ${NEW} && git commit`]);
    expect(out).toContain(`without --dry-run this is refused: ${NEW}, which is changed`);
    const json = gov(root, ['spec', 'rebase', '--to', 'v02.138', '--json']);
    expect(JSON.parse(json.out).findings[0].rule).toBe('spec/rebase-refused');
  });

  it('a target that only git remembers', () => {
    const { root, git } = repository(specText(MOVES));
    git('rm', '--quiet', OLD);
    git('commit', '--quiet', '--message', 'remove');
    const { code, err } = rebase(root, '--to', 'v02.134');
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(
        /^gov: --to v02\.134: this version is only in git \([0-9a-f]+:Demo_Spec_v02\.134\.md\), expected one file of the tree\n$/,
      ),
    ]);
  });
});

it('a target that is not in force is told, and so is a tree without git', () => {
  const root = temporaryFolder();
  writeTree(root, demoFiles({ [NEW]: specText(MOVES) }));
  const { code, out } = gov(root, ['spec', 'rebase', '--root', root, '--to', 'v02.138']);
  expect([code, out.split('\n').slice(-4)]).toEqual([
    0,
    [
      'there is no git here: nobody can tell whether the spec is committed',
      `SPEC_CURRENT.md names ${OLD}, and not ${NEW}`,
      'v02.138 · 2 rewritten',
      '',
    ],
  ]);
  expect(read(root, REFINEMENT)).toContain(`-> ${NEW}\n`);
});
