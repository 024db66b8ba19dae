import {
  CODEGEN_TARGETS,
  type CodegenOutput,
  type CodegenTarget,
  type Config,
  isGoverned,
  outputFolder,
} from '../../config/index.ts';
import { targetOf } from '../../contracts/index.ts';
import { UsageError } from '../../findings/index.ts';
import { nearWords } from '../../text/index.ts';
import type { Call } from '../command.ts';
import { belowRoot, value } from '../load.ts';

/**
 * The outputs that a call asks for: those that are configured, narrowed by `--target`; a target that is not
 * configured goes to `--out` or to its usual folder. `--roots` counts for all of them.
 */
export function selectOutputs(call: Call, config: Config): CodegenOutput[] {
  const { outputs, roots } = config.codegen;
  const targets = listed(call, 'target')?.map(knownTarget);
  const chosen =
    targets === undefined
      ? outputs
      : [...new Set(targets)].flatMap((target) => {
          const configured = outputs.filter((output) => output.target === target);
          return configured.length > 0 ? configured : [{ target, out: targetOf(target).out, roots }];
        });
  const narrowed = listed(call, 'roots');
  const out = value(call, 'out');
  return chosen.map((output) => ({
    ...output,
    ...(narrowed !== undefined && { roots: narrowed }),
    ...(out !== undefined && { out: outFolder(call, out, chosen, config) }),
  }));
}

/** The roots that all of the outputs have, else those of the configuration. */
export function commonRoots(outputs: readonly CodegenOutput[], config: Config): readonly string[] {
  const same = new Set(outputs.map(({ roots }) => JSON.stringify(roots))).size === 1;
  return same ? outputs[0]!.roots : config.codegen.roots;
}

/** `A,B`, also given twice; undefined where the option is not given. */
function listed(call: Call, name: string): string[] | undefined {
  const given = call.values[name];
  const words = given?.flatMap((text) => text.split(',')).map((word) => word.trim());
  if (words === undefined || words.some((word) => word !== '')) return words?.filter((word) => word !== '');
  throw new UsageError(`--${name}: Unexpected empty list, expected NAME or NAME,NAME`);
}

function knownTarget(name: string): CodegenTarget {
  const known = CODEGEN_TARGETS.find((target) => target === name);
  if (known !== undefined) return known;
  const near = nearWords(name, CODEGEN_TARGETS);
  throw new UsageError(
    `--target: Unexpected target ${name}, expected ${near.length > 0 ? near.join(' or ') : `one of: ${CODEGEN_TARGETS.join(', ')}`}`,
  );
}

function outFolder(call: Call, given: string, chosen: readonly CodegenOutput[], config: Config): string {
  const out = outputFolder(belowRoot(call, given));
  if (chosen.length !== 1) {
    const found = chosen.map((each) => `${each.target} in ${each.out}`).join(', ');
    throw new UsageError(
      `--out ${given}: Unexpected folder for ${chosen.length} outputs (${found}), expected one of them by --target`,
    );
  }
  const { folder } = config.layout;
  if (isGoverned(out, folder))
    throw new UsageError(
      `--out ${given}: Unexpected folder, expected one outside ${folder}, which holds governed documents`,
    );
  return out;
}
