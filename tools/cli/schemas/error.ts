import { z } from 'zod';

/** Any command that could not do its work (exit code 2), with `--json`. */
export const errorSchema = z.strictObject({
  schema: z.literal('govkit.error@1'),
  error: z.strictObject({
    kind: z.enum(['usage', 'internal']).describe('the call or the configuration is wrong, or govkit is'),
    message: z.string().describe('one problem a line'),
    crash: z.string().optional().describe('file to report an internal error with'),
  }),
});
