import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { READER_RULES, RULES, runChecks } from '../../tools/checks/index.ts';
import { treeOf } from '../artifacts/memory.ts';
import { gov } from '../support/gov.ts';
import { temporaryRepository } from '../support/repository.ts';
import { readTreeFixtures, lineOf as treeLineOf, treeOfFixture } from './across-fixture.ts';
import { BOARD, baseFiles, baseSpec, REGISTRY, STUB } from './base.ts';
import { findingsOf, lineOf, readFixtures } from './fixture.ts';

// What scripts before this tool got wrong (governance-grammar 5.1 to 5.3), and what is said here instead.

const fixtures = readFixtures();

/** A sound document of the fixtures, edited: each text that is replaced has to be there. */
async function said(name: string, ...edits: [from: string, to: string][]): Promise<string[]> {
  const fixture = fixtures.find((each) => each.name === name);
  if (fixture === undefined) throw new Error(`no fixture ${name}`);
  let text = fixture.text;
  for (const [from, to] of edits) {
    if (!text.includes(from)) throw new Error(`${name} has no "${from}"`);
    text = text.replace(from, () => to);
  }
  return (await findingsOf(fixture, text)).map((finding) => lineOf(fixture, finding));
}

const repository = join(import.meta.dirname, '..', '..');
const REFINEMENT = 'refinement/clean';
const PACKET = 'packet/clean';
const BOARD_FIXTURE = 'board/clean';
const CLAIMED: [string, string][] = [
  ['CODER_MODEL: <unclaimed>', 'CODER_MODEL: some-model'],
  ['CODER_REASONING_STRENGTH: <unclaimed>', 'CODER_REASONING_STRENGTH: HIGH'],
];
const UNCLAIMED = [
  '10:16 error packet/claim Unexpected CODER_MODEL "<unclaimed>" in a packet in progress, expected the model that works on it',
  '11:29 error packet/claim Unexpected CODER_REASONING_STRENGTH "<unclaimed>" in a packet in progress, expected LOW, MEDIUM, HIGH, EXTRA_HIGH',
];

