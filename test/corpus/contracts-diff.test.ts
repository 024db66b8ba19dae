import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ContractChange, diffContracts, generate, type Ir } from '../../tools/contracts/index.ts';
import { readSpec, SESSION_EVENTS } from '../contracts/spec-fixture.ts';
import { corpusRoot } from '../support/corpus.ts';

const INCLUDE = ['FR-EVT-007', 'FR-EVT-WF-RECOVERY', 'FR-EVT-GOV-MAILBOX-001'];
const irOf = (version: string): Ir => {
  const name = `Handshake_Master_Spec_${version}.md`;
  return generate(readSpec(join(corpusRoot, name), name), { include: INCLUDE }).ir;
};

/** What research/spec-grammar 7.1 says of this step: rule, what, for producers, for consumers. */
type Expected = [rule: string, name: string, path: string, producer: boolean, consumer: boolean];

const RECORDS = ['ModelSession', 'SessionMessage', 'ModelRunJob', 'SessionSchedulerConfig', 'SpawnLimits'];
const ADDED: Expected[] = [
  ...RECORDS.map((name): Expected => ['type-added', name, '', false, false]),
  ...SESSION_EVENTS.map((id): Expected => ['event-added', id, '', false, false]),
  ['event-added', 'FR-EVT-007', '', false, false],
  ['field-added-optional', 'FlightRecorderEventBase', 'model_session_id', false, false],
];

/** Of types that only some front ends read: told wherever both specs have the type. */
const BREAKING: Expected[] = [
  ['enum-member-added', 'RoleMailboxMessageType', 'SessionAnnounceBack', false, true],
  ['enum-member-added', 'JobKind', 'ModelRun', false, true],
  ['field-added-required', 'TrackedMicroTask', 'active_session_ids', true, false],
  ['field-removed', 'MultiModelSession', 'active_models', true, true],
  ['field-removed', 'MultiModelSession', 'message_bus', true, true],
  ['field-added-required', 'MultiModelSession', 'active_sessions', true, false],
  ['field-added-required', 'MultiModelSession', 'routing_policy', true, false],
  ['field-added-required', 'MultiModelSession', 'spawn_limits', true, false],
  ['field-added-required', 'MultiModelSession', 'scheduler_config', true, false],
];

describe('the contracts of v02.134 → v02.137', () => {
  let from: Ir;
  let to: Ir;
  let changes: ContractChange[];
  beforeAll(() => {
    [from, to] = [irOf('v02.134'), irOf('v02.137')];
    changes = diffContracts(from, to);
  });
  const told = (): Expected[] =>
    changes.map(({ rule, name, path, breaking }) => [
      rule.replace('contract/', ''),
      name,
      path,
      breaking.producer,
      breaking.consumer,
    ]);

  it('the session chapter came, and with it the optional model_session_id of the base', () => {
    expect(told()).toEqual(expect.arrayContaining(ADDED));
  });

  it('what the chapter made of older types, as far as they are read', () => {
    const names = (ir: Ir): Set<string> => new Set(ir.types.map(({ name }) => name));
    const [old, now] = [names(from), names(to)];
    const readable = BREAKING.filter(([, name]) => old.has(name) && now.has(name));
    expect(told()).toEqual(expect.arrayContaining(readable));
  });

  it('no session event went, and none changed its type', () => {
    const lost = changes.filter(({ rule }) => /event-(?:removed|type-changed|id)/.test(rule));
    expect(lost.filter(({ name }) => name.startsWith('FR-EVT-SESS'))).toEqual([]);
  });

  it('every change has a line that the spec has', () => {
    for (const { places } of changes) {
      const place = places.to ?? places.from;
      expect(place?.file).toMatch(/^Handshake_Master_Spec_v02\.13[47]\.md$/);
      expect(place?.line).toBeGreaterThan(1);
    }
  });

  it('each against itself: nothing', () => {
    expect(diffContracts(from, from)).toEqual([]);
    expect(diffContracts(to, irOf('v02.137'))).toEqual([]);
  });
});
