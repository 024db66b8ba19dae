import { describe, expect, it } from 'vitest';
import {
  type LedgerEntry,
  printLedgerEntry,
  readLedgerEntry,
  readOrchestratorGates,
  readPacket,
  readRefinement,
  readRegistry,
  readRoles,
  readSignatureAudit,
  readTaskBoard,
} from '../../tools/artifacts/index.ts';
import { openJson } from '../../tools/artifacts/json/json-document.ts';
import { checkLedger } from '../../tools/artifacts/ledger/chain.ts';
import { canonicalJson, sha256 } from '../../tools/text/index.ts';
import { fileOf, textAt } from './memory.ts';

describe('readTaskBoard', () => {
  const file = fileOf(
    'TASK_BOARD.md',
    [
      '# Board',
      '- `- **[WP_ID]** - [ACTIVE]`',
      '## Ready for Dev',
      '- **[WP-1-Bare-v1]**',
      '* **[WP-1-Star-v1]** - [BLOCKED] - blocked_by: WP-1-Bare-v1 (must be VALIDATED)',
      '## Done (Phase 1)',
      '- **[WP-1-Done-v1]** - [VALIDATED]',
      '~~~',
      '- **[WP-1-Example-v1]** - [STUB]',
      '~~~',
    ].join('\n'),
  );
  const { entries } = readTaskBoard(file);

  it('reads entries in every section and spelling, none from an example', () => {
    expect(entries.map(({ wpId, token, section, detail }) => [wpId, token, section, detail])).toEqual([
      ['WP-1-Bare-v1', undefined, 'Ready for Dev', ''],
      ['WP-1-Star-v1', 'BLOCKED', 'Ready for Dev', 'blocked_by: WP-1-Bare-v1 (must be VALIDATED)'],
      ['WP-1-Done-v1', 'VALIDATED', 'Done (Phase 1)', ''],
    ]);
  });

  it('says where tokens stand', () => {
    expect(entries.map(({ tokenPlace }) => textAt(file, tokenPlace))).toEqual([
      '',
      '[BLOCKED]',
      '[VALIDATED]',
    ]);
  });
});

describe('readRegistry', () => {
  it('reads the notes grammar', () => {
    const { rows, headerLine } = readRegistry(
      fileOf(
        'R.md',
        '\ufeff# R\n\n| Base WP ID | Active Packet | Task Board | Notes |\n|---:|---|---|---|\n| WP-1-A | `p.md` | Done: x | active=WP-1-A-v2; activated from stub s.md; supersedes: WP-1-A, WP-1-A-v1; free |\n| WP-1-B | q.md |\n',
      ),
    );
    expect(headerLine).toBe(3);
    expect(rows).toMatchObject([
      {
        baseWpId: 'WP-1-A',
        activePacket: 'p.md',
        taskBoard: 'Done: x',
        notes: 'active=WP-1-A-v2; activated from stub s.md; supersedes: WP-1-A, WP-1-A-v1; free',
        active: 'WP-1-A-v2',
        activatedFrom: 's.md',
        supersedes: ['WP-1-A', 'WP-1-A-v1'],
        cells: 4,
      },
      { baseWpId: 'WP-1-B', activePacket: 'q.md', taskBoard: '', notes: '', supersedes: [], cells: 2 },
    ]);
  });
});

describe('readSignatureAudit', () => {
  it('reads rows, the work packets they name, and those set aside', () => {
    const { rows } = readSignatureAudit(
      fileOf(
        'A.md',
        '| Signature | Used By | Date/Time | Purpose | Master Spec Version | Notes |\n|--|--|--|--|--|--|\n| ilja240220260346 | O | 2026-02-24 03:46 | Task packet creation: WP-1-A-v1 | v02.137 | ok |\n| x | O | t | (INVALID - REUSED BY ERROR) | v | n |\n',
      ),
    );
    expect(
      rows.map(({ signature, wpIds, invalid, place }) => [signature, wpIds, invalid, place.line]),
    ).toEqual([
      ['ilja240220260346', ['WP-1-A-v1'], false, 3],
      ['x', [], true, 4],
    ]);
  });
});

