import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { dataDirectory, serverIn } from '../../../../test/support/bundled-server.js';
import { PATIENCE_MS, SILENT } from '../../../../test/support/database.js';
import type { LedgerLog } from '../ledger-log.js';
import { BundledServer } from './bundled-server.js';

const HERE = { id: 'boot-1 pid:[1]', host: 'pod-a' };
const THERE = { id: 'boot-2 pid:[1]', host: 'pod-b' };

async function openOn(dataDir: string, machine: { id: string; host: string }, log: LedgerLog = SILENT) {
  const server = await BundledServer.open({ dataDir, log, machine });
  onTestFinished(() => server.close());
  return server;
}

const ownerOf = (dataDir: string) => join(dataDir, 'postgres/owner');
const textOf = ({ id, host }: { id: string; host: string }) => `${id}\n${host}\n`;

/** As a machine leaves it that was switched off so long ago. */
async function leave(dataDir: string, machine: { id: string; host: string }, agoMs: number): Promise<void> {
  await writeFile(ownerOf(dataDir), textOf(machine));
  const at = (Date.now() - agoMs) / 1_000;
  await utimes(ownerOf(dataDir), at, at);
}

describe('data in use', { timeout: 2 * PATIENCE_MS }, () => {
  it('are refused to another machine, which is told whose they are and what to do', async () => {
    const dataDir = await dataDirectory();
    const server = await openOn(dataDir, HERE);
    const running = await serverIn(dataDir);
    const error: unknown = await openOn(dataDir, THERE).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'LedgerError', transient: false });
    expect(String(error)).toMatch(/another machine or container, pod-a, .*run commands there; or set DATABASE_URL/);
    expect(await serverIn(dataDir)).toBe(running);
    expect(await readFile(ownerOf(dataDir), 'utf8')).toBe(textOf(HERE));
    await server.close();
    expect(await readdir(join(dataDir, 'postgres'))).not.toContain('owner');
    await (await openOn(dataDir, THERE)).close();
  });

  it('are shared with another process of the same machine', async () => {
    const dataDir = await dataDirectory();
    const [one, other] = await Promise.all([openOn(dataDir, HERE), openOn(dataDir, HERE)]);
    await one.close();
    const before = (await stat(ownerOf(dataDir))).mtimeMs;
    await vi.waitFor(async () => expect((await stat(ownerOf(dataDir))).mtimeMs).toBeGreaterThan(before), 5_000);
    await other.close();
  });

  it('are taken over from a machine that is gone, at once or as soon as that is certain', async () => {
    const dataDir = await dataDirectory();
    await (await openOn(dataDir, HERE)).close();
    for (const agoMs of [3_600_000, 28_000]) {
      await leave(dataDir, HERE, agoMs);
      const server = await openOn(dataDir, THERE);
      expect(await readFile(ownerOf(dataDir), 'utf8')).toBe(textOf(THERE));
      await server.close();
    }
  });

  it('that another machine took are let go: the server is ended, and not started again beside the other', async () => {
    const dataDir = await dataDirectory();
    const warnings: string[] = [];
    const log = { ...SILENT, warn: (_: object, message: string) => void warnings.push(message) };
    const server = await openOn(dataDir, HERE, log);
    const running = await serverIn(dataDir);
    // The server is looked at once a second, and has to be known before it is lost.
    expect(running).toBeDefined();
    // At least one look at the server, so that it is known by its process id.
    await leave(dataDir, THERE, 0);
    const touching = setInterval(() => void utimes(ownerOf(dataDir), new Date(), new Date()), 300);
    onTestFinished(() => clearInterval(touching));
    await vi.waitFor(
      () => expect(warnings).toContain('the bundled PostgreSQL could not be started again'),
      PATIENCE_MS,
    );
    expect(warnings[0]).toMatch('ours is ended at once');
    await server.close();
    expect(await serverIn(dataDir)).toBeUndefined();
    clearInterval(touching);
    expect(await readFile(ownerOf(dataDir), 'utf8')).toBe(textOf(THERE));
  });
});
