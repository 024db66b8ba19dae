// What run.mjs bundles and calls.
export { Coverage } from './coverage.ts';
export { simulate } from './simulate.ts';