describe('5.1 refinement, signature and packet', () => {
  it('5.1 #1: a byte order mark makes no refinement unreadable', async () => {
    expect(await said('refinement/clean-with-bom')).toEqual([
      '1:1 info text/bom Unexpected byte order mark, expected text',
    ]);
  });

  it('5.1 #2: ilja999999999999 is no signature', async () => {
    expect(await said(REFINEMENT, ['ilja240220261300', 'ilja999999999999'])).toEqual([
      '11:19 error refinement/signature-malformed Unexpected signature "ilja999999999999", expected {username}{DDMMYYYYHHMM} of a time that the calendar has',
    ]);
  });

  it('5.1 #4: an anchor in the roadmap is no authority', async () => {
    const files = baseFiles();
    const stub = files[STUB]!.replace('1.1.1 Session Model (Normative)', '7.6.1');
    const found = runChecks(await treeOf({ ...files, [STUB]: stub }), baseSpec());
    expect(found.map(({ rule }) => rule)).toContain('anchor/not-normative');
  });

  it('5.1 #5: open boxes, a window over the whole spec and the token "e" are all seen', async () => {
    const found = await said(
      REFINEMENT,
      ['Appears in Main Body: [x]', 'Appears in Main Body: [ ]'],
      ['Explicitly named: [x]', 'Explicitly named: [ ]'],
      ['Specific: [x]', 'Specific: [ ]'],
      ['Measurable acceptance criteria: [x]', 'Measurable acceptance criteria: [ ]'],
      ['No ambiguity: [x]', 'No ambiguity: [ ]'],
      ['CONTEXT_START_LINE: 9', 'CONTEXT_START_LINE: 1'],
      ['CONTEXT_END_LINE: 11', 'CONTEXT_END_LINE: 69477'],
      ['CONTEXT_TOKEN: Session Model', 'CONTEXT_TOKEN: e'],
    );
    expect(found).toEqual([
      '32:27 error refinement/boxes-verdict Unexpected verdict PASS over 5 open boxes (Appears in Main Body, Explicitly named, Specific, Measurable acceptance criteria, No ambiguity), expected "[x] PASS" in each',
      '51:21 warning refinement/window-long Unexpected window of 69477 lines, expected at most 250',
      '52:18 warning refinement/token-weak Unexpected token "e", expected at least 4 characters of the text',
    ]);
  });

  it('5.1 #6: an empty value is empty, and not the next line', async () => {
    const found = await said(
      REFINEMENT,
      ['CLEARLY_COVERS_REASON: The states are named.', 'CLEARLY_COVERS_REASON:'],
      ['REASON_NO_ENRICHMENT: Every state is defined.', 'REASON_NO_ENRICHMENT:'],
      ['SPEC_ANCHOR: Demo_Spec_v02.137.md 1.1.1 Session Model', 'SPEC_ANCHOR:'],
    );
    expect(found).toEqual([
      '33:25 error refinement/field-missing Unexpected empty value, expected CLEARLY_COVERS_REASON with a value',
      '39:24 error refinement/field-missing Unexpected empty value, expected REASON_NO_ENRICHMENT with a value',
      '49:15 error refinement/anchor-incomplete Unexpected empty value, expected SPEC_ANCHOR with a value',
    ]);
  });

  it('5.1 #7: a fenced example answers for no field', async () => {
    const found = await said(
      REFINEMENT,
      ['USER_SIGNATURE: ilja240220261300', 'USER_SIGNATURE: <pending>'],
      ['USER_APPROVAL_EVIDENCE: APPROVE REFINEMENT WP-1-Demo-v1', 'USER_APPROVAL_EVIDENCE: <pending>'],
      ['CLEARLY_COVERS_VERDICT: PASS', 'CLEARLY_COVERS_VERDICT: FAIL'],
      [
        '### METADATA',
        '```md\n- CLEARLY_COVERS_VERDICT: PASS\n- USER_APPROVAL_EVIDENCE: APPROVE REFINEMENT WP-1-Demo-v1\n```\n\n### METADATA',
      ],
    );
    expect(found).toEqual([
      '17:27 error refinement/approval-evidence Unexpected approval without its words, expected "APPROVE REFINEMENT WP-1-Demo-v1"',
      '37:27 error refinement/boxes-verdict Unexpected verdict FAIL over five ticked boxes, expected one that is open',
      '43:22 error refinement/verdict-conflict Unexpected ENRICHMENT_NEEDED "NO", expected YES with CLEARLY_COVERS_VERDICT FAIL',
    ]);
  });

  it('5.1 #8: prose between pipes is no row of the audit, and NOT-A-SIGNATURE is none', async () => {
    expect(
      await said('audit/clean', ['## Consumed', 'It says | NOT-A-SIGNATURE | here.\n\n## Consumed']),
    ).toEqual([]);
    expect(await said('audit/clean', ['| ilja230220260915 |', '| NOT-A-SIGNATURE |'])).toEqual([
      '8:3 error audit/signature-malformed Unexpected signature "NOT-A-SIGNATURE", expected {username}{DDMMYYYYHHMM} of a time that the calendar has',
    ]);
  });

  it('5.1 #9: the words of the approval cannot be deleted after the signature', async () => {
    expect(
      await said(REFINEMENT, ['- USER_APPROVAL_EVIDENCE: APPROVE REFINEMENT WP-1-Demo-v1\n', '']),
    ).toEqual([
      '10:23 error refinement/approval-evidence Unexpected approval without USER_APPROVAL_EVIDENCE, expected "APPROVE REFINEMENT WP-1-Demo-v1"',
    ]);
  });

  it('5.1 #10: an audit whose header was renamed is told of before anything is signed', async () => {
    expect(await said('audit/clean', ['| Signature |', '| Signed |'])).toEqual([
      '8:1 error audit/table Unexpected signature audit without its table, expected a table with the columns Signature, Used By, Date/Time, Purpose, Master Spec Version, Notes',
    ]);
  });

  it('5.1 #14: an id that leads out of the repository is none', async () => {
    expect(await said('clean-stub', ['- WP_ID: WP-1-Demo-v1', '- WP_ID: WP-/../../../../evil'])).toContain(
      '11:10 error stub/metadata-malformed Unexpected WP_ID "WP-/../../../../evil", expected WP-<phase>-<Name>[-vN]',
    );
  });

  it('5.1 #18: a packet that nobody filled in is not ready', async () => {
    const found = await said(
      PACKET,
      ['RISK_TIER: LOW', 'RISK_TIER: LOW | MEDIUM | HIGH'],
      ['  - src/session.ts', '  - path/to/file'],
      ['SPEC_ANCHOR: Demo_Spec_v02.137.md 1.1.1 Session Model', 'SPEC_ANCHOR: <fill>'],
    );
    expect(found).toEqual([
      '13:14 error packet/template-text Unexpected "LOW | MEDIUM | HIGH" of the template, expected what this packet needs',
      '24:5 error packet/template-text Unexpected "path/to/file" of the template, expected what this packet needs',
      '34:16 error packet/template-text Unexpected "<fill>" of the template, expected what this packet needs',
    ]);
  });

  it('5.1 #19: the note behind MERGE_BASE_SHA does not hide the hash', async () => {
    expect(await said(PACKET)).toEqual([]);
    expect(await said(PACKET, ['0092ad1dcfec98e064f9eb97185ac493dedb7b42', '0092ad1'])).toEqual([
      '8:19 error packet/merge-base Unexpected MERGE_BASE_SHA "0092ad1 (git merge-base main HEAD)", expected 40 hexadecimal digits',
    ]);
  });

  it('5.1 #20: without PACKET_FORMAT_VERSION a packet is judged, and "not done yet" is in progress', async () => {
    const found = await said(
      PACKET,
      ['- PACKET_FORMAT_VERSION: 2026-02-01\n', ''],
      ['**Status:** Ready for Dev', '**Status:** In Progress (not done yet)'],
    );
    expect(found).toEqual([
      '3:1 info packet/format-version Unexpected packet without a format version, expected PACKET_FORMAT_VERSION with a day (2026-02-01)',
      ...UNCLAIMED.map((line) => line.replace('error', 'info')),
    ]);
  });
});

