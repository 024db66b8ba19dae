import { z } from 'zod';
import { STATUSES } from '../../spec/index.ts';

const line = z.number().int().min(1);
const authority = z.enum(['YES', 'NO', 'UNKNOWN']);

/** A heading, as another one points to it. */
const headingSchema = z.strictObject({
  number: z.string().nullable(),
  title: z.string(),
  file: z.string(),
  line,
});

const placeFields = {
  number: z.string().nullable(),
  title: z.string(),
  tags: z.array(z.string()),
  level: z.number().int().min(1).max(6),
  file: z.string(),
  line,
  endLine: line.describe('the last line, inclusive'),
  endFile: z.string().optional().describe('the file that endLine is a line of, where it is a later one'),
  container: line.optional().describe('the line of the template fence that it stands in'),
  hiddenBy: line.optional().describe('the line of the broken fence that hides it from a strict reader'),
  authority: authority.describe('what the Coverage Matrix says of its number'),
  placeAuthority: authority.describe('what the Coverage Matrix says of the section it stands in'),
  kind: z.enum(['body', 'roadmap', 'appendix']),
  inPlace: z.boolean().describe('it stands under the section that its number begins with'),
};

/** One section, as `gov spec list` and the candidates of `gov spec show` give it. */
export const listedSchema = z.strictObject({
  ...placeFields,
  parent: headingSchema.nullable().describe('the section it stands in'),
});

const specSchema = z.strictObject({ source: z.string(), version: z.string(), sha256: z.string() });

/** `gov spec list --json` */
export const sectionsSchema = z.strictObject({
  schema: z.literal('govkit.sections@1'),
  spec: specSchema,
  sections: z.array(listedSchema),
});

const passageSchema = z.strictObject({
  asked: z.string(),
  ...placeFields,
  level: placeFields.level.nullable().describe('null for a paragraph'),
  parents: z.array(headingSchema).describe('the sections around it, the outermost first'),
  status: z.enum(STATUSES as [string, ...string[]]),
  flags: z.array(z.string()),
  reasons: z.array(z.string()),
  candidates: z.array(listedSchema).describe('every section that the anchor may mean or covers'),
  fingerprint: z.string(),
  outline: z.array(listedSchema).describe('the sections within it'),
  textLine: line.describe('the line of the file that text begins with'),
  text: z.string(),
});

/** `gov spec show --json`: the first passage that the anchor names, and in `more` the further ones. */
export const sectionSchema = z.strictObject({
  schema: z.literal('govkit.section@1'),
  spec: specSchema,
  ...passageSchema.shape,
  more: z.array(passageSchema),
});

export type Heading = z.infer<typeof headingSchema>;
export type Listed = z.infer<typeof listedSchema>;
export type PassageReport = z.infer<typeof passageSchema>;
export type SectionReport = z.infer<typeof sectionSchema>;
export type SectionsReport = z.infer<typeof sectionsSchema>;
