#!/usr/bin/env node
import { main } from './main.ts';

// A reader that closes the pipe (`gov check | head`) has seen enough: no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  throw error;
});

process.exitCode = await main(process.argv.slice(2));
