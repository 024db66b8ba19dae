export { loadConfig } from './config.ts';
export { ConfigError } from './errors.ts';
export {
  acceptedPath,
  baselinePath,
  type CheckConfig,
  CODEGEN_TARGETS,
  CONFIG_FILE,
  type CodegenOutput,
  type CodegenTarget,
  type Config,
  defaultConfig,
  type LayoutConfig,
  PLACED_KINDS,
  type SignaturePolicy,
  signersPath,
  specPointers,
} from './model.ts';
export { isGoverned, outputFolder } from './outputs.ts';
export { findRoot } from './root.ts';
