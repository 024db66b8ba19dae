// A file of its own, so that it is loaded only where the spec was not read before.
export { loadSpec, resolveAnchor } from '../../spec/index.ts';
