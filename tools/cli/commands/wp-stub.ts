import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stubOf, wpIdFrom } from '../../artifacts/index.ts';
import { UsageError } from '../../findings/index.ts';
import { missingStubs, openStubRows, planStubStep, suggestWpId } from '../../gate/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { positive, value } from '../load.ts';
import { nextCommand, quoted } from '../next.ts';
import { count, cut } from '../output.ts';
import type { MissingStubs } from '../schemas/wp.ts';
import { packageRoot } from '../version.ts';
import { dossierOf, openGate } from '../wp/opened.ts';
import { runStep } from '../wp/step.ts';
import { whoRecords } from '../wp/who.ts';

/** A stub for a roadmap item, or the items that have none. */
export async function run(call: Call): Promise<ExitCode> {
  if (call.flags.has('list-missing')) return listMissing(call);
  const item = positive(call, 'item');
  if (call.args[0] === undefined || item === undefined)
    throw new UsageError('gov wp stub wants WP_ID and --item N (gov wp stub --list-missing shows the items)');
  const wpId = wpIdFrom(call.args[0]);
  const by = await whoRecords(call, 'stub');
  const template = await readFile(join(packageRoot(), 'templates', 'stub.md'), 'utf8');
  return runStep(call, {
    wpId,
    plan: (opened) =>
      planStubStep(dossierOf(opened, wpId), by, {
        item,
        section: value(call, 'section'),
        title: value(call, 'title'),
        anchors: call.values.anchor,
        template,
        packetFolder: `${opened.layout.folder}/task_packets`,
      }),
    told: ({ tree }) => {
      const stub = stubOf(tree, wpId);
      return stub === undefined ? {} : { open: openStubRows(stub) };
    },
  });
}

/** Roadmap items that no stub points at, each with the command that would write one. */
async function listMissing(call: Call): Promise<ExitCode> {
  const { tree, spec } = await openGate(call, { wpId: '' });
  const missing = missingStubs(tree, spec).map(({ section, number, title, place, ...item }) => {
    const id = suggestWpId({ section, number, title, place, ...item });
    return {
      section,
      item: number,
      title,
      file: place.file,
      line: place.line,
      ...(id !== undefined && { wp_id: id }),
    };
  });
  const answer: MissingStubs = { schema: 'govkit.missing-stubs@1', spec: spec.version, items: missing };
  if (call.json) {
    call.out.json(answer);
    return 0;
  }
  for (const { section, item, title, file, line } of missing.slice(0, 70))
    call.out.line(cut(`${section} item ${item}  ${title}  ${file}:${line}`, call.out.limit));
  if (missing.length > 70) call.out.line(`… and ${missing.length - 70} more (--json has all)`);
  call.out.line();
  call.out.line(`${count(missing.length, 'roadmap item')} of ${spec.version} without a stub`);
  const first = missing.find(({ wp_id: id }) => id !== undefined);
  if (first?.wp_id !== undefined) {
    const words = `wp stub ${first.wp_id} --item ${first.item} --section ${quoted(first.section)}`;
    call.out.line(`${call.out.dim('next')}   ${nextCommand(call, words)}`);
  }
  return 0;
}
