export { chooseDefinition } from './choose.ts';
export { FAMILIES, IDENTIFIER, IDENTIFIER_GROUPS, type IdentifierFamily, TAG_FAMILIES } from './families.ts';
export { definitionFingerprint, definitionLines, identifierById, identifiersOf } from './find.ts';
export { nearestIdentifier } from './nearest.ts';
