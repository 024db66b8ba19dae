import { z } from 'zod';
import {
  createRecorder,
  type EventQuery,
  type OfferOptions,
  type Recorder,
  RecorderError,
} from '../recorder/index.ts';
import type { EngineOptions } from './api.ts';
import { storeName } from './configuration.ts';
import { reasonOf } from './errors.ts';
import { eventQuery, milliseconds, whole } from './inputs.ts';
import { openStore } from './open.ts';
import { parse } from './parse.ts';

export interface RecorderOptions extends OfferOptions {
  /** The file of an engine, which may be running in this process or another, or one that only has events. */
  store: EngineOptions['store'];
  /** How long to wait while others hold the file; default half a minute. */
  patience_ms?: number;
}

const recorderOptions = z.strictObject({
  store: storeName,
  patience_ms: milliseconds.optional(),
  max_offered: whole(1).optional(),
});

/**
 * Opens the recorder of a store. What the store cannot do is a RecorderError HSK-500-DB, from the opening on; only
 * options and filters that are wrong in themselves are an EngineError, as everywhere.
 */
export async function openRecorder(given: RecorderOptions): Promise<Recorder> {
  const options = parse<RecorderOptions>(recorderOptions, given, '', 'invalid_configuration');
  const { store: name, patience_ms, max_offered } = options;
  const store = await openStore(name, patience_ms === undefined ? {} : { patience_ms }).catch(
    (error: unknown) => {
      throw new RecorderError('HSK-500-DB', reasonOf(error), { cause: error });
    },
  );
  const recorder = createRecorder(store, max_offered === undefined ? {} : { max_offered });
  return {
    ...recorder,
    async *query(query = {}) {
      yield* recorder.query(parse<EventQuery>(eventQuery, query, 'query'));
    },
    async [Symbol.asyncDispose]() {
      await recorder[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    },
  };
}
