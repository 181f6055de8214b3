import { expect, test } from 'vitest';
import { largeDocument } from '../testing/large-document.ts';
import { diffFacts } from './diff.ts';
import { factText, parseFacts } from './fact-lines.ts';
import { factsOfText } from './upstream.ts';

// Time of the processor, whatever else it does meanwhile. The whole size (5,000 operations) takes some 15 s from YAML; a
// tenth of it is enough to notice what grows too fast.
test('a document of 500 operations is compared within seconds', () => {
  const text = JSON.stringify(largeDocument(500));
  const started = process.cpuUsage();
  const before = factsOfText(text, 'before');
  const after = factsOfText(text.replaceAll('"C', '"D'), 'after');
  const differences = diffFacts(parseFacts(factText(before)), after);
  expect(differences.length).toBeGreaterThan(4000);
  expect(process.cpuUsage(started).user).toBeLessThan(10_000_000);
});
