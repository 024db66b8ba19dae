import {
  type ContractChange,
  diffContracts,
  generate,
  type Ir,
  subjectOf,
} from '../../../tools/contracts/index.ts';
import { specOf } from '../spec-fixture.ts';

export const fence = (lang: string, lines: readonly string[]): string =>
  `\`\`\`${lang}\n${lines.join('\n')}\n\`\`\`\n`;

/** The contracts of a spec whose one yaml block begins with line 4. */
export function irOf(lines: readonly string[], overlay?: string): Ir {
  return irOfText(`## 1.2 Shapes\n\n${fence('yaml', lines)}`, overlay);
}

export function irOfText(text: string, overlay?: string): Ir {
  return generate(
    specOf(text),
    overlay === undefined ? {} : { overlay: { path: 'overlay.yaml', text: overlay } },
  ).ir;
}

/** Every change in one line: rule, what, whom it breaks, both lines, both texts. */
export function told(changes: readonly ContractChange[]): string[] {
  return changes.map((change) => {
    const { rule, breaking, places, from, to } = change;
    const whom = `${breaking.producer ? 'P' : '-'}${breaking.consumer ? 'C' : '-'}`;
    const lines = `${places.from?.line ?? ''}>${places.to?.line ?? ''}`;
    const id = rule.replace('contract/', '');
    return `${id} ${subjectOf(change)} ${whom} ${lines}: ${from ?? 'nothing'} → ${to ?? 'nothing'}`;
  });
}

export const diff = (from: readonly string[], to: readonly string[]): string[] =>
  told(diffContracts(irOf(from), irOf(to)));
