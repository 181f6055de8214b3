/** Writes gateway-sync.schema.json from the schema that the program itself checks the desired-state file with. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

// Through Vite, because Node alone does not find `x.ts` behind an import of `x.js`, and a build should not be needed.
const source = fileURLToPath(import.meta.resolve('../src/adapters/desired-file/json-schema.ts'));
const { module } = await runnerImport<typeof import('../src/adapters/desired-file/json-schema.js')>(source);

const target = fileURLToPath(import.meta.resolve('../gateway-sync.schema.json'));
writeFileSync(target, module.jsonSchemaText());
