export { CONFIG_FILE, type Config, defaultConfig, loadConfig, parseConfig } from './config.ts';
export { findRoot } from './root.ts';
