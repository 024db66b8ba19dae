import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import { type Finding, linePlace, type Place } from '../findings/index.ts';
import type { TextFile } from '../text/index.ts';

const LANES = ['PRIMARY', 'SUBAGENT', 'VALIDATION', 'BACKGROUND'] as const;
export type Lane = (typeof LANES)[number];

/** A role that a session may have. */
export interface Role {
  name: string;
  /** Roles of the children it may ask for. */
  maySpawn: string[];
  defaultLane?: Lane;
  capabilities: string[];
  place: Place;
}

export interface Roles {
  kind: 'roles';
  path: string;
  file: TextFile;
  roles: Map<string, Role>;
  findings: Finding[];
}

/** Reads `.GOV/roles.yaml`. A broken role is a finding and no role: what cannot be read grants nothing. */
export function readRoles(file: TextFile): Roles {
  const counter = new LineCounter();
  const document = parseDocument(file.text, { lineCounter: counter, prettyErrors: false });
  const reader = new RolesReader(file, counter);
  for (const error of document.errors) {
    reader.problem(
      reader.placeAt(error.pos[0], error.pos[1]),
      `Unexpected YAML (${error.message}), expected roles`,
    );
  }
  if (document.errors.length === 0) reader.readAll(document.contents);
  return { kind: 'roles', path: file.path, file, roles: reader.roles, findings: reader.findings };
}

class RolesReader {
  readonly roles = new Map<string, Role>();
  readonly findings: Finding[] = [];
  readonly #file: TextFile;
  readonly #counter: LineCounter;

  constructor(file: TextFile, counter: LineCounter) {
    this.#file = file;
    this.#counter = counter;
  }

  readAll(root: unknown): void {
    const list = isMap(root) ? root.get('roles', true) : undefined;
    if (!isMap(list)) {
      this.problem(linePlace(this.#file.path, 1), 'Unexpected content, expected a map "roles"');
      return;
    }
    for (const pair of list.items) this.#readRole(pair);
    this.#checkSpawns();
  }

  #readRole(pair: Pair): void {
    const name = isScalar(pair.key) ? String(pair.key.value) : '';
    const place = this.#placeOf(pair.key);
    if (!isMap(pair.value)) {
      this.problem(
        place,
        `Unexpected value of role "${name}", expected may_spawn, default_lane, capabilities`,
      );
      return;
    }
    const maySpawn = this.#texts(pair.value.get('may_spawn', true), `may_spawn of role "${name}"`);
    const capabilities = this.#texts(pair.value.get('capabilities', true), `capabilities of role "${name}"`);
    const lane = pair.value.get('default_lane', true);
    const defaultLane = isScalar(lane) ? LANES.find((known) => known === lane.value) : undefined;
    if (lane !== undefined && defaultLane === undefined) {
      const found = isScalar(lane) ? String(lane.value) : 'no text';
      this.problem(this.#placeOf(lane), `Unexpected default_lane "${found}", expected ${LANES.join(', ')}`);
      return;
    }
    if (maySpawn === undefined || capabilities === undefined) return;
    this.roles.set(name, { name, maySpawn, capabilities, place, ...(defaultLane && { defaultLane }) });
  }

  #checkSpawns(): void {
    for (const role of this.roles.values()) {
      for (const child of role.maySpawn) {
        if (this.roles.has(child)) continue;
        const known = [...this.roles.keys()].join(', ');
        this.problem(
          role.place,
          `Unexpected role "${child}" in may_spawn of "${role.name}", expected one of ${known}`,
        );
      }
    }
  }

  /** A list of texts; an absent one is empty. */
  #texts(node: unknown, what: string): string[] | undefined {
    if (node === undefined) return [];
    const items = isSeq(node) ? node.items : undefined;
    if (items?.every((item) => isScalar(item) && typeof item.value === 'string')) {
      return items.map((item) => String((item as { value: unknown }).value));
    }
    this.problem(this.#placeOf(node), `Unexpected ${what}, expected a list of names`);
    return undefined;
  }

  #placeOf(node: unknown): Place {
    const range = (node as Node | null)?.range;
    return range ? this.placeAt(range[0], range[1]) : linePlace(this.#file.path, 1);
  }

  placeAt(from: number, to: number): Place {
    const start = this.#counter.linePos(from);
    const end = this.#counter.linePos(Math.max(from, to));
    return {
      file: this.#file.path,
      line: Math.max(start.line, 1),
      column: Math.max(start.col, 1),
      endLine: Math.max(end.line, 1),
      endColumn: Math.max(end.col, 1),
    };
  }

  problem(place: Place, message: string): void {
    this.findings.push({
      rule: 'artifact/malformed',
      severity: 'error',
      place,
      message,
      args: { path: place.file },
    });
  }
}
