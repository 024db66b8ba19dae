import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultLayout, readTree } from '../../tools/artifacts/index.ts';
import {
  admit,
  apply,
  openDossier,
  planSign,
  planWaive,
  takeLock,
  unknownGround,
} from '../../tools/gate/index.ts';
import { worktreeSnapshot } from '../../tools/snapshot/index.ts';
import { loadSpec } from '../../tools/spec/index.ts';
import { BOARD, REGISTRY, STUB } from '../checks/base.ts';
import { AUDIT, GATES, gates, PACKED, PACKET, REFINEMENT } from '../gate/demo.ts';
import {
  carriedOut,
  dossierIn,
  refusals,
  refused,
  STEPS,
  statusIn,
  stubTree,
  type Texts,
  TYPED,
  walked,
} from '../gate/walk.ts';
import {
  DEMO,
  Gated,
  gatedStages,
  OTHER,
  refineAnswered,
  STAGES,
  signatureOf,
  stubsNamed,
} from '../support/gated-stages.ts';
import { gov } from '../support/gov.ts';
import { temporaryFolder } from '../support/repository.ts';

// The scenarios of the packet gate (pains-and-scenarios 4a) up to activation. Where the others are: README.md here.

const at = gatedStages();

function edited(files: Texts, path: string, from: string | RegExp, to: string): Texts {
  const after = files[path]!.replace(from, to);
  if (after === files[path]) throw new Error(`${path} has no ${from}`);
  return { ...files, [path]: after };
}

const codes = (found: readonly (readonly [unknown, string])[]): unknown[] => found.map(([code]) => code);

it('G01: a scaffold passes the format check but for its open rows, and all of them are listed in one run', async () => {
  const gated = at('stub');
  const { open } = gated.told('wp', 'refine', DEMO) as unknown as {
    open: { line: number; field: string; expected: string; file: string }[];
  };
  const lines = gated.read(REFINEMENT).split('\n');
  const left = lines.flatMap((line, index) => (/<(?!pending>).*>|\[ \]/.test(line) ? [index + 1] : []));
  expect(open.map(({ line }) => line)).toEqual(left);
  for (const row of open) {
    expect(row.file).toBe(REFINEMENT);
    expect([row.field, row.expected].every((text) => text.length > 0)).toBe(true);
  }
  const { findings } = JSON.parse(gated.gov('check', '--json').out) as {
    findings: { severity: string; place: { file: string; line: number }; message: string }[];
  };
  const errors = findings.filter(({ severity, place }) => severity === 'error' && !left.includes(place.line));
  expect(errors.map(({ place, message }) => [place, message])).toEqual([]);
  const unmet = gated.told('wp', 'approve', DEMO).unmet.filter(({ args }) => args.code === 'OPEN_ROW');
  expect(unmet.map(({ place }) => place.line)).toEqual(left);
});

it('G02: a stub gives nobody work: no claim, no confirmation, no session', async () => {
  const gated = at('stub');
  const before = gated.state();
  for (const [role, kind] of [
    ['Coder', 'claim'],
    ['Validator', 'confirm'],
  ] as const) {
    const { unmet } = gated.told('wp', 'attest', DEMO, 'copy_notes', '--reason', 'done', '--role', role);
    expect(unmet.map(({ args, message }) => [args.code, message])).toContainEqual([
      'STUB_NOT_EXECUTABLE',
      `Unexpected "${kind}" of ${DEMO}, expected a packet first: a stub gives nobody work (gov wp status ${DEMO})`,
    ]);
  }
  expect(gated.state()).toEqual(before);
  const { tree, spec, library, ground } = await dossierIn({ files: stubTree() });
  expect(admit(tree, spec, DEMO, 'Coder', library, ground)).toMatchObject({
    refused: true,
    code: 'gate_closed',
  });
});

