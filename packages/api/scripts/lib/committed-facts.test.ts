import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryProject } from '../testing/temporary-project.ts';
import { readCommittedFacts, readLock } from './committed-facts.ts';
import { defaultConfigFile, readConfig } from './config.ts';
import { readDeviations } from './deviations.ts';
import { checkSpec } from './spec-check.ts';
import { factsOfText } from './upstream.ts';

const specsFolder = fileURLToPath(new URL('../../../../specs', import.meta.url));
const folder = join(specsFolder, 'upstream');
const lock = Object.entries(readLock(folder));

test('the vendor is followed in both of its documents, from public addresses', () => {
  expect(lock.map(([spec]) => spec)).toEqual(['emporix-oauth', 'emporix-webhook']);
  expect(lock.filter(([, { source }]) => !source.startsWith('https://'))).toEqual([]);
});

test.each(lock)('the deviations explain every difference from the facts of %s, and nothing else', (spec, entry) => {
  const file = readConfig(defaultConfigFile).specs.find(({ name }) => name === spec)?.file ?? '';
  const facts = readCommittedFacts(folder, spec, entry);
  const { disagreements, idle } = checkSpec({
    spec,
    source: entry.source,
    ours: factsOfText(readFileSync(file, 'utf8'), spec),
    committed: facts,
    upstream: facts,
    deviations: readDeviations(join(specsFolder, 'deviations.yaml')).filter((deviation) => deviation.spec === spec),
  });
  expect([disagreements, idle]).toEqual([[], []]);
});

test('a list that is not of the right form says what is wrong', () => {
  const project = temporaryProject();
  project.write('lock.json', '{"orders": {"source": "a.yaml"}}');
  expect(() => readLock(project.folder)).toThrow(/lock\.json:[^]*sha256/);
  project.write('lock.json', '{');
  expect(() => readLock(project.folder)).toThrow('lock.json: SyntaxError');
});
