export { type Field, readField, readFields, splitNote, visibleLines } from './fields.ts';
export { type Bullet, readBullets, readItems, walkBullets } from './lists.ts';
export type { Heading, Repair, SetextHeading } from './model.ts';
export { frontMatterOf, type Scan, type ScanOptions, scan } from './scan.ts';
export { parseSlice } from './slice.ts';
export {
  entrypointPath,
  governanceLine,
  isJsonPointer,
  type NamedFile,
  namedGovernance,
  namedSpec,
  pointerLines,
} from './spec-pointer.ts';
export { partPlace, readTables, type TableCell, type TableRow } from './tables.ts';
export { readTasks, type TaskItem } from './tasks.ts';