it('G03: after an activation board, registry and stub say so, and none says "not activated"', async () => {
  const files = await walked('create');
  const lines = (path: string, word: string) =>
    files[path]!.split('\n').filter((line) => line.includes(word));
  expect(lines(BOARD, DEMO)).toEqual([`- **[${DEMO}]** - [READY_FOR_DEV]`]);
  expect(files[BOARD]).toMatch(/## Ready for Dev\n+- \*\*\[WP-1-Demo-v1\]/);
  expect(lines(REGISTRY, 'WP-1-Demo').join()).not.toMatch(/Not Activated/i);
  expect(lines(REGISTRY, 'WP-1-Demo').join()).toContain(PACKET);
  expect(lines(STUB, 'STUB_STATUS').join()).toMatch(/^- STUB_STATUS: ACTIVATED/);
  expect(files[STUB]).not.toMatch(/^- \[ \]/m);
});

it('G04: an anchor that is put in after the approval, and stands in the roadmap, is not signed', async () => {
  const files = edited(await walked('approve'), REFINEMENT, /1\.1\.1 Session Model\n/, '7.6.1 Phases\n');
  expect(codes(await refused('sign', files))).toEqual([
    'ANCHOR_ROADMAP_ONLY',
    'CHANGED_SINCE_APPROVAL',
    'CHANGED_SINCE_APPROVAL',
    'CHANGED_SINCE_APPROVAL',
  ]);
});

const INVENTED = [
  'A session has a mind.',
  'A session must never end.',
  'The Session Model binds every child.',
  'A session has a state, and four others.',
  'A session forgets its state.',
  'A state has a session.',
];

/** A refinement with six anchors, whose tokens stand in their windows and whose words nobody wrote. */
function forged(text: string): string {
  const anchors = INVENTED.map(
    (line, index) => `#### ANCHOR ${index + 1}
- SPEC_ANCHOR: Demo_Spec_v02.137.md 1.1.1 Session Model
- CONTEXT_START_LINE: 7
- CONTEXT_END_LINE: 10
- CONTEXT_TOKEN: Session Model
- EXCERPT_ASCII_ESCAPED:
  \`\`\`text
  ### 1.1.1 Session Model (Normative)

  ${line}
  \`\`\`
`,
  );
  return `${text.slice(0, text.indexOf('#### ANCHOR 1'))}${anchors.join('\n')}`;
}

it('G05: six excerpts that were invented, with tokens that stand in their windows: all six are told at once', async () => {
  const files = await walked('refine');
  const found = await refused('approve', { ...files, [REFINEMENT]: forged(files[REFINEMENT]!) });
  expect(found).toEqual(
    INVENTED.map((line, index) => [
      'EXCERPT_MISMATCH',
      `Unexpected refinement, expected one that holds: anchor ${index + 1}: EXCERPT_MISMATCH: "${line}" is not in lines 7-10 of the spec after line 7; the spec says "A session has a state."`,
    ]),
  );
});

it('G06: a token one line past the window, with the line where it stands', async () => {
  const files = edited(
    await walked('refine'),
    REFINEMENT,
    'CONTEXT_TOKEN: 1.1.1 Session Model (Normative)',
    'CONTEXT_TOKEN: Spawn Rules',
  );
  expect(await refused('approve', files)).toEqual([
    [
      'TOKEN_OUTSIDE_WINDOW',
      'Unexpected refinement, expected one that holds: anchor 1: TOKEN_OUTSIDE_WINDOW: "Spawn Rules" is not in lines 7-10: the nearest is line 11',
    ],
  ]);
});

/** A repository whose packet is signed and committed, and whose spec then becomes another version. */
function bumped(change: (text: string) => string): Gated {
  const gated = at('created');
  const spec = change(gated.read('Demo_Spec_v02.137.md'));
  gated.edit('.GOV/roles_shared/SPEC_CURRENT.md', 'v02.137', 'v02.138');
  rmSync(join(gated.root, 'Demo_Spec_v02.137.md'));
  gated.repository.commit({ 'Demo_Spec_v02.138.md': spec }, 'bump');
  return gated;
}

const itemsOf = (gated: Gated): Record<string, string> =>
  Object.fromEntries(
    (
      JSON.parse(gated.gov('wp', 'status', DEMO, '--json').out).items as { intent: string; state: string }[]
    ).map(({ intent, state }) => [intent, state]),
  );

it('G08: a version that only moves lines, and a rebase onto it, keep the signature and the gate open', () => {
  const gated = bumped((text) => text.replace('# 1. Sessions', 'A line before.\n\n# 1. Sessions'));
  expect(gated.gov('wp', 'status', DEMO).code).toBe(0);
  gated.done('spec', 'rebase', '--to', 'v02.138');
  expect(gated.git('diff', '--unified=0', '--', REFINEMENT)).toMatch(/^\+- CONTEXT_START_LINE: 9$/m);
  gated.git('commit', '--quiet', '--all', '--message', 'rebase');
  expect(gated.gov('wp', 'status', DEMO)).toMatchObject({ code: 0, err: '' });
});

it('G09: a version with one other word in the clause re-opens the signature and closes the gate', () => {
  const gated = bumped((text) => text.replace('A session has a state.', 'A session has one state.'));
  expect(itemsOf(gated)).toMatchObject({ signature: 'FAIL', refinement_file: 'FAIL' });
  const { out } = gated.gov('wp', 'status', DEMO);
  expect(out).toContain('CHANGED');
  expect(gated.gov('wp', 'status', DEMO).code).toBe(1);
});

it('G10: the hash of another version is told before anything else', async () => {
  const files = edited(
    await walked('refine'),
    REFINEMENT,
    /SPEC_TARGET_SHA1: \w+/,
    `SPEC_TARGET_SHA1: ${'0'.repeat(40)}`,
  );
  const wrong = edited(files, REFINEMENT, 'CONTEXT_TOKEN: 1.1.1', 'CONTEXT_TOKEN: 9.9.9');
  expect(codes(await refused('approve', wrong))[0]).toBe('SPEC_HASH_MISMATCH');
});

/** Fields that hold a time, or what was made of one. */
const TIMED = /CREATED_AT|DATE|MERGE_BASE_SHA|USER_SIGNATURE/;

/** The words that a tree comes to, without the times in it. */
function timeless(gated: Gated): unknown {
  const status = JSON.parse(gated.gov('wp', 'status', DEMO, '--json').out);
  const folder = join(gated.root, '.GOV/ledger', DEMO);
  const parts = readdirSync(folder)
    .sort()
    .map((name) => {
      const { kind, data } = JSON.parse(gated.read(`.GOV/ledger/${DEMO}/${name}`));
      const said = Object.entries(data.parts ?? {}).filter(([part]) => !TIMED.test(part));
      return [kind, said, data.notes];
    });
  return [
    status.stage,
    status.ready,
    status.items.map(({ intent, state }: Record<string, string>) => [intent, state]),
    parts,
  ];
}

it('G13: in a checkout with CRLF the steps come to the same digests, and each file keeps its line ends', () => {
  const made = [false, true].map((crlf) => {
    const gated = at('stub');
    if (crlf) {
      gated.git('config', 'core.autocrlf', 'true');
      for (const file of gated.git('ls-files').split('\n')) rmSync(join(gated.root, file));
      gated.git('checkout', '--', '.');
      expect(gated.read(BOARD)).toContain('\r\n');
    }
    refineAnswered(gated, DEMO);
    gated.done('wp', 'approve', DEMO);
    gated.done('wp', 'sign', DEMO, signatureOf());
    gated.done('wp', 'prepare', DEMO);
    gated.done('wp', 'create', DEMO);
    gated.git('add', '--all');
    gated.git('commit', '--quiet', '--message', 'activate');
    return gated;
  });
  const [lf, crlf] = made as [Gated, Gated];
  const [one, other] = [timeless(lf), timeless(crlf)] as [unknown[], unknown[]];
  expect(one.slice(0, 3)).toEqual(other.slice(0, 3));
  expect(one[3]).toEqual(other[3]);
  for (const path of [BOARD, REGISTRY, STUB]) {
    expect(crlf.read(path).replaceAll('\r\n', '')).not.toContain('\n');
    expect(lf.read(path)).not.toContain('\r');
  }
});

it('G14: a gate log with a BOM is read, told once, and never written', async () => {
  const gated = at('stub');
  const text = `\uFEFF${gates([{ type: 'REFINEMENT', timestamp: '2026-02-24T02:06:42Z' }]).replaceAll('WP-1-Demo-v1', DEMO)}`;
  gated.repository.write({ [GATES]: text });
  const log = JSON.parse(gated.gov('wp', 'log', DEMO, '--json').out) as { gate_log: unknown[] };
  expect(log.gate_log).toHaveLength(1);
  const { findings } = JSON.parse(gated.gov('check', '--json').out) as {
    findings: { rule: string; severity: string }[];
  };
  expect(findings.filter(({ rule }) => rule === 'text/bom').map(({ severity }) => severity)).toEqual([
    'warning',
  ]);
  gated.done('wp', 'refine', DEMO);
  expect(gated.read(GATES)).toBe(text);
});

describe('G15: what was signed is what stands there', () => {
  const changes: readonly (readonly [what: string, path: string, from: string, to: string, named: string])[] =
    [
      [
        'the scope',
        STUB,
        'The session model.',
        'The session models.',
        'SCOPE_SKETCH.IN_SCOPE of the stub was changed',
      ],
      [
        'what is done',
        STUB,
        'A session has a state.',
        'A session has two.',
        'ACCEPTANCE_CRITERIA of the stub was changed',
      ],
      ['an anchor', REFINEMENT, '1.1.1 Session Model', '1.1.2 Session Model', 'the clause 1.1.1 was removed'],
      [
        'a reason',
        REFINEMENT,
        'CLEARLY_COVERS_REASON: as',
        'CLEARLY_COVERS_REASON: so',
        'CLEARLY_COVERS.CLEARLY_COVERS_REASON of the refinement was changed',
      ],
      [
        'a path in scope',
        REFINEMENT,
        'src/demo.ts',
        'src/other.ts',
        'PACKET_INPUT.IN_SCOPE_PATHS of the refinement was changed',
      ],
    ];
  it.each(changes)('%s: the signature names it', async (_, path, from, to, named) => {
    const { items } = await statusIn({ files: edited(await walked('sign'), path, from, to) });
    const signature = items.find(({ intent }) => intent === 'signature')!;
    expect([signature.state, signature.evidence[0]!.detail]).toEqual([
      'FAIL',
      `${named} since it was signed at 2026-02-24T10:21:00Z`,
    ]);
  });

  it.each([
    ['line ends', (text: string) => text.replaceAll('\n', '\r\n')],
    ['blanks at the ends of lines', (text: string) => text.replaceAll('\n', '  \n')],
    ['a BOM', (text: string) => `\uFEFF${text}`],
  ])('%s are no change', async (_, change) => {
    const files = await walked('sign');
    const same = { ...files, [REFINEMENT]: change(files[REFINEMENT]!), [STUB]: change(files[STUB]!) };
    const { items } = await statusIn({ files: same });
    expect(items.find(({ intent }) => intent === 'signature')!.state).toBe('ATTESTED');
  });

  it('the packet is what was created: its scope names the change', async () => {
    const { items } = await statusIn({
      files: edited(await walked('create'), PACKET, 'src/demo.ts', 'src/other.ts'),
    });
    const packet = items.find(({ intent }) => intent === 'packet')!;
    expect([packet.state, packet.evidence[0]!.detail]).toEqual([
      'FAIL',
      expect.stringMatching(/ of the packet was changed since it was created$/),
    ]);
  });
});

describe('G16: a signature serves once', () => {
  const other = `.GOV/refinements/${OTHER}.md`;
  const bearer = (files: Texts): string =>
    files[REFINEMENT]!.replaceAll(DEMO, OTHER).replace(
      'USER_SIGNATURE: <pending>',
      `USER_SIGNATURE: ${TYPED}`,
    );

  it('one that another packet bears is refused', async () => {
    const files = await walked('approve');
    expect(await refused('sign', { ...files, [other]: bearer(files) })).toEqual([
      [
        'SIGNATURE_REUSED',
        `Unexpected signature "${TYPED}" for ${DEMO}, expected one that was never used: it serves ${OTHER} (refinement)`,
      ],
    ]);
  });

  it('one that is mentioned in the prose of the audit, or of a document, is not used', async () => {
    const files = await walked('approve');
    const mentioned = {
      ...files,
      [AUDIT]: `Such as | ${TYPED} |.\n\n${files[AUDIT]}`,
      '.GOV/notes.md': `${TYPED} is mine.\n`,
    };
    expect(STEPS.sign(await dossierIn({ files: mentioned })).unmet).toEqual([]);
  });
});

it.each([
  ['ilja251225032800', 'in the old form DDMMYYHHMMSS'],
  ['ilja320120261000', ''],
  ['ilja290220261000', ''],
  ['Ilja240220261020', ''],
  ['ilja', ''],
  ['ilja240220261200', 'of a time to come'],
  ['24022026 1020', ''],
])('G17: %s is no signature', async (signature, why) => {
  const plan = STEPS.sign(await dossierIn({ files: await walked('approve') }), signature);
  const [[code, message]] = refusals(plan) as [[unknown, string]];
  expect([code, message]).toEqual([
    'SIGNATURE_FORMAT',
    expect.stringContaining(`Unexpected signature "${signature}"${why === '' ? '' : ` ${why}`}, expected `),
  ]);
});

describe('G18: two that sign at once', () => {
  /** Two packets, both approved, and one commit. */
  function approved(): Gated {
    const gated = at('approved');
    refineAnswered(gated, OTHER);
    gated.done('wp', 'approve', OTHER);
    return gated;
  }

  function rows(gated: Gated): string[] {
    return gated
      .read(AUDIT)
      .split('\n')
      .flatMap((line) => /^\| ([a-z]+\d{12}) \|/.exec(line)?.[1] ?? []);
  }

  it('as processes: both rows are there', async () => {
    const gated = approved();
    const signatures = [signatureOf('ilja'), signatureOf('anna')] as const;
    const ended = await Promise.all([
      gated.start(['wp', 'sign', DEMO, signatures[0]]),
      gated.start(['wp', 'sign', OTHER, signatures[1]]),
    ]);
    expect(ended.map(({ code, err }) => [code, err])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    expect(rows(gated).sort()).toEqual([...signatures].sort());
    expect(JSON.parse(gated.gov('wp', 'status', DEMO, '--json').out).stage).toBe('SIGNATURE');
    expect(JSON.parse(gated.gov('wp', 'status', OTHER, '--json').out).stage).toBe('SIGNATURE');
  });

  it('a hundred times under the lock itself: none is lost, and the later one stands on top', {
    timeout: 120_000,
  }, async () => {
    const gated = approved();
    const before = gated.state();
    const layout = defaultLayout();
    const spec = await loadSpec(worktreeSnapshot(gated.root), { root: gated.root });
    const order: string[] = [];
    const sign = async (wpId: string, signature: string): Promise<void> => {
      const lock = await takeLock(join(gated.root, '.git/govkit/lock'));
      try {
        const snapshot = worktreeSnapshot(gated.root);
        const tree = await readTree(snapshot, { layout });
        const ground = unknownGround(Date.now());
        const dossier = openDossier(tree, spec, wpId, undefined, ground);
        const time = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
        const plan = planSign(
          dossier,
          { actor: 'ilja', role: 'Operator', time },
          { signature, repository: undefined },
        );
        expect(plan.unmet.map(({ message }) => message)).toEqual([]);
        await apply(gated.root, { step: 'sign', wpId, writes: plan.writes, git: plan.git }, { lock });
        order.push(signature);
      } finally {
        await lock.release();
      }
    };
    for (let round = 0; round < 100; round++) {
      order.length = 0;
      await Promise.all([sign(DEMO, signatureOf('ilja')), sign(OTHER, signatureOf('anna'))]);
      expect(rows(gated)).toEqual([...order].reverse());
      for (const id of [DEMO, OTHER]) {
        const folder = join(gated.root, '.GOV/ledger', id);
        expect(readdirSync(folder)).toHaveLength(3);
        for (const name of readdirSync(folder).filter((each) => each.includes('-sign-')))
          rmSync(join(folder, name));
      }
      gated.repository.write(
        Object.fromEntries(
          [AUDIT, REFINEMENT, `.GOV/refinements/${OTHER}.md`].map((path) => [
            path,
            before[`repository/${path}`]!,
          ]),
        ),
      );
    }
  });
});

it('G19: a board that was moved by hand is brought back to what the ledger has', () => {
  const gated = at('created');
  const board = gated.read(BOARD);
  gated.edit(BOARD, '[READY_FOR_DEV]', '[IN_PROGRESS]');
  gated.done('wp', 'sync');
  expect(gated.read(BOARD)).toBe(board);
  expect(gated.git('status', '--porcelain')).toBe('');
});

it('G20: killed after a write of the creation, the next run completes it, and the one after does nothing', () => {
  const gated = at('prepared');
  const killed = gov(gated.root, ['wp', 'create', DEMO], { env: { GOVKIT_FAILPOINT: '5' } });
  expect(killed.code).toBe(null);
  const completed = gated.gov('wp', 'create', DEMO);
  expect(completed.code).toBe(0);
  expect(completed.out).toContain(`completed the interrupted "create" of ${DEMO}`);
  const after = gated.state();
  expect(gated.told('wp', 'create', DEMO)).toMatchObject({ applied: false, unmet: [] });
  expect(gated.state()).toEqual(after);
});

describe('G29: a waiver is a record', () => {
  const blocked = stubTree({
    [STUB]: stubTree()[STUB]!.replace('nothing that has an id', 'WP-1-Blocker-v1'),
  });
  const waived = async (files: Texts, until: string, reason = 'none of it is used yet') =>
    carriedOut(
      files,
      planWaive(
        await dossierIn({ files }),
        { actor: 'ilja', role: 'Operator', time: '2026-02-24T10:40:00Z' },
        { blocker: 'WP-1-Blocker-v1', reason, until },
      ),
    );

  it('no line of a template is one, and one whose words say "none" is in force', async () => {
    const mentioned = { ...blocked, [STUB]: `${blocked[STUB]}\n- Waivers: record CX-573F waivers here.\n` };
    expect((await statusIn({ files: mentioned })).blockers.map(({ wp_id }) => wp_id)).toEqual([
      'WP-1-Blocker-v1',
    ]);
    const status = await statusIn({ files: await waived(blocked, '2026-02-24') });
    expect([status.blockers, status.waived.map(({ detail }) => detail)]).toEqual([
      [],
      ['waived by ilja until 2026-02-24: none of it is used yet'],
    ]);
  });

  it('it is over with its last day', async () => {
    const files = await waived(blocked, '2026-02-24');
    const status = await statusIn({ files, ground: { now: Date.parse('2026-02-25T00:00:00Z') } });
    expect(status.blockers.map(({ detail }) => detail)).toEqual([
      'depends on WP-1-Blocker-v1, which has no packet; the waiver of ilja ended with 2026-02-24',
    ]);
  });
});

it('G30: a Coder confirms nothing and approves nothing; what a Coder says is a claim', () => {
  const gated = at('signed');
  const before = gated.state();
  for (const args of [
    ['approve', DEMO],
    ['sign', DEMO, signatureOf('anna')],
    ['waive', DEMO, OTHER, '--reason', 'x', '--until', '2099-01-01'],
  ]) {
    const { unmet } = gated.told('wp', ...args, '--role', 'Coder');
    expect(unmet.map(({ args: { code }, message }) => [code, message])).toContainEqual([
      'ROLE_MAY_NOT_WRITE',
      `Unexpected role "Coder", expected Operator: nobody else records "${args[0]}"`,
    ]);
  }
  expect(gated.state()).toEqual(before);
});

it('G38: of 400 stubs, 200 packets and a spec of 70,000 lines the answer is the same twice, and fits a screen', {
  timeout: 120_000,
}, () => {
  const ids = Array.from({ length: 400 }, (_, index) => `WP-1-Many-${index + 1}-v1`);
  const files = stubsNamed(ids);
  for (const id of ids.slice(0, 200))
    files[`.GOV/task_packets/${id}.md`] = PACKED.replaceAll('WP-1-Demo', id.slice(0, -3));
  const filler = Array.from({ length: 70_000 }, (_, index) => `Sentence ${index} says nothing.`).join('\n');
  files['Demo_Spec_v02.137.md'] += `\n# Appendix B\n\n${filler}\n`;
  const gated = new Gated(join(temporaryFolder(), 'many'));
  gated.repository.write(files);
  for (const args of [['check'], ['wp', 'status']]) {
    const [first, second] = [gated.gov(...args), gated.gov(...args)];
    // What a run took is the one thing that may differ.
    const untimed = (out: string): string => out.replace(/ · [\d.]+ m?s$/gm, '');
    expect([first.code, untimed(first.out)]).toEqual([second.code, untimed(second.out)]);
    expect(first.out.trimEnd().split('\n').length).toBeLessThanOrEqual(80);
    expect(first.err).toBe('');
    expect(gated.gov(...args, '--json').out).toBe(gated.gov(...args, '--json').out);
  }
});

it('G39: at each stage the next command is one that is there', () => {
  for (const stage of STAGES) {
    const gated = at(stage);
    const { next } = JSON.parse(gated.gov('wp', 'status', DEMO, '--json').out) as { next: string | null };
    if (stage === 'created') expect(next).toBeNull();
    else
      expect(next).toMatch(
        /^just (?:record-refinement|approve-refinement|record-signature|record-prepare|create-task-packet) WP-1-Demo-v1\b/,
      );
  }
});

it('G40: a path with blanks and a quote changes nothing of what is said', () => {
  const quoted = at('signed');
  const plain = new Gated(join(temporaryFolder(), 'plain'));
  const says = (gated: Gated): string => gated.gov('wp', 'status', OTHER, '--json').out;
  plain.repository.commit(stubsNamed([DEMO, OTHER]));
  expect(quoted.root).toMatch(/gov kit .*'/);
  expect(says(quoted)).toBe(says(plain));
});

describe('G41: where a gate runs', () => {
  it('from a folder below it is the same gate, and writes the same files', () => {
    const gated = at('stub');
    const below = join(gated.root, 'src', 'deep');
    mkdirSync(below, { recursive: true });
    expect(gov(below, ['wp', 'status', DEMO])).toEqual(gated.gov('wp', 'status', DEMO));
    expect(gov(below, ['wp', 'refine', DEMO]).code).toBe(0);
    expect(existsSync(join(gated.root, REFINEMENT))).toBe(true);
    expect(readdirSync(below)).toEqual([]);
  });

  it('from a linked worktree it is the gate of that worktree, and writes nothing into another', () => {
    const gated = at('stub');
    gated.git('worktree', 'add', '--quiet', '../second', '-b', 'second');
    expect(gov(join(gated.outer, 'second'), ['wp', 'refine', DEMO]).code).toBe(0);
    expect(gated.git('status', '--porcelain', '--untracked-files=all')).toBe('');
    expect(existsSync(join(gated.outer, 'second', REFINEMENT))).toBe(true);
    const { notes } = JSON.parse(gated.gov('wp', 'status', DEMO, '--json').out) as { notes: string[] };
    expect(notes.join('\n')).toContain('../second has refine of ');
  });

  it('from another repository it says what it expected, and writes nothing', () => {
    const gated = at('stub');
    const other = new Gated(join(temporaryFolder(), 'other'));
    other.repository.commit({ 'a.txt': 'a' });
    const before = [gated.state(), other.state()];
    const { code, out } = other.gov('wp', 'refine', DEMO);
    expect([code, out]).toEqual([
      1,
      expect.stringContaining(
        'Unexpected missing SPEC_CURRENT.md, expected it at .GOV/roles_shared/SPEC_CURRENT.md',
      ),
    ]);
    expect([gated.state(), other.state()]).toEqual(before);
  });
});
