/** The public library: reading and judging a governance tree. The session engine is `govkit/engine`. */
export { type Config, defaultConfig, findRoot, loadConfig } from './config/index.ts';
export * from './findings/index.ts';
export * from './snapshot/index.ts';
