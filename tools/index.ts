/**
 * The public library: reading and judging a governance tree. Beside it stand `govkit/spec` (the Master Spec and
 * its anchors), `govkit/contracts` (contracts from the spec), `govkit/engine` (sessions) and `govkit/recorder`.
 */
export * from './artifacts/index.ts';
export * from './checks/index.ts';
export { type Config, defaultConfig, findRoot, loadConfig } from './config/index.ts';
export * from './findings/index.ts';
export * from './gate/index.ts';
export * from './snapshot/index.ts';
export * from './text/index.ts';