describe('5.2 gate-check', () => {
  const BEGUN: [string, string] = ['- (Coder fills after skeleton approval.)', '- src/session.ts'];
  const UNAPPROVED =
    'error packet/skeleton-unapproved Unexpected content under "IMPLEMENTATION", expected a line "SKELETON APPROVED" before it';

  it('5.2 gate-check: **Status:** In Progress is in progress', async () => {
    expect(await said(PACKET, ['**Status:** Ready for Dev', '**Status:** In Progress'])).toEqual(UNCLAIMED);
  });

  it('5.2 gate-check: the headings of the current template count as implementation', async () => {
    expect(await said(PACKET, BEGUN)).toEqual([`43:1 ${UNAPPROVED}`]);
  });

  it('5.2 gate-check: a marker in a fence of tildes is an example', async () => {
    const example = '## SKELETON\n~~~\nSKELETON APPROVED\n~~~';
    expect(await said(PACKET, BEGUN, ['## SKELETON', example])).toEqual([`46:1 ${UNAPPROVED}`]);
  });

  it('5.2 gate-check: a fence of four ticks holds one of three, and no marker in it counts', async () => {
    const example = '## SKELETON\n````md\n```\nSKELETON APPROVED\n```\nSKELETON APPROVED\n````';
    expect(await said(PACKET, BEGUN, ['## SKELETON', example])).toEqual([`49:1 ${UNAPPROVED}`]);
  });

  it('5.2 gate-check: behind such a fence real headings are headings', async () => {
    const example = '## SKELETON\n````md\n```\n## IMPLEMENTATION\n```\n````\n\nSKELETON APPROVED';
    expect(await said(PACKET, BEGUN, ['## SKELETON', example])).toEqual([]);
  });
});

