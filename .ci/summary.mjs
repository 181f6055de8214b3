// Sums the reports that the test runners and the demo wrote. A report that is missing is an error, not a zero.
import { readFileSync } from 'node:fs';

const reports = [
  'packages/api/reports/vitest.json',
  'packages/events/reports/vitest.json',
  'apps/emulator/reports/vitest.json',
  'apps/gateway-sync/reports/vitest.json',
  'apps/gateway-sync/reports/faults.json',
  'apps/gateway-sync/reports/chaos.json',
  'backtest/reports/vitest.json',
  'deploy/reports/vitest.json',
  'deploy/reports/prometheus.json',
  'release/reports/vitest.json',
  'apps/demo/reports/demo.json',
];

const sum = { passed: 0, failed: 0, skipped: 0 };
let complete = true;
for (const path of reports) {
  let report;
  try {
    report = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    console.error(`${path}: ${error.message}`);
    complete = false;
    continue;
  }
  const suitesThatDidNotLoad = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + suitesThatDidNotLoad.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  console.log(`${path}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  for (const key of Object.keys(sum)) sum[key] += counts[key];
}
console.log(`${sum.passed} passed, ${sum.failed} failed${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''}`);
process.exitCode = complete && sum.failed === 0 ? 0 : 1;
