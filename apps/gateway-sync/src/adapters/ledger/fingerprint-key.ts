import { createHmac, randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { Secret } from '../../core/secret.js';
import type { Database } from './database.js';
import { LedgerError } from '../../core/errors.js';
import { setting } from './schema.js';

const NAME = 'fingerprint-key';
const KEY_BYTES = 32;

const keptSchema = z.union([z.object({ key: z.string() }), z.object({ check: z.string() })]);

/**
 * The key of the fingerprints: the given one, of which the database keeps a check value only, or one that is made once and
 * kept there. A given key that is not the one the kept fingerprints were made with is an error, because every secret would
 * look changed.
 */
export async function fingerprintKey(database: Database, given: Secret | undefined): Promise<Secret> {
  const fresh = given ? { check: checkOf(given) } : { key: randomBytes(KEY_BYTES).toString('base64url') };
  const kept = await database.run('read the fingerprint key', async (db) => {
    const read = () => db.select().from(setting).where(eq(setting.name, NAME));
    const found = await read();
    if (found[0]) return found[0].value;
    // Another process may do the same now; whoever is first decides.
    await db.insert(setting).values({ name: NAME, value: fresh }).onConflictDoNothing();
    return (await read())[0]?.value;
  });
  const parsed = keptSchema.safeParse(kept);
  if (!parsed.success) throw mismatch(database, 'The fingerprint key kept in the database cannot be read');
  if ('key' in parsed.data) {
    const made = new Secret(parsed.data.key);
    if (!given || checkOf(given) === checkOf(made)) return made;
    throw mismatch(
      database,
      'The kept fingerprints were made with a key of the database, not with GATEWAY_SYNC_FINGERPRINT_KEY',
    );
  }
  if (given && checkOf(given) === parsed.data.check) return given;
  throw mismatch(
    database,
    given
      ? 'The kept fingerprints were made with another GATEWAY_SYNC_FINGERPRINT_KEY'
      : 'The kept fingerprints were made with a GATEWAY_SYNC_FINGERPRINT_KEY, and none is set',
  );
}

/** Tells keys apart without telling the key. */
function checkOf(key: Secret): string {
  return createHmac('sha256', key.reveal()).update('gateway-sync fingerprint key').digest('base64url');
}

function mismatch(database: Database, what: string): LedgerError {
  return new LedgerError(
    `${what} (${database.place.name}); give the key of before, or change it on purpose with ` +
      `"delete from gateway_sync.setting where name = '${NAME}'": then every secret of the file is written once more`,
    { transient: false },
  );
}