describe('5.2 task-board-check', () => {
  const DONE = '- **[WP-1-Old-v1]** - [VALIDATED]';

  it('5.2 board: an asterisk is a bullet, WP-Ghost is no id, and junk behind the state is seen', async () => {
    expect(await said(BOARD_FIXTURE, [DONE, '* **[WP-Ghost]** - [VALIDATED] junk'])).toEqual([
      '20:1 warning board/entry-form Unexpected "* **[WP-Ghost]** - [VALIDATED]", expected "- **[WP-Ghost]** - [VALIDATED]"',
      '20:6 error board/not-an-id Unexpected entry for "WP-Ghost", expected an id such as WP-1-Name-v1',
      '20:32 warning board/entry-junk Unexpected "junk" behind the state, expected "key: value" or nothing',
    ]);
  });

  it('5.2 board: [BANANA] under Ready for Dev is no state', async () => {
    expect(await said(BOARD_FIXTURE, ['[READY_FOR_DEV]', '[BANANA]'])).toEqual([
      '7:25 error board/unknown-token Unexpected state "BANANA", expected one of STUB, READY_FOR_DEV, ACTIVE, IN_PROGRESS, BLOCKED, VALIDATED, FAIL, OUTDATED_ONLY, SUPERSEDED',
    ]);
  });

  it('5.2 board: a duplicate is one in whatever section it stands', async () => {
    expect(await said(BOARD_FIXTURE, [DONE, '- **[WP-1-Demo-v1]** - [VALIDATED]'])).toEqual([
      '20:1 error board/two-states Unexpected second entry for WP-1-Demo-v1 ([VALIDATED]), expected one; the first is at 12:1 ([STUB])',
    ]);
    expect(await said(BOARD_FIXTURE, ['WP-1-Bare-v1', 'WP-1-Ready-v1'])).toEqual([
      '8:1 error board/two-states Unexpected second entry for WP-1-Ready-v1 (no state), expected one; the first is at 7:1 ([READY_FOR_DEV])',
    ]);
  });

  it('5.2 board: "Done (Phase 1)" is the section Done, and its entries are judged', async () => {
    expect(
      await said(BOARD_FIXTURE, ['## Done', '## Done (Phase 1)'], [DONE, '- **[WP-1-Old-v1]** - [STUB]']),
    ).toEqual([
      '20:23 error board/wrong-section Unexpected state STUB in the section "Done (Phase 1)", expected it in "Stub Backlog"',
    ]);
  });

  it('5.2 board: a bullet in a fence is an example', async () => {
    expect(
      await said(BOARD_FIXTURE, [DONE, `${DONE}\n\n\`\`\`md\n- any bullet\n- **[WP-Ghost]**\n\`\`\``]),
    ).toEqual([]);
  });
});

describe('5.2 activation check', () => {
  it('5.2 activation: a row of the registry leads to a packet, not to docs/', async () => {
    expect(
      await said('registry/clean', ['.GOV/task_packets/WP-1-Loom-v2.md', 'docs/WP-1-Loom-v2.md']),
    ).toEqual([
      '6:15 error registry/path-outside Unexpected active packet "docs/WP-1-Loom-v2.md", expected a file under .GOV/task_packets',
    ]);
  });

  it('5.2 activation: of two rows of a base the last does not win', async () => {
    const row = '| WP-1-Loom | .GOV/task_packets/WP-1-Loom-v1.md | Done: WP-1-Loom-v1 | - |\n';
    expect(await said('registry/clean', ['| WP-1-Loom |', `${row}| WP-1-Loom |`])).toEqual([
      '7:3 error registry/two-rows Unexpected second row for WP-1-Loom (.GOV/task_packets/WP-1-Loom-v2.md), expected one; the first is in line 6 (.GOV/task_packets/WP-1-Loom-v1.md)',
    ]);
  });

  it('5.2 activation: a row to a stub that is not there is told of', async () => {
    const files = baseFiles();
    const registry = files[REGISTRY]!.replace('WP-1-Demo-v1.md', 'WP-1-Gone-v1.md');
    const found = runChecks(await treeOf({ ...files, [REGISTRY]: registry }), baseSpec());
    expect(found.map(({ rule }) => rule)).toContain('registry/file-missing');
  });

  it('5.2 activation: [STUB] behind two blanks is the state STUB', async () => {
    const files = baseFiles();
    const board = files[BOARD]!.replace('- [STUB]', '-  [STUB]');
    const found = runChecks(await treeOf({ ...files, [BOARD]: board }), baseSpec());
    // As an entry it stands where it should: nothing but its spelling is told of.
    expect(found.map(({ message }) => message)).toEqual([
      'Unexpected "- **[WP-1-Demo-v1]** -  [STUB]", expected "- **[WP-1-Demo-v1]** - [STUB]"',
    ]);
  });

  it('5.2 activation: a packet without -vN is one, and board and registry may not call it a stub', async () => {
    const id = 'WP-1-Spec-Router-Session-Log';
    const stub = `.GOV/task_packets/stubs/${id}.md`;
    const found = runChecks(
      await treeOf({
        ...baseFiles(),
        [stub]: baseFiles()[STUB]!.replaceAll('WP-1-Demo-v1', id).replaceAll('WP-1-Demo', id),
        [`.GOV/task_packets/${id}.md`]: `# Task Packet: ${id}\n\n- **Status:** Ready for Dev\n`,
        [BOARD]: baseFiles()[BOARD]!.replace('## Done', `- **[${id}]** - [STUB]\n\n## Done`),
        [REGISTRY]: `${baseFiles()[REGISTRY]}| ${id} | ${stub} | Stub Backlog (Not Activated): ${id} | - |\n`,
      }),
      baseSpec(),
    );
    expect(found.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['board/stub-although-packet', 'registry/stub-although-packet']),
    );
  });
});

