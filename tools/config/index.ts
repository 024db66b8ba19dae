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
  defaultTrace,
  type LayoutConfig,
  PLACED_KINDS,
  type SignaturePolicy,
  signersPath,
  specPointers,
  type TraceConfig,
} from './model.ts';
export { isGoverned, outputFolder } from './outputs.ts';
export { findRoot } from './root.ts';
