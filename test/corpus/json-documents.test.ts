import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type GovTree,
  parseSignature,
  printMailboxFile,
  printOrchestratorGates,
  printSpecPointer,
  printValidatorGates,
  readMailboxFile,
  readOrchestratorGates,
  readSpecPointer,
  readTree,
  readValidatorGates,
  type ValidationSession,
} from '../../tools/artifacts/index.ts';
import { canonicalAscii } from '../../tools/artifacts/json/canonical-ascii.ts';
import { RULES, runChecks } from '../../tools/checks/index.ts';
import type { Finding } from '../../tools/findings/index.ts';
import { worktreeSnapshot } from '../../tools/snapshot/index.ts';
import { currentSpec } from '../../tools/spec/source/current.ts';
import { decode, type TextFile } from '../../tools/text/index.ts';
import { textAt } from '../artifacts/memory.ts';
import { corpusRoot, goldenRoot } from '../support/corpus.ts';

let tree: GovTree;
let findings: Finding[];
beforeAll(async () => {
  tree = await readTree(worktreeSnapshot(corpusRoot));
  findings = runChecks(tree, undefined);
});

const bytes = (path: string): string => readFileSync(join(corpusRoot, path), 'utf8');
const again = (path: string, text: string): TextFile => decode(path, new TextEncoder().encode(text));

function countBy<T>(items: Iterable<T>, key: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + 1;
  return counts;
}

describe('the gate log', () => {
  it('182 events in five shapes, 19 of them of the first days', () => {
    const shape = ({
      type,
      legacy,
      entry,
    }: {
      type: string;
      legacy: boolean;
      entry: { value: unknown };
    }): string => `${type}${legacy ? ' legacy' : ''}: ${Object.keys(entry.value as object).join(' ')}`;
    expect(countBy(tree.gates!.events, shape)).toEqual({
      'REFINEMENT: wpId type refinement_path spec_target_resolved spec_target_sha1 timestamp turn_token': 57,
      'REFINEMENT legacy: wpId type data timestamp turn_token': 13,
      'SIGNATURE: wpId type signature timestamp refinement_path': 51,
      'SIGNATURE legacy: wpId type signature timestamp': 6,
      'PREPARE: wpId type coder_id branch worktree_dir timestamp': 55,
    });
  });

  it('every event and every value of it stands at its place', () => {
    const { events, file } = tree.gates!;
    const log = JSON.parse(file.text) as { gate_logs: Record<string, unknown>[] };
    let values = 0;
    for (const [index, { entry, place }] of events.entries()) {
      expect(JSON.parse(textAt(file, place))).toEqual(log.gate_logs[index]);
      for (const { key, node } of entry.members()) {
        expect(JSON.parse(textAt(file, node.place))).toEqual(log.gate_logs[index]![key.text]);
        values += 1;
      }
    }
    expect(values).toBe(57 * 7 + 13 * 5 + 51 * 5 + 6 * 4 + 55 * 6);
  });

  it('its 57 signatures have a real time, in the form of today', () => {
    const signatures = tree.gates!.events.flatMap(({ signature }) => signature ?? []);
    expect(countBy(signatures, (text) => String(parseSignature(text)?.legacy))).toEqual({ false: 57 });
    expect(new Set(signatures).size).toBe(57);
  });
});

describe('validator gates', () => {
  const sessions = (): ValidationSession[] =>
    tree.validatorGates.flatMap((gates) => [...gates.sessions, ...gates.archived]);

  it('31 files, one of them the legacy one with 12 work packets; 42 sessions and 21 archived', () => {
    const legacy = tree.validatorGates.filter((gates) => gates.legacy);
    expect([tree.validatorGates.length, legacy.map((gates) => [gates.path, gates.sessions.length])]).toEqual([
      31,
      [['.GOV/roles/validator/VALIDATOR_GATES.json', 12]],
    ]);
    expect(countBy(sessions(), ({ archived }) => (archived ? 'archived' : 'live'))).toEqual({
      live: 42,
      archived: 21,
    });
  });

  it('both orders, and none that follows neither', () => {
    const shape = ({ order, verdict, gates, archived }: ValidationSession): string =>
      `${archived ? 'archived ' : ''}${verdict?.text} ${order} ${gates.length}`;
    expect(countBy(sessions(), shape)).toEqual({
      'PASS report_first 4': 39,
      'PASS report_first 3': 1,
      'PASS append_first 4': 2,
      'archived PASS report_first 4': 1,
      'archived PASS report_first 1': 4,
      'archived FAIL report_first 3': 5,
      'archived FAIL report_first 1': 10,
      'archived FAIL append_first 3': 1,
    });
  });
});

describe('the mailbox', () => {
  it('is empty, canonical, and its manifest holds the hash of its index', () => {
    const { index, manifest, threads } = tree.mailbox!;
    expect([index?.root?.list('threads'), manifest?.root?.list('thread_files'), threads]).toEqual([
      [],
      [],
      [],
    ]);
    expect(manifest?.root?.text('index_sha256')?.text).toBe(index?.file.sha256);
    for (const part of [index, manifest])
      expect(`${canonicalAscii(part?.content)}\n`).toBe(bytes(part!.path));
  });
});