describe('5.2 SPEC_CURRENT', () => {
  const POINTER = 'pointer-two-specs';

  it('5.2 SPEC_CURRENT: bold is the older spec, and a mention of the newer one is no proof of it', async () => {
    const found = await said(
      POINTER,
      ['**Demo_Spec_v02.137.md**', '**Demo_Spec_v02.134.md**'],
      ['# SPEC_CURRENT (was Demo_Spec_v02.134.md)', '# SPEC_CURRENT'],
      ['(Updated: 2026-02-22 - v02.136; v02.137 is `Demo_Spec_v2.137.md`)', 'Next is Demo_Spec_v02.137.md.'],
    );
    expect(found).toContain(
      '7:9 error pointer/two-specs Unexpected mention of Demo_Spec_v02.137.md, expected only the version of "Demo_Spec_v02.134.md"',
    );
  });

  it('5.2 SPEC_CURRENT: a spec that the title mentions is not the current one', async () => {
    const found = await said(POINTER);
    expect(found).toContain(
      '1:21 error pointer/two-specs Unexpected mention of Demo_Spec_v02.134.md, expected only the version of "Demo_Spec_v02.137.md"',
    );
  });
});

describe('5.2 validator gates', () => {
  const gates = async (wpId: string): Promise<string[]> => {
    const fixture = readTreeFixtures().find(({ name }) => name === 'validator-reports')!;
    const found = runChecks(await treeOfFixture(fixture), baseSpec());
    return found
      .filter(({ rule, args }) => rule.startsWith('validator-gates/') && args.wpId === wpId)
      .map(treeLineOf);
  };

  it('5.2 validator gates: all gates without a report in the packet are no validation', async () => {
    expect(await gates('WP-1-Bare-v1')).toEqual([
      'validator_gates/WP-1-Bare-v1.json:3:115 error validator-gates/report-missing Unexpected WP_APPENDED with no report in the packet of WP-1-Bare-v1, expected a report with verdict PASS',
    ]);
  });

  it('5.2 validator gates: a session that is over is not gone on with', async () => {
    const found = await said('validator-gates-clean', [
      '"timestamp": "2026-02-24T02:04:00.000Z"\n        }',
      '"timestamp": "2026-02-24T02:04:00.000Z"\n        },\n        {\n          "gate": "WP_APPENDED",\n          "timestamp": "2026-02-24T02:05:00.000Z"\n        }',
    ]);
    expect(found.filter((line) => line.includes('validator-gates/order'))).toEqual([
      '28:19 error validator-gates/order Unexpected WP_APPENDED after USER_ACKNOWLEDGED, expected no more gates',
    ]);
  });

  it('5.2 validator gates: a FAIL that was reset is told of at the PASS that took its place', async () => {
    expect(await gates('WP-1-Hidden-v1')).toEqual([
      'validator_gates/WP-1-Hidden-v1.json:3:61 error validator-gates/fail-reset Unexpected PASS of WP-1-Hidden-v1 after a FAIL that was reset, expected a FAIL that stands',
    ]);
  });
});

describe('5.2 governance snapshot', () => {
  it('5.2 governance snapshot: it is read as it is, and a stale one is told of', async () => {
    const fixture = readTreeFixtures().find(({ name }) => name === 'snapshot')!;
    const found = runChecks(await treeOfFixture(fixture), baseSpec());
    expect(found.filter(({ rule }) => rule === 'snapshot/stale').map(treeLineOf)).toEqual(fixture.expected);
  });
});

