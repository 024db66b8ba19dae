export { chooseDefinition } from './choose.ts';
export { FAMILIES, type IdentifierFamily, TAG_FAMILIES } from './families.ts';
export { definitionFingerprint, definitionLines, identifierById, identifiersOf } from './find.ts';
export { nearestIdentifier } from './nearest.ts';