describe('the pointer', () => {
  it('names v02.137 and the Codex, mentions no other version, and the spec is read from there', async () => {
    const pointer = tree.pointer!;
    expect([pointer.spec?.text, pointer.version, pointer.governance?.text]).toEqual([
      'Handshake_Master_Spec_v02.137.md',
      'v02.137',
      'Handshake Codex v1.4.md',
    ]);
    expect(pointer.mentions.map(({ text, version }) => [text, version])).toEqual([['v02.137', 'v02.137']]);
    const current = await currentSpec(worktreeSnapshot(corpusRoot));
    expect([current.name, current.pointer, current.line]).toEqual([
      pointer.spec?.text,
      pointer.path,
      pointer.spec?.place.line,
    ]);
  });
});

describe('what is wrong', () => {
  it('one event that is about no work packet, and one PASS that was never committed', () => {
    const families = /^(?:artifact|gates|validator-gates|mailbox|pointer|ledger)\//;
    const across = new Set(RULES.filter(({ appliesTo }) => appliesTo === 'tree').map(({ id }) => id));
    expect(
      findings
        .filter(({ rule }) => families.test(rule) && !across.has(rule))
        .map(
          ({ place, severity, rule, found }) => `${place.file}:${place.line} ${severity} ${rule} ${found}`,
        ),
    ).toEqual([
      '.GOV/roles/orchestrator/ORCHESTRATOR_GATES.json:25 warning gates/id-malformed "ORCH-PROTOCOL-ENFORCEMENT"',
      '.GOV/validator_gates/WP-1-Canvas-Typography-v2.json:19 warning validator-gates/incomplete-pass "WP_APPENDED"',
    ]);
  });
});

describe('printing', () => {
  it('unchanged, all 35 documents give back their bytes', () => {
    const { index, manifest } = tree.mailbox!;
    const printed: [string, string][] = [
      [tree.gates!.path, printOrchestratorGates(tree.gates!)],
      [tree.pointer!.path, printSpecPointer(tree.pointer!)],
      ...tree.validatorGates.map((gates): [string, string] => [gates.path, printValidatorGates(gates)]),
      ...[index!, manifest!].map((part): [string, string] => [part.path, printMailboxFile(part)]),
    ];
    expect(printed).toHaveLength(35);
    for (const [path, text] of printed) expect([path, text === bytes(path)]).toEqual([path, true]);
  });

  it('the gate log with an event, and with a value changed: only that is new', () => {
    const gates = tree.gates!;
    const log = gates.content as { gate_logs: Record<string, unknown>[] };
    const text = fc.string();
    fc.assert(
      fc.property(fc.dictionary(fc.string(), text), fc.nat(), text, (event, at, value) => {
        const changed = log.gate_logs.map((each, index) =>
          index === at % log.gate_logs.length ? { ...each, nobody_knows: value } : each,
        );
        const content = { gate_logs: [...changed, event] };
        const printed = printOrchestratorGates({ ...gates, content });
        expect(printed).toBe(JSON.stringify(content, null, 2));
        expect(readOrchestratorGates(again(gates.path, printed)).content).toEqual(
          JSON.parse(JSON.stringify(content)),
        );
      }),
      { numRuns: 10 },
    );
  });

  it('the gates of every validation with another verdict and a session set aside', () => {
    for (const gates of tree.validatorGates) {
      const before = gates.content as {
        validation_sessions: Record<string, object>;
        archived_sessions: unknown[];
      };
      const [key, session] = Object.entries(before.validation_sessions)[0]!;
      const content = {
        validation_sessions: { ...before.validation_sessions, [key]: { ...session, verdict: 'FAIL' } },
        archived_sessions: [
          ...before.archived_sessions,
          { ...session, archived_at: 'now', nobody: ['knows'] },
        ],
      };
      const printed = printValidatorGates({ ...gates, content });
      expect(printed).toBe(`${JSON.stringify(content, null, 2)}\n`);
      const back = readValidatorGates(again(gates.path, printed));
      expect(back.content).toEqual(content);
      expect(back.archived).toHaveLength(gates.archived.length + 1);
    }
  });

  it('the mailbox and the pointer, changed', () => {
    const index = tree.mailbox!.index!;
    const content = { ...(index.content as object), threads: [{ thread_id: 'ä' }] };
    const printed = printMailboxFile({ ...index, content });
    expect(printed).toBe(bytes(index.path).replace('[]', '[{"thread_id":"\\u00E4"}]'));
    expect(readMailboxFile(again(index.path, printed)).content).toEqual(content);
    const pointer = tree.pointer!;
    const spec = { ...pointer.spec!, text: 'Handshake_Master_Spec_v02.138.md' };
    const next = printSpecPointer({ ...pointer, spec });
    expect(next).toBe(bytes(pointer.path).replace('Spec_v02.137', 'Spec_v02.138'));
    expect(readSpecPointer(again(pointer.path, next)).version).toBe('v02.138');
  });
});

it('the log of the activation grew, and is otherwise the same', async () => {
  const after = await readTree(worktreeSnapshot(goldenRoot));
  expect(after.gates?.findings).toEqual([]);
  const [old, grown] = [tree.gates!.events, after.gates!.events];
  expect(grown.slice(0, old.length).map(({ entry }) => entry.value)).toEqual(
    old.map(({ entry }) => entry.value),
  );
  expect(grown.slice(old.length).map(({ wpId, type }) => `${type} ${wpId}`)).toEqual([
    'REFINEMENT WP-1-Unified-Tool-Surface-Contract-v1',
    'SIGNATURE WP-1-Unified-Tool-Surface-Contract-v1',
    'PREPARE WP-1-Unified-Tool-Surface-Contract-v1',
  ]);
});