describe('5.2 claim check', () => {
  it.each([
    '- **Status:** In-Progress',
    '- STATUS: In Progress',
    '* **Status:** In Progress',
    '- Status: In Progress',
    '- **Status**: In Progress',
    '**Status:** IN_PROGRESS',
    '- **Status:** In Progress (not done yet)',
  ])('5.2 claim: "%s" is in progress and needs a claim', async (line) => {
    const found = await said(PACKET, ['- **Status:** Ready for Dev', line]);
    expect(found.filter((each) => !each.includes('packet/status-spelling'))).toEqual(UNCLAIMED);
  });

  it('5.2 claim: "HIGH (see note)" is HIGH', async () => {
    const found = await said(PACKET, ...CLAIMED, ['**Status:** Ready for Dev', '**Status:** In Progress']);
    expect(found).toEqual([]);
    const noted = await said(
      PACKET,
      CLAIMED[0]!,
      [
        'CODER_REASONING_STRENGTH: <unclaimed> (LOW | MEDIUM | HIGH | EXTRA_HIGH)',
        'CODER_REASONING_STRENGTH: HIGH (see note)',
      ],
      ['**Status:** Ready for Dev', '**Status:** In Progress'],
    );
    expect(noted).toEqual([]);
  });

  it('5.2 claim: a bad packet does not keep the next from being judged', async () => {
    const packet = fixtures.find(({ name }) => name === 'packet/claim-missing')!;
    const paths = ['.GOV/task_packets/WP-1-Demo-v1.md', '.GOV/task_packets/WP-1-Other-v1.md'];
    const tree = await treeOf({
      ...baseFiles(),
      [paths[0]!]: packet.text,
      [paths[1]!]: packet.text.replaceAll('WP-1-Demo', 'WP-1-Other'),
    });
    const found = runChecks(tree, baseSpec()).filter(({ rule }) => rule === 'packet/claim');
    expect([...new Set(found.map(({ place }) => place.file))]).toEqual(paths);
  });
});

