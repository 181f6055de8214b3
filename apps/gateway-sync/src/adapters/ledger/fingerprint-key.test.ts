import { describe, expect, it } from 'vitest';
import { useDatabase } from '../../../test/support/database.js';
import { Secret } from '../../core/secret.js';

const GIVEN = new Secret('a key from the environment');
const OTHER = new Secret('another key from the environment');

describe('a key of the database', () => {
  const database = useDatabase();

  it('is made once, also when several start at once', async () => {
    const opened = await Promise.all(Array.from({ length: 4 }, () => database.open()));
    const keys = opened.map(({ ledger }) => ledger.fingerprintKey.reveal());
    expect(new Set(keys).size).toBe(1);
    expect(Buffer.from(keys[0] ?? '', 'base64url')).toHaveLength(32);
    // Whoever takes it out of the database into the environment changes nothing.
    await database.open({ fingerprintKey: new Secret(keys[0] ?? '') });
  });

  it('is not exchanged by a given one', async () => {
    await expect(database.open({ fingerprintKey: GIVEN })).rejects.toThrow(
      /^The kept fingerprints were made with a key of the database, not with GATEWAY_SYNC_FINGERPRINT_KEY/,
    );
  });
});

describe('a given key', () => {
  const database = useDatabase();

  it('is used, and only a check value is kept', async () => {
    const { ledger } = await database.open({ fingerprintKey: GIVEN });
    expect(ledger.fingerprintKey).toBe(GIVEN);
    const kept = JSON.stringify(await database.query('select * from gateway_sync.setting'));
    expect(kept).toContain('check');
    expect(kept).not.toContain(GIVEN.reveal());
    await database.open({ fingerprintKey: GIVEN });
  });

  it('that is another one, or is missing, is an error which says how to change it on purpose', async () => {
    const remedy = `delete from gateway_sync.setting where name = 'fingerprint-key'`;
    await expect(database.open({ fingerprintKey: OTHER })).rejects.toMatchObject({
      name: 'LedgerError',
      transient: false,
      message: expect.stringMatching(/^The kept fingerprints were made with another GATEWAY_SYNC_FINGERPRINT_KEY/),
    });
    await expect(database.open()).rejects.toThrow(remedy);

    await database.query(remedy);
    const { ledger } = await database.open({ fingerprintKey: OTHER });
    expect(ledger.fingerprintKey).toBe(OTHER);
  });
});
