import type { CodegenOutput } from '../../config/index.ts';
import { type Finding, sortFindings, summarize } from '../../findings/index.ts';
import type { SpecIndex } from '../../spec/index.ts';
import { sha256 } from '../../text/index.ts';
import type { JudgedOutputs } from '../codegen/judge.ts';
import type { Call } from '../command.ts';
import { nextCommand } from '../next.ts';
import { count, pad } from '../output.ts';
import { printFindings, summaryText } from './findings.ts';

/** How a run of `gov codegen` ended. */
export interface CodegenOutcome {
  index: SpecIndex;
  outputs: readonly CodegenOutput[];
  result: JudgedOutputs;
  findings: readonly Finding[];
  /** The overlay that is in force. */
  overlay?: string | undefined;
}

/** `govkit.codegen@1`. */
export function codegenJson({ index, result, findings }: CodegenOutcome) {
  const { records, enums, aliases, events, fields } = result.counts;
  return {
    schema: 'govkit.codegen@1',
    spec: { source: index.source, version: index.version, sha256: index.sha256 },
    counts: { records, enums, aliases, events, fields },
    dialects: result.dialects,
    diagnostics: sortFindings(findings),
    files: result.judged.map(({ file, state }) => ({
      target: file.output.target,
      path: file.path,
      sha256: sha256(file.text),
      changed: state !== 'same',
    })),
    stale: result.stale.map(({ path }) => path),
  };
}

/** What is wrong, then a line an output, then the next command where there is one. */
export function printCodegen(call: Call, outcome: CodegenOutcome): void {
  const { index, result, findings } = outcome;
  const { out } = call;
  const shown = findings.filter(({ severity }) => severity !== 'info');
  if (shown.length > 0) printFindings(out, shown);
  if (call.quiet && shown.length === 0) return;
  const { records, enums, aliases, events, fields } = result.counts;
  if (shown.length > 0) out.line();
  out.line(
    `${index.version} · ${count(records, 'record')} · ${count(enums, 'enum')} · ${count(aliases, 'alias', 'aliases')} · ${count(events, 'event')} · ${count(fields, 'field')}`,
  );
  printDialects(call, result.dialects);
  if (summarize(findings).error === 0) {
    printOutputs(call, outcome);
    return;
  }
  out.line(`${summaryText(findings)}${call.flags.has('check') ? '' : ' · nothing written'}`);
  for (const line of nextLines(call, outcome)) out.line(line);
}

/** What the spec defines in each dialect, whatever is generated of it. */
function printDialects({ out }: Call, dialects: CodegenOutcome['result']['dialects']): void {
  const width = Math.max(...dialects.map(({ dialect }) => dialect.length), 0);
  const blocks = dialects.map(({ dialect, blocks: read, refused }) => {
    const all = count(read + refused, dialect === 'field-table' ? 'table' : 'block');
    return refused === 0 ? all : `${read} of ${all}`;
  });
  const most = Math.max(...blocks.map((text) => text.length), 0);
  dialects.forEach(({ dialect, records, enums, aliases, events }, at) => {
    const defined = [
      records > 0 && count(records, 'record'),
      enums > 0 && count(enums, 'enum'),
      aliases > 0 && count(aliases, 'alias', 'aliases'),
      events > 0 && count(events, 'event'),
    ].filter(Boolean);
    out.line(out.dim(`${pad(dialect, width)}  ${pad(blocks[at]!, most)}  ${defined.join(' · ')}`));
  });
}

function printOutputs(call: Call, { outputs, result }: CodegenOutcome): void {
  const { out } = call;
  const widths = {
    target: Math.max(...outputs.map(({ target }) => target.length)),
    out: Math.max(...outputs.map((output) => output.out.length)),
  };
  for (const output of outputs) {
    const written = result.judged
      .filter(
        ({ file, state }) =>
          file.output.target === output.target && file.output.out === output.out && state !== 'same',
      )
      .map(({ file }) => file.path.slice(file.path.lastIndexOf('/') + 1));
    const told = written.length === 0 ? 'up to date' : `wrote ${written.join(', ')}`;
    out.line(`${pad(output.target, widths.target)}  ${pad(output.out, widths.out)}  ${told}`);
  }
  for (const { path } of result.stale) out.line(`removed ${path}, which nothing generates any more`);
}

function nextLines(call: Call, { findings, overlay }: CodegenOutcome): string[] {
  const { dim } = call.out;
  const errors = findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);
  const told: string[] = [];
  const asked = errors.filter((rule) => !rule.startsWith('codegen/generated-'));
  if (asked.some((rule) => rule.startsWith('codegen/overlay-')))
    told.push(`correct ${overlay ?? 'the overlay'}, then ${nextCommand(call, 'codegen')}`);
  else if (asked.includes('codegen/nothing-defined'))
    told.push('state types or events in the spec: docs/spec-dialect.md of govkit says how');
  else if (asked.length > 0)
    told.push(
      `gov explain ${asked[0]}, and what can be written: docs/spec-dialect.md of govkit`,
      overlay === undefined
        ? 'gov codegen --overlay FILE, with an answer to each of these'
        : `an answer to each of these in ${overlay}, then ${nextCommand(call, 'codegen')}`,
    );
  else if (errors.includes('codegen/generated-edited'))
    told.push(
      'put the edit into the spec or its overlay, or take it back',
      `${nextCommand(call, 'codegen --force')}, which writes over it`,
    );
  else {
    told.push(nextCommand(call, 'codegen'));
    // C06: which key came, which went, and who rests on the clause.
    if (errors.includes('codegen/generated-drifted'))
      told.push(`${nextCommand(call, 'spec diff')}, which says what changed and whom it touches`);
  }
  return told.map((line, at) => `${at === 0 ? dim('next') : '    '}   ${line}`);
}
