// Adds up what the checks came to and vitest's JSON reports, and prints the closing line.
// usage: summary.mjs passed|failed REPORT...    A report without tests is a failure: nothing was shown.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

// A run that was ended before it could report has shown nothing.
const readReport = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {
      testResults: [],
      numPassedTests: 0,
      numFailedTests: 0,
      numTotalTests: 0,
      numPendingTests: 0,
      numTodoTests: 0,
    };
  }
};

const [checks, ...reports] = process.argv.slice(2);
const total = { passed: checks === 'passed' ? 1 : 0, failed: checks === 'passed' ? 0 : 1, skipped: 0 };
console.log(`checks: ${checks}`);
for (const file of reports) {
  const report = readReport(file);
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
