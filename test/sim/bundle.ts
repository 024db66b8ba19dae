// What run.mjs bundles and calls.
export { Coverage } from './coverage.ts';
export { planted, plants } from './planted.ts';
export { simulate } from './simulate.ts';
