// The import direction of the house: each room and the rooms it may enter. A room is entered through its index.ts.
const open = ['findings', 'text'];
const below = {
  findings: [],
  text: ['findings'],
  snapshot: open,
  config: [...open, 'snapshot'],
  markdown: [...open, 'snapshot', 'config'],
  spec: [...open, 'snapshot', 'config', 'markdown'],
  artifacts: [...open, 'snapshot', 'config', 'markdown'],
  contracts: [...open, 'snapshot', 'config', 'markdown', 'spec'],
  checks: [...open, 'snapshot', 'config', 'markdown', 'spec', 'artifacts', 'contracts'],
  gate: [...open, 'snapshot', 'config', 'markdown', 'spec', 'artifacts', 'contracts', 'checks'],
  generated: [],
  kernel: [...open, 'generated'],
  recorder: [...open, 'generated', 'kernel'],
  engine: [...open, 'generated', 'kernel', 'recorder'],
  trace: [...open, 'snapshot', 'config', 'markdown', 'spec', 'artifacts', 'contracts', 'checks', 'gate'],
};
below.report = ['trace', 'engine', ...below.trace, ...below.engine];
const rooms = Object.keys(below);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'cli-is-on-top',
      comment: 'only cli/ prints and exits, so nothing may depend on it',
      severity: 'error',
      from: { pathNot: '^tools/cli/' },
      to: { path: '^tools/cli/' },
    },
    {
      name: 'through-the-index',
      severity: 'error',
      from: { path: '^tools/([^/]+)/' },
      to: { path: '^tools/[^/]+/', pathNot: ['^tools/$1/', '^tools/[^/]+/index\\.ts$'] },
    },
    ...rooms.map((room) => ({
      name: `direction-${room}`,
      severity: 'error',
      from: { path: `^tools/${room}/` },
      to: { path: '^tools/', pathNot: [room, ...below[room]].map((name) => `^tools/${name}/`) },
    })),
    {
      name: 'no-dev-dependency-at-run-time',
      severity: 'error',
      from: { path: '^tools/', pathNot: '\\.mjs$' },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: 'better-sqlite3|@types',
      },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.js', '.json'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
