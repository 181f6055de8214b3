import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { operations, svixOperations } from '@gateway-sync/api';

const ADAPTERS = ['emporix', 'svix'].map((name) =>
  fileURLToPath(new URL(`../../src/adapters/${name}/`, import.meta.url)),
);
/** Methods of a client that stand for an operation of another name. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  listEndpoints: 'listAllEndpoints',
  listSubscriptions: 'readSubscriptions',
};
/** The adapter can send it, and no plan has it. */
const NOT_PLANNED = 'replaceConfig';

/** The operations that the adapters call, by their sources; a client asks for its token by itself. */
export function serviceOperations(): ReadonlySet<string> {
  const names = [...Object.keys(operations), ...Object.keys(svixOperations)];
  const text = ADAPTERS.flatMap((folder) => sourcesIn(folder)).join('\n');
  const called = names.filter((name) => new RegExp(`\\.${OTHER_NAMES[name] ?? name}\\(`).test(text));
  return new Set([...called.filter((name) => name !== NOT_PLANNED), 'requestToken']);
}

function sourcesIn(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  return names.map((name) => readFileSync(`${folder}${name}`, 'utf8'));
}
