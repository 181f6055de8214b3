import { beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '../../../test/support/database.js';
import { auditChange, auditEntry } from '../../../test/support/ledger-values.js';
import type { AuditEntry, AuditRecord } from '../../core/ports.js';
import type { LedgerStore } from '../../core/ports.js';

const database = useDatabase();
let opened: LedgerStore;
const record = (entry: AuditEntry) => opened.ledger.commit(entry.tenant, { put: [], forget: [] }, entry);
const named = (name: string) => auditChange({ name });

beforeAll(async () => {
  opened = await database.open();
  await record(auditEntry({ tenant: 'acme', changes: [named('1'), named('2'), named('3')] }));
  await record(auditEntry({ tenant: 'beta', changes: [named('4')] }));
  await record(auditEntry({ tenant: 'acme', changes: [named('5')] }));
});

const names = (records: readonly AuditRecord[]) => records.map(({ change }) => change.name);

describe('the history', () => {
  it('comes newest first', async () => {
    expect(names(await opened.audit.history({ limit: 4 }))).toEqual(['5', '4', '3', '2']);
  });

  it('can be had page by page, without gap and without repetition', async () => {
    const pages: string[] = [];
    let before: string | undefined;
    for (;;) {
      const page = await opened.audit.history({ limit: 2, tenants: ['acme'], ...(before !== undefined && { before }) });
      if (page.length === 0) break;
      pages.push(names(page).join());
      before = page.at(-1)?.id;
    }
    expect(pages).toEqual(['5,3', '2,1']);
  });

  it('is that of the tenants asked for', async () => {
    expect(names(await opened.audit.history({ limit: 9, tenants: ['beta'] }))).toEqual(['4']);
    expect(names(await opened.audit.history({ limit: 9, tenants: ['beta', 'acme'] }))).toEqual([
      '5',
      '4',
      '3',
      '2',
      '1',
    ]);
    expect(await opened.audit.history({ limit: 9, tenants: [] })).toEqual([]);
    expect(await opened.audit.history({ limit: 9, tenants: ['nobody'] })).toEqual([]);
  });

  it('gives back the whole entry and change', async () => {
    const change = auditChange({
      resource: 'config',
      before: { active: true, 'x\0': '🛒' },
      after: null,
      secrets: ['secretKey', 'headers.x-api-key'],
      status: 'rejected',
      code: 400,
      message: `Not "valid"\0`,
    });
    const entry = auditEntry({ tenant: 'whole', at: 1_795_570_292_123, changes: [change] });
    await record(entry);
    const { changes: _, ...rest } = entry;
    expect(await opened.audit.history({ limit: 1, tenants: ['whole'] })).toEqual([
      {
        ...rest,
        id: expect.stringMatching(/^\d+$/),
        change: { ...change, before: { active: true, 'x\uFFFD': '🛒' }, message: `Not "valid"\uFFFD` },
      },
    ]);
  });

  it('refuses a page that cannot be, in words', async () => {
    await expect(opened.audit.history({ limit: 1, before: 'yesterday' })).rejects.toThrow(
      /^Could not read the audit trail \(PostgreSQL, .*invalid input syntax for type bigint: "yesterday"/,
    );
  });

  it('of a tenant reads an index, however long it is', async () => {
    await database.query('set enable_seqscan = off');
    const plan = await database.query(
      `explain select * from gateway_sync.audit_record where tenant in ('acme') and id < 9 order by id desc limit 2`,
    );
    const text = JSON.stringify(plan);
    expect(text).toContain('Index Scan Backward using audit_record_history');
    expect(text).not.toContain('Sort');
  });
});
