export { CONFIG_FILE, type Config, defaultConfig, loadConfig } from './config.ts';
export { findRoot } from './root.ts';
