export { loadConfig } from './config.ts';
export { ConfigError } from './errors.ts';
export {
  acceptedPath,
  baselinePath,
  type CheckConfig,
  CONFIG_FILE,
  type Config,
  defaultConfig,
  type LayoutConfig,
  PLACED_KINDS,
  specPointers,
} from './model.ts';
export { findRoot } from './root.ts';
