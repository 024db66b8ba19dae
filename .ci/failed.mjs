// What failed, a line for each test and one for its reason, from the results that the test runner left.
//   node .ci/failed.mjs FOLDER_OF_RESULTS
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const folder = process.argv[2];
for (const results of readdirSync(folder).sort()) {
  const { testResults } = JSON.parse(readFileSync(join(folder, results), 'utf8'));
  for (const { name, status, message, assertionResults } of testResults) {
    const file = name.slice(name.lastIndexOf('/test/') + 1);
    const failed = assertionResults.filter((test) => test.status === 'failed');
    for (const { fullName, failureMessages } of failed)
      print(results, `${file} > ${fullName}`, failureMessages[0]);
    if (status === 'failed' && failed.length === 0) print(results, file, message);
  }
}

function print(results, what, why) {
  const [reason] = stripVTControlCharacters(why ?? '')
    .trim()
    .split('\n');
  process.stdout.write(
    `FAIL ${results.replace(/\.json$/, '')}: ${what}\n     ${reason || 'no reason is told'}\n`,
  );
}
