import type { DesiredFile } from '../../src/adapters/desired-file/desired-file.js';
import type { Surroundings } from '../../src/adapters/desired-file/interpolate.js';
import { parseDesiredFile } from '../../src/adapters/desired-file/parse.js';
import { ConfigError, type ConfigProblem } from '../../src/core/errors.js';

const surroundings: Surroundings = {
  env: { ACME_ID: 'id-1', ACME_SECRET: 'top-s3cret', NUMBER: '00123', EMPTY: '' },
  readFile: (path) => {
    if (path === '/run/secrets/acme') return 'from-a-file\n';
    throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
  },
};

/** Parses a text as the file `g.yaml`. */
export const parse = (text: string, path = 'g.yaml'): DesiredFile => parseDesiredFile(text, path, surroundings);

export function problemsOf(text: string): readonly ConfigProblem[] {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

/** Problems as `place path: message`. */
export const told = (text: string): string[] =>
  problemsOf(text).map(({ place, path, message }) => `${place} ${path}: ${message}`);

export const credentials = '{ clientId: id, clientSecret: secret }';
/** A file of one tenant, with further lines of it. */
export const withTenant = (lines: string): string =>
  `version: 1\ntenants:\n  - tenant: acme\n    credentials: ${credentials}\n${lines.replaceAll(/^/gm, '    ')}\n`;
