// Node 22 calls its own SQLite experimental each time it is loaded. Whoever runs gov cannot change that and has
// nothing to do about it; every other warning is passed on.
const emitWarning = process.emitWarning.bind(process) as (
  warning: string | Error,
  ...rest: unknown[]
) => void;

process.emitWarning = ((warning: string | Error, ...rest: unknown[]): void => {
  const text = typeof warning === 'string' ? warning : warning.message;
  const type = typeof rest[0] === 'string' ? rest[0] : (rest[0] as { type?: string } | undefined)?.type;
  if (type === 'ExperimentalWarning' && text.includes('SQLite')) return;
  emitWarning(warning, ...rest);
}) as typeof process.emitWarning;
