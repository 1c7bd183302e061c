// Adds up vitest's JSON reports and prints the closing line. A report without tests is a failure: nothing was shown.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

const total = { passed: 0, failed: 0, skipped: 0 };
for (const file of process.argv.slice(2)) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  // A suite that failed to load has no tests of its own but must not look like a pass.
  const brokenSuites = report.testResults.filter(
    (suite) => suite.status === 'failed' && !suite.assertionResults.some((one) => one.status === 'failed'),
  ).length;
  total.passed += report.numPassedTests;
  total.failed += report.numFailedTests + brokenSuites + (report.numTotalTests === 0 ? 1 : 0);
  total.skipped += report.numPendingTests + report.numTodoTests;
  console.log(`${basename(file, '.json')}: ${report.numPassedTests} of ${report.numTotalTests}`);
}
console.log(
  `${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`,
);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
