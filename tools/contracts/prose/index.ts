import type { SpecIndex } from '../../spec/index.ts';
import type { Diagnostic } from '../diagnostics.ts';
import type { EventNode, TypeNode } from '../ir.ts';
import { conditionalRequireds } from './conditional-required.ts';
import { defaultsInProse } from './default-in-prose.ts';
import { enumCasings } from './enum-casing.ts';
import { eventsDemanded } from './event-demanded.ts';
import { openVocabularies } from './open-vocabulary.ts';
import { schemaVersions } from './schema-version.ts';
import { statedCounts } from './stated-count.ts';
import { unlistedValues } from './unlisted-value.ts';

/** What prose is held against. */
export interface Spoken {
  /** What is generated: the closure, where there are roots. */
  types: readonly TypeNode[];
  events: readonly EventNode[];
  /** Every definition that was read, also those that another one was preferred to. */
  candidates: readonly TypeNode[];
  /** Nothing was asked for by name: what belongs to no definition is told, too. */
  whole: boolean;
}

/** Everything that prose, comments and examples say beside the definitions, and that no type carries. */
export function proseDiagnostics(
  index: SpecIndex,
  { types, events, candidates, whole }: Spoken,
): Diagnostic[] {
  return [
    ...(whole ? statedCounts(index) : []),
    ...defaultsInProse(index, types),
    ...enumCasings(index, types),
    ...schemaVersions(candidates),
    ...conditionalRequireds(index, types, events, whole),
    ...openVocabularies(types, events),
    ...unlistedValues(index, types),
    ...eventsDemanded(index, types, events),
  ];
}