describe('5.3 composition', () => {
  const root = mkdtempSync(join(tmpdir(), 'gov incumbent-'));
  const board = fixtures.find(({ name }) => name === 'board/ghost')!;
  mkdirSync(join(root, dirname(board.path)), { recursive: true });
  writeFileSync(join(root, board.path), board.text);
  afterAll(() => rmSync(root, { recursive: true }));

  it.each([{}, { CI: '1' }, { GITHUB_ACTIONS: 'true' }, { CI: '1', GITHUB_ACTIONS: 'true' }])(
    '5.3 CI: all rules run and the exit code is 1 with %j',
    (env) => {
      const done = gov(root, ['check', '--root', root, '--json'], { env });
      const rules = JSON.parse(done.out).findings.map(({ rule }: { rule: string }) => rule);
      expect(done.code).toBe(1);
      expect(rules).toEqual(
        expect.arrayContaining(['board/entry-form', 'board/not-an-id', 'board/entry-junk']),
      );
    },
  );

  it('5.3 CI: an error in the first of the checks does not keep the others from running', async () => {
    const files = { ...baseFiles(), [board.path]: board.text };
    const registry = files[REGISTRY]!.replace('WP-1-Demo-v1.md', 'WP-1-Gone-v1.md');
    const found = runChecks(await treeOf({ ...files, [REGISTRY]: registry }), baseSpec());
    expect(new Set(found.map(({ place }) => place.file)).size).toBeGreaterThan(1);
  });

  describe('5.3 ci.yml', () => {
    const workflow = readFileSync(join(repository, '.github/workflows/gov-check.yml'), 'utf8');
    const lines = workflow
      .slice(workflow.indexOf('run: |'))
      .trimEnd()
      .split('\n')
      .map((line) => line.trim());
    const judged = lines.slice(lines.indexOf('result=0'));

    it('no line of the shell step ends it with success', () => {
      expect(lines[1]).toBe('set -euo pipefail');
      expect(lines.at(-1)).toBe('exit "$result"');
      expect(
        lines.filter((line) => /\bexit 0\b|&&\s*exit|\|\|\s*(?:true|:)|continue-on-error/.test(line)),
      ).toEqual([]);
      expect(lines.slice(0, -judged.length).filter((line) => /\bexit\b/.test(line))).toEqual([
        'fail() { echo "::error title=gov-check::$1: nothing was checked"; exit 2; }',
      ]);
      expect(judged.filter((line) => /\bexit\b/.test(line))).toEqual(['exit "$result"']);
      expect(workflow).not.toContain('continue-on-error');
    });

    // Its own lines, with a gov that answers as it is told.
    const GOV = [
      'node() { case "$*" in',
      '  "gov.js check --changed-since origin/main --format github") echo check; return "$CHECK";;',
      '  "gov.js wp status --changed-since origin/main") echo gates; return "$GATES";;',
      '  -p*) echo token;;',
      '  *) echo "unknown: $*"; return 99;;',
      'esac; }',
    ];
    const codes = [0, 1, 2];
    it.each(codes.flatMap((check) => codes.map((gates) => [check, gates])))(
      'the check says %i and the gates %i: both are asked, and the worse is the result',
      (check, gates) => {
        const done = spawnSync('bash', ['-c', [lines[1], ...GOV, ...judged].join('\n')], {
          encoding: 'utf8',
          env: { ...process.env, gov: 'gov.js', BASE: 'main', CHECK: `${check}`, GATES: `${gates}` },
        });
        expect([done.status, done.stdout, done.stderr]).toEqual([
          Math.max(check!, gates!),
          'check\n::stop-commands::token\ngates\n::token::\n',
          '',
        ]);
      },
    );
  });

  it('5.3 ci-traceability: a commit of governance documents alone is judged, and one of code is not', () => {
    const { root: work, commit } = temporaryRepository();
    const before = commit({ ...baseFiles(), 'src/main.ts': 'export {};\n' });
    const governed = commit({ [board.path]: board.text });
    commit({ 'src/main.ts': 'export const two = 2;\n' });
    const files = (since: string): string[] => {
      const done = gov(work, ['check', '--root', work, '--changed-since', since, '--json']);
      return JSON.parse(done.out).findings.map(({ place }: { place: { file: string } }) => place.file);
    };
    expect(files(before)).toContain(board.path);
    expect(files(governed)).not.toContain(board.path);
  });

  it('5.3 hook: it can be executed, begins with its shebang, and has LF alone', () => {
    const { root: work, git } = temporaryRepository();
    const bundle = join(work, 'node_modules/govkit/dist/bin/gov.js');
    mkdirSync(dirname(bundle), { recursive: true });
    cpSync(join(repository, 'dist'), join(work, 'node_modules/govkit/dist'), { recursive: true });
    cpSync(join(repository, 'package.json'), join(work, 'node_modules/govkit/package.json'));
    const done = gov(work, ['hooks', 'install', '--root', work], { bundle });
    expect(done.code).toBe(0);
    for (const name of ['pre-commit', 'pre-merge-commit']) {
      const hook = join(work, git('rev-parse', '--git-path', `hooks/${name}`).trim());
      expect(statSync(hook).mode & 0o777).toBe(0o755);
      const text = readFileSync(hook, 'latin1');
      expect(text.startsWith('#!/bin/sh\n')).toBe(true);
      expect(text).not.toContain('\r');
    }
  });

  it('5.3 f8a4e054: a tree in which no work packet is in progress is judged to its end', async () => {
    const files = baseFiles();
    const found = runChecks(
      await treeOf({
        ...files,
        [BOARD]: files[BOARD]!.replace('[STUB]', '[BANANA]'),
        [REGISTRY]: files[REGISTRY]!.replace('WP-1-Demo-v1.md', 'WP-1-Gone-v1.md'),
      }),
      baseSpec(),
    );
    expect(found.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['board/unknown-token', 'registry/file-missing']),
    );
  });

  it('5.3 output: every finding has a rule that is documented, a line, and plain words', async () => {
    const ids = new Set([...RULES, ...READER_RULES].map(({ id }) => id));
    for (const fixture of fixtures.filter(({ alone }) => alone)) {
      for (const { rule, place, message } of await findingsOf(fixture)) {
        expect([rule, ids.has(rule)]).toEqual([rule, true]);
        expect(place.line).toBeGreaterThan(0);
        expect(message).toMatch(/^Unexpected .+, expected .+/);
      }
    }
  });
});
