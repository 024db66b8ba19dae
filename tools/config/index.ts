export { loadConfig } from './config.ts';
export { CONFIG_FILE, type Config, defaultConfig } from './model.ts';
export { findRoot } from './root.ts';
