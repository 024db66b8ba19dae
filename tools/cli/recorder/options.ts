import type { OptionSpec } from '../command.ts';

/** What events are asked by, in every command that asks for some. */
export const EVENT_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  session: { type: 'string', value: 'ID', summary: 'only this session (also where a payload names it)' },
  tree: { type: 'string', value: 'ID', summary: 'only this session and everything below it' },
  type: {
    type: 'string',
    value: 'TYPE',
    multiple: true,
    summary: 'only this type or event id; again for more',
  },
  family: {
    type: 'string',
    value: 'PREFIX',
    multiple: true,
    summary: 'only this event family, such as FR-EVT-SESS-SPAWN; FR-EVT-SESS-* takes all below it too',
  },
  role: { type: 'string', value: 'ROLE', summary: 'only sessions of this role' },
  model: { type: 'string', value: 'ID', summary: 'only sessions on this model' },
  wp: { type: 'string', value: 'WP_ID', summary: 'only sessions of this work packet' },
  lane: {
    type: 'string',
    value: 'LANE',
    summary: 'only this lane: of the job that is told of, else of the session',
  },
  job: { type: 'string', value: 'ID', summary: 'only this job' },
  actor: { type: 'string', value: 'ACTOR', summary: 'only what human, agent or system has done' },
  trace: { type: 'string', value: 'ID', summary: 'only what one action has caused' },
  from: { type: 'string', value: 'TIME', summary: 'RFC 3339, inclusive' },
  to: { type: 'string', value: 'TIME', summary: 'RFC 3339, exclusive' },
  after: { type: 'string', value: 'SEQ', summary: 'only what stands after this place' },
};
