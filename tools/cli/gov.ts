#!/usr/bin/env node
import './warnings.ts';
import { main } from './main.ts';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that closes the pipe (`gov check | head`) has seen enough; a full disk has not.
  if (error.code !== 'EPIPE') process.stderr.write(`gov: cannot print: ${error.message}\n`);
  process.exit(error.code === 'EPIPE' ? (process.exitCode ?? 0) : 2);
});

process.exitCode = await main(process.argv.slice(2));
