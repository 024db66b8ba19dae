import fc from 'fast-check';

// Hooks set GIT_DIR and friends; a test that ran inside one would otherwise work on the wrong repository.
for (const name of Object.keys(process.env)) {
  if (name.startsWith('GIT_')) delete process.env[name];
}
process.env.GIT_CONFIG_GLOBAL = '/dev/null';
process.env.GIT_CONFIG_NOSYSTEM = '1';

// The same documents on every run; another seed explores further: FC_SEED=$RANDOM npm test
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 137) });
