import { Secret } from '../../src/core/secret.js';
import { CuttingProxy } from './cutting-proxy.js';

/** A way to a database that can be cut; whoever asked for it closes the proxy. */
export async function proxiedDatabase(database: {
  readonly url: Secret;
}): Promise<{ proxy: CuttingProxy; url: Secret }> {
  const url = new URL(database.url.reveal());
  const folder = url.searchParams.get('host');
  const proxy = await CuttingProxy.open(
    folder === null
      ? { host: url.hostname, port: Number(url.port || 5432) }
      : { path: `${folder}/.s.PGSQL.${url.port || 5432}` },
  );
  url.searchParams.delete('host');
  url.host = `127.0.0.1:${proxy.port}`;
  return { proxy, url: new Secret(url.href) };
}