describe('readRefinement', () => {
  it('does not believe a fenced example (governance-grammar 5.1 #7) nor the next line (#6)', () => {
    const refinement = readRefinement(
      fileOf(
        'WP-1-A-v1.md',
        '```md\n- USER_REVIEW_STATUS: APPROVED\n- ENRICHMENT_NEEDED: NO\n```\n### METADATA\n- WP_ID: WP-1-A-v1\n- USER_REVIEW_STATUS: PENDING\n- USER_SIGNATURE:\n- USER_APPROVAL_EVIDENCE: <pending>\n### CLEARLY_COVERS\n- CLEARLY_COVERS_VERDICT: FAIL\n### ENRICHMENT\n- ENRICHMENT_NEEDED: YES\n#### ANCHOR 1\n#### ANCHOR 2\n',
      ),
    );
    const { reviewStatus, signature, verdict, enrichmentNeeded, anchors } = refinement;
    expect([reviewStatus?.value, signature?.value, verdict?.value, enrichmentNeeded?.value]).toEqual([
      'PENDING',
      '',
      'FAIL',
      'YES',
    ]);
    expect(anchors).toHaveLength(2);
  });
});

describe('readPacket', () => {
  it.each([
    ['- **Status:** Done', 'Done'],
    ['- STATUS: Ready for Dev', 'Ready for Dev'],
    ['**Status:** In Progress (not done yet)', 'In Progress'],
    ['Status: X', 'X'],
    ['- **STATUS**: Done', 'Done'],
    ['* **Status:** Done', 'Done'],
    ['no status', undefined],
    ['Status:', undefined],
  ])('status spelled "%s"', (line, status) => {
    const packet = readPacket(fileOf('WP-1-A-v1.md', `# Task Packet: WP-1-A-v1\n## METADATA\n${line}\n`));
    expect(packet.status?.value).toBe(status);
  });

  it('ids without their notes, paths in scope', () => {
    const packet = readPacket(
      fileOf(
        'WP-1-A-v1.md',
        '# Work Packet: WP-1-A-v1 (Remediation)\n## Metadata\n- TASK_ID: WP-1-A-v1\n- BASE_WP_ID: WP-1-A (stable)\n- USER_SIGNATURE: ilja240220260346\n## SCOPE\n- IN_SCOPE_PATHS:\n  - src/a.ts\n  - `src/b.ts` (append-only)\n- OUT_OF_SCOPE:\n  - c\n',
      ),
    );
    expect([packet.title?.text, packet.baseWpId?.value]).toEqual(['WP-1-A-v1', 'WP-1-A']);
    expect(packet.inScopePaths.map(({ text, place }) => [text, textAt(packet.file, place)])).toEqual([
      ['src/a.ts', 'src/a.ts'],
      ['src/b.ts', 'src/b.ts'],
    ]);
  });
});

describe('readOrchestratorGates', () => {
  it('reads events with their lines, and reports what is none', () => {
    const text =
      '{\n "gate_logs": [\n  {\n   "wpId": "WP-1-A-v1", "type": "SIGNATURE",\n   "signature": "s", "timestamp": "2026-02-24T02:47:07Z"\n  },\n  {"wpId": 3},\n  {"wpId": "WP-1-A-v1", "type": "PREPARE", "timestamp": "whenever"}\n ]\n}';
    const gates = readOrchestratorGates(fileOf('G.json', text));
    expect(
      gates.events.map(({ wpId, type, signature, place }) => [wpId, type, signature, place.line]),
    ).toEqual([['WP-1-A-v1', 'SIGNATURE', 's', 3]]);
    expect(gates.findings.map(({ message, place }) => [message, place.line])).toEqual([
      ['Unexpected entry, expected {wpId, type, timestamp} with an RFC 3339 time: it is no evidence', 7],
      ['Unexpected entry, expected {wpId, type, timestamp} with an RFC 3339 time: it is no evidence', 8],
    ]);
  });

  it.each(['', '{', '[]', '{}', '{"gate_logs": 1}', 'null'])('%j is a finding, never a crash', (text) => {
    const { events, findings } = readOrchestratorGates(fileOf('G.json', text));
    expect([events, findings.length, findings[0]?.rule]).toEqual([[], 1, 'artifact/malformed']);
  });
});

