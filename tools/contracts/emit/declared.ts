/** What `types.ts` imports and declares beside the definitions, and the names of the language that it uses. */
export const IN_TYPES: ReadonlySet<string> = new Set([
  'z',
  'Json',
  'formats',
  'map',
  'defaults',
  'Object',
  'Record',
  'Readonly',
]);

/** The same of `events.ts`, which is written where there are events and an envelope. */
export const IN_EVENTS: ReadonlySet<string> = new Set([
  'envelope',
  'shape',
  'EventOf',
  'FlightRecorderEventEnvelope',
  'EventDefinition',
  'events',
  'FrEventId',
  'EventPayloads',
  'EventType',
  'FlightRecorderEvent',
  'unknownEvent',
  'parseEvent',
  'frEventIdOfType',
]);

/** Words that no type or no constant may be called. */
export const RESERVED: ReadonlySet<string> = new Set(
  `any arguments as async await bigint boolean break case catch class const continue debugger declare default
  delete do else enum eval export extends false finally for function get if implements import in instanceof
  interface let module namespace never new null number object of package private protected public return set
  static string super switch symbol this throw true try type typeof undefined unknown var void while with yield
  NaN Infinity globalThis`.split(/\s+/),
);
