import { createCatalogue } from '../adapters/catalogue-file/catalogue-file.js';
import { catalogueText } from '../adapters/catalogue-file/catalogue-text.js';
import { refreshCatalogue } from '../core/refresh-catalogue.js';
import type { CatalogPullOptions } from './catalog-options.js';
import { type Cli, UsageError } from './cli.js';
import type { ExitCode } from './exit-code.js';
import { notWritten } from './not-written.js';
import { codeOfReading, readCatalogues } from './read-catalogues.js';
import { readingLines } from './render/catalog-text.js';
import { errorJson, jsonText } from './render/json.js';
import { createPaint, wantsColor } from './render/paint.js';
import { count } from './render/words.js';

/** Writes what the tenants have as a catalogue, whatever is known. */
export async function catalogPull(cli: Cli, options: CatalogPullOptions): Promise<ExitCode> {
  const { output, force } = options;
  const read = await readCatalogues(cli, options);
  const { tenants, failures, interrupted, complaints } = read;
  const { catalogue } = refreshCatalogue([], read.types, true);
  const written = output !== undefined && failures.length + interrupted.length === 0;
  if (written && !(await createCatalogue(output, catalogue, force).catch(notWritten(output)))) {
    throw new UsageError(`${output} is there already; name another file, or replace it with --force`);
  }
  const code = codeOfReading(read);
  if (options.json) {
    const failed = failures.map(({ tenant, error }) => ({ tenant, error: errorJson(error, tenant) }));
    const told = { catalogue, tenants, complaints, failures: failed, interrupted };
    cli.stdout.write(jsonText({ command: 'catalog pull', exitCode: code, ...(written && { output }), ...told }));
    return code;
  }
  if (output === undefined) cli.stdout.write(catalogueText(catalogue));
  const paint = createPaint(wantsColor(cli.env.color, cli.stderr.isTTY === true));
  const lines = readingLines(read, options.quiet, paint);
  if (written) lines.push(`${paint.good('✓')} ${output} holds ${count(catalogue.length, 'event type')}`);
  else if (output !== undefined) lines.push(`${output} is not written: a tenant would be missing in it`);
  cli.stderr.write(lines.map((line) => `${line}\n`).join(''));
  return code;
}