describe('readRoles', () => {
  const problems = (text: string): string[] =>
    readRoles(fileOf('roles.yaml', text)).findings.map(
      ({ place, message }) => `${place.line}:${place.column} ${message}`,
    );

  it('reads roles', () => {
    const { roles, findings } = readRoles(
      fileOf(
        'roles.yaml',
        'roles:\n  Coder:\n    may_spawn: [Coder]\n    default_lane: SUBAGENT\n    capabilities: [fs.read]\n',
      ),
    );
    expect(findings).toEqual([]);
    expect(roles.get('Coder')).toMatchObject({
      maySpawn: ['Coder'],
      defaultLane: 'SUBAGENT',
      capabilities: ['fs.read'],
      place: { line: 2, column: 3 },
    });
  });

  it.each([
    ['roles: 3', ['1:1 Unexpected content, expected a map "roles"']],
    ['', ['1:1 Unexpected content, expected a map "roles"']],
    ['roles:\n  A:\n    may_spawn: B', ['3:16 Unexpected may_spawn of role "A", expected a list of names']],
    ['roles:\n  A: x', ['2:3 Unexpected value of role "A", expected may_spawn, default_lane, capabilities']],
    [
      'roles:\n  A:\n    default_lane: FAST',
      ['3:19 Unexpected default_lane "FAST", expected PRIMARY, SUBAGENT, VALIDATION, BACKGROUND'],
    ],
    ['roles:\n  A:\n    may_spawn: [B]', ['2:3 Unexpected role "B" in may_spawn of "A", expected one of A']],
  ])('%j', (text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  it('broken YAML grants nothing', () => {
    const { roles, findings } = readRoles(fileOf('roles.yaml', 'roles:\n  A: [\n'));
    expect([roles.size, findings.length > 0, findings[0]?.rule]).toEqual([0, true, 'artifact/malformed']);
  });
});

describe('readLedgerEntry', () => {
  const content = {
    wp_id: 'WP-1-A-v1',
    kind: 'attest',
    parents: ['p'],
    actor: 'ilja',
    role: 'Operator',
    time: '2026-02-24T04:00:00Z',
    data: { intent: 'main_body', reason: 'seen', subject: '0'.repeat(64) },
  };
  const hash = sha256(canonicalJson(content));
  const read = (name: string, text: string) => readLedgerEntry(fileOf(`.GOV/ledger/WP-1-A-v1/${name}`, text));

  it('reads an entry whose name is the hash of its content', () => {
    const { entry, findings } = read(`3-attest-${hash.slice(0, 16)}.json`, canonicalJson(content));
    expect(findings).toEqual([]);
    expect(entry).toMatchObject({
      wpId: 'WP-1-A-v1',
      seq: 3,
      kind: 'attest',
      hash,
      actor: 'ilja',
      parents: ['p'],
    });
  });

  it.each([
    [`3-attest-${hash}.json`, canonicalJson({ ...content, actor: 'eve' }), 'ledger/name-mismatch'],
    ['attest.json', canonicalJson(content), 'ledger/name-mismatch'],
    [`3-approve-${hash}.json`, canonicalJson(content), 'ledger/name-mismatch'],
    [`3-attest-${hash}.json`, canonicalJson({ ...content, wp_id: 'WP-1-B-v1' }), 'ledger/name-mismatch'],
    [`3-attest-${hash}.json`, '{', 'artifact/malformed'],
    [`3-attest-${hash}.json`, '[]', 'artifact/malformed'],
  ])('%s with %s is no entry', (name, text, rule) => {
    const { entry, findings } = read(name, text);
    expect([entry, findings.map((finding) => finding.rule)]).toEqual([undefined, [rule]]);
  });

  it('prints its bytes, and a changed one canonically, under another hash', () => {
    const text = JSON.stringify(content, null, 2);
    const { entry } = read(`3-attest-${hash}.json`, text);
    expect(entry && printLedgerEntry(entry)).toBe(text);
    const changed = { ...content, actor: 'eve' };
    expect(entry && printLedgerEntry({ ...entry, content: changed })).toBe(canonicalJson(changed));
    expect(read(`3-attest-${sha256(canonicalJson(changed))}.json`, canonicalJson(changed)).entry?.actor).toBe(
      'eve',
    );
  });

  it.each([
    [
      '{"wp_id": "WP-1-B-v1", "kind": "attest"}',
      '1:11 Unexpected wp_id "WP-1-B-v1", expected the "WP-1-A-v1" of its path',
    ],
    ['{"wp_id": "WP-1-A-v1",\n"kind": 3}', '2:9 Unexpected kind 3, expected the "attest" of its path'],
    ['{"kind": "attest"}', '1:1 Unexpected wp_id (none), expected the "WP-1-A-v1" of its path'],
    [
      '{"kind": "attest", "kind": "sign"}',
      '1:20 Unexpected second "kind", expected each key once: only the last one counts',
    ],
  ])('%s: at the value', (text, expected) => {
    const { findings } = read(`3-attest-${hash}.json`, text);
    expect(findings.map(({ place, message }) => `${place.line}:${place.column} ${message}`)).toEqual([
      expected,
    ]);
  });

  it('an entry without its fields is one, with a finding, and settles nothing', () => {
    const text = canonicalJson({ wp_id: 'WP-1-A-v1', kind: 'attest', time: '2026-02-30T04:00:00Z' });
    const { entry, findings } = read(`3-attest-${sha256(text)}.json`, text);
    expect([entry?.complete, findings.map(({ rule, message }) => `${rule} ${message}`)]).toEqual([
      false,
      [
        'ledger/field-missing Unexpected entry without actor, role, time, parents, data, expected actor, role, time (RFC 3339), parents and data: it settles nothing',
      ],
    ]);
  });

  it.each([
    ['50,000 levels', '['.repeat(50_000) + ']'.repeat(50_000)],
    ['a number beyond numbers', '1e999'],
  ])('%s are a finding, never a crash', (_, value) => {
    const text = `{"wp_id":"WP-1-A-v1","kind":"attest","data":{"x":${value}}}`;
    const { entry, findings } = read(`3-attest-${hash}.json`, text);
    expect([entry, findings.map(({ rule }) => rule)]).toEqual([undefined, ['artifact/malformed']]);
  });
});

describe('the chain of a ledger', () => {
  const entry = (seq: number, hash: string, ...parents: string[]): LedgerEntry => {
    const path = `${seq}-attest-${hash}.json`;
    const document = openJson(fileOf(path, JSON.stringify({ parents })));
    return {
      wpId: 'WP-1-A-v1',
      seq,
      kind: 'attest',
      hash,
      parents,
      parentPlaces: document.root!.list('parents').map(({ place }) => place),
      data: {},
      complete: true,
      path,
      document,
      content: { parents },
    };
  };

  it.each([
    ['one line', [entry(1, 'a'), entry(2, 'b', 'a')], []],
    ['a parent that is not there', [entry(2, 'b', 'a')], ['ledger/parent-missing 2-attest-b.json']],
    [
      'two branches',
      [entry(1, 'a'), entry(2, 'b', 'a'), entry(2, 'c', 'a')],
      ['ledger/sequence-repeated 2-attest-c.json', 'ledger/heads-compete 2-attest-c.json'],
    ],
    [
      'two branches that an entry names',
      [entry(1, 'a'), entry(2, 'b', 'a'), entry(2, 'c', 'a'), entry(3, 'd', 'b', 'c')],
      [],
    ],
  ])('%s', (_, entries, expected) => {
    expect(checkLedger(entries).map(({ rule, place }) => `${rule} ${place.file}`)).toEqual(expected);
  });

  it('a parent that is not there has its own place', () => {
    const [finding] = checkLedger([entry(2, 'b', 'a')]);
    expect([finding?.place.column, finding?.found]).toEqual([13, '"a"']);
  });
});
