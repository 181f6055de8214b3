import { readFile } from 'node:fs/promises';
import type { ServiceAddress } from '../adapters/service/connect-service.js';
import { Secret } from '../core/secret.js';
import { VERSION } from '../version.js';
import { type Cli, UsageError } from './cli.js';
import type { ServerOptions } from './options.js';

/** Where a service is and what opens it. A token never stands on a command line, which every user of a machine can read. */
export async function serverAddress(cli: Cli, server: string, { tokenFile }: ServerOptions): Promise<ServiceAddress> {
  const token = tokenFile === undefined ? cli.env.apiToken : await readToken(tokenFile);
  return { url: checkedUrl(server), userAgent: `gateway-sync/${VERSION}`, ...(token && { token }) };
}

function checkedUrl(server: string): string {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '') return server;
  throw new UsageError('--server takes an http or https URL without credentials, such as http://127.0.0.1:8080');
}

async function readToken(path: string): Promise<Secret> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--token-file ${path} cannot be read (${error.code ?? 'unreadable'})`, { cause: error });
  });
  const token = text.trim();
  if (/^[\x21-\x7e]+$/.test(token)) return new Secret(token);
  throw new UsageError(`--token-file ${path} does not hold a token: one line of ASCII without blanks`);
}
