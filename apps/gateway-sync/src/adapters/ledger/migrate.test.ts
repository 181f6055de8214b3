import { expect, test } from 'vitest';
import { useDatabase } from '../../../test/support/database.js';
import { auditEntry, thing } from '../../../test/support/ledger-values.js';
import { tenantRecord } from '../../../test/support/tenant-records.js';

const database = useDatabase();
const applied = () => database.query('select * from gateway_sync.migration');

test('several processes that start on an empty database at once make the tables once', async () => {
  await Promise.all(Array.from({ length: 4 }, () => database.open()));
  const migrations = await applied();
  expect(migrations.length).toBeGreaterThan(0);

  await database.open();
  expect(await applied()).toEqual(migrations);
});

test('an older program works on the tables of a newer one', async () => {
  await database.open();
  await database.query(`insert into gateway_sync.migration (hash, created_at) values ('of a newer program', $1)`, [
    Date.UTC(2100, 0),
  ]);
  for (const table of ['owned_thing', 'audit_record', 'quota_reading', 'tenant_record', 'replica']) {
    await database.query(`alter table gateway_sync.${table} add column newer text not null default 'x'`);
  }
  const before = await applied();
  const { ledger, audit, quota, fleet } = await database.open();
  await ledger.commit('older', { put: [thing()], forget: [] }, auditEntry({ tenant: 'older' }));
  expect(await ledger.read('older')).toEqual([thing()]);
  expect(await audit.history({ tenants: ['older'], limit: 9 })).toHaveLength(1);
  await quota.add('older', { month: '2026-11', used: 1, crossed: [] }, 1);
  expect(await quota.since('older', 0)).toHaveLength(1);
  const { records, replicas } = fleet('shops');
  await records.write(tenantRecord({ tenant: 'older' }), {});
  expect((await records.changes()).rows).toHaveLength(1);
  expect(await replicas.announce({ hash: 'a', readAt: performance.now(), reloaded: false })).toEqual({
    role: 'leading',
    generation: 1,
    replicas: 1,
  });
  expect(await applied()).toEqual(before);
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
    expect(await audit.history({ tenants: ['acme'], limit: 9 })).toHaveLength(1);

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
