import { expect, test } from 'vitest';
import { useDatabase } from '../../../test/support/database.js';
import { auditEntry, thing } from '../../../test/support/ledger-values.js';

const database = useDatabase();
const applied = () => database.query('select * from gateway_sync.migration');

test('several processes that start on an empty database at once make the tables once', async () => {
  await Promise.all(Array.from({ length: 4 }, () => database.open()));
  const migrations = await applied();
  expect(migrations.length).toBeGreaterThan(0);

  await database.open();
  expect(await applied()).toEqual(migrations);
});

test('a user without the right to create works once the tables are there', async () => {
  const user = `clerk_${Date.now()}`;
  await database.open();
  await database.query(`create role ${user} login password 'clerk'`);
  await database.query(`grant usage on schema gateway_sync to ${user}`);
  await database.query(`grant select, insert, update, delete on all tables in schema gateway_sync to ${user}`);
  const databaseUrl = database.urlWith((url) => {
    url.username = user;
    url.password = 'clerk';
  });
  try {
    const { ledger, audit } = await database.open({ databaseUrl });
    await ledger.commit('acme', { put: [thing()], forget: [] }, auditEntry());
    expect(await ledger.read('acme')).toEqual([thing()]);
    expect(await audit.history({ limit: 9 })).toHaveLength(1);

    await database.query('drop schema gateway_sync cascade');
    await expect(database.open({ databaseUrl })).rejects.toMatchObject({
      name: 'LedgerError',
      code: '42501',
      message: expect.stringMatching(/^Could not migrate the database .*; migrations need the right to create/),
    });
  } finally {
    await database.query(`drop owned by ${user}; drop role ${user}`);
  }
});
