import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createEmulator, type Emulator } from '@gateway-sync/emulator';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { fileText, listening, ORDER_EVENTS, subscribed } from './support/app.js';
import { bookedFaults } from './support/booked-faults.js';
import { runProgram, servingAt, startProgram, temporaryFile } from './support/program.js';

async function stage(sync: Record<string, unknown> = {}) {
  const emulator = createEmulator({ autoCreateTenants: true });
  const { url } = await listening(emulator);
  const options = { tenants: [{ tenant: 'acme' }, { tenant: 'beta' }], sync, emporix: { timeout: '10s' } };
  const config = await temporaryFile('shops.yaml', fileText(url, options));
  return { emulator, config };
}

const status = (url: string) => fetch(url).then((response) => response.status);

const firings = async (emulator: Emulator) =>
  (await bookedFaults(emulator)).reduce((sum, fault) => sum + fault.firings.length, 0);

describe('gateway-sync serve', () => {
  it('logs JSON lines with tenant and reconcile id on stderr, nothing on stdout', async () => {
    const { config } = await stage();
    const program = startProgram(['serve', '--config', config], { PORT: '0' });
    const url = await servingAt(program);
    await vi.waitFor(async () => expect(await status(`${url}/readyz`)).toBe(200), { timeout: 10_000 });
    program.child.kill('SIGTERM');
    expect((await program.finished).code).toBe(0);
    const lines = program.output.stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const changed = lines.filter(({ msg }) => msg === 'brought in line with the file');
    expect(new Set(changed.map(({ tenant }) => tenant))).toEqual(new Set(['acme', 'beta']));
    expect(changed[0]?.['reconcileId']).toMatch(/^[0-9a-f-]{36}$/);
    expect(program.output.stdout).toBe('');
  });

  it('is not ready at once on SIGTERM, finishes the apply in flight, and ends with 0', async () => {
    const { emulator, config } = await stage({ interval: '100ms', maxInterval: '100ms' });
    const program = startProgram(['serve', '--config', config], { PORT: '0' });
    const url = await servingAt(program);
    await vi.waitFor(async () => expect(await status(`${url}/readyz`)).toBe(200), { timeout: 10_000 });
    const match = { operationId: 'updateSubscriptions', tenant: 'acme' };
    emulator.addFault({ kind: 'latency', ms: 1_500, match });
    emulator.addFault({
      kind: 'foreign-write',
      eventTypes: ['order.created'],
      subscription: 'UNSUBSCRIBED',
      match: { operationId: 'listSubscriptions', tenant: 'acme' },
    });
    await vi.waitFor(async () => expect(await firings(emulator)).toBe(2), { timeout: 5_000, interval: 20 });
    expect(await status(`${url}/readyz`)).toBe(200);

    program.child.kill('SIGTERM');
    await vi.waitFor(async () => expect(await status(`${url}/readyz`)).toBe(503));
    expect(await status(`${url}/livez`)).toBe(200);
    expect(subscribed(emulator, 'acme')).not.toContain('order.created');
    expect((await program.finished).code).toBe(0);
    expect(subscribed(emulator, 'acme')).toEqual(ORDER_EVENTS);
    // The verifying reading belongs to the apply.
    expect(emulator.requests({ tenant: 'acme' }).at(-1)?.operationId).toBe('listSubscriptions');
  });

  it('goes on answering while it drains, so that a balancer sees in time that it is not ready', async () => {
    const { config } = await stage();
    const program = startProgram(['serve', '--config', config], { PORT: '0', GATEWAY_SYNC_DRAIN_SECONDS: '2' });
    const url = await servingAt(program);
    await vi.waitFor(async () => expect(await status(`${url}/readyz`)).toBe(200), { timeout: 10_000 });
    const signalledAt = performance.now();
    program.child.kill('SIGTERM');
    await vi.waitFor(async () => expect(await status(`${url}/readyz`)).toBe(503));
    expect(await status(`${url}/api/v1/tenants`)).toBe(200);
    expect((await program.finished).code).toBe(0);
    expect(performance.now() - signalledAt).toBeGreaterThanOrEqual(2_000);
  });

  it('with a token tells that it listens on all addresses, and one to try', async () => {
    const { config } = await stage();
    const token = { GATEWAY_SYNC_API_TOKEN: 'a-token-for-this-test' };
    const program = startProgram(['serve', '--config', config], { PORT: '0', ...token });
    const url = await servingAt(program);
    expect(await status(`${url}/livez`)).toBe(200);
    expect(program.output.stderr).toMatch(/"listening":"http:\/\/(\[::\]|0\.0\.0\.0):\d+ \(all addresses\)"/);
    program.child.kill('SIGTERM');
    expect((await program.finished).code).toBe(0);
  });

  it('loses nothing when it is killed in the middle of an apply: the next start goes on', async () => {
    const { emulator, config } = await stage();
    emulator.addFault({ kind: 'latency', ms: 60_000, match: { operationId: 'updateSubscriptions' }, times: 2 });
    const killed = startProgram(['serve', '--config', config], { PORT: '0' });
    await vi.waitFor(() => expect(emulator.counts()['listSubscriptions']).toBe(2), { timeout: 10_000 });
    killed.child.kill('SIGKILL');
    expect((await killed.finished).code).toBeNull();
    emulator.clearFaults();
    startProgram(['serve', '--config', config], { PORT: '0' });
    await vi.waitFor(
      () => {
        expect(subscribed(emulator, 'acme')).toEqual(ORDER_EVENTS);
        expect(subscribed(emulator, 'beta')).toEqual(ORDER_EVENTS);
      },
      { timeout: 10_000 },
    );
  });

  it('says which port is taken, and how to choose another', async () => {
    const { config } = await stage();
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo; // listening on TCP
    const { code, stderr } = await runProgram(['serve', '--config', config], { PORT: String(port) });
    expect(code).toBe(1);
    expect(stderr).toContain(String(port));
    expect(stderr).toContain('choose another PORT');
    expect(stderr.match(/EADDRINUSE/g)).toHaveLength(1);
  });

  it('refuses a broken file with exit code 5 before it listens', async () => {
    const config = await temporaryFile('shops.yaml', 'version: 1\ntenants:\n  - tenant: ACME\n');
    const { code, stderr } = await runProgram(['serve', '--config', config], { PORT: '0' });
    expect(code).toBe(5);
    expect(stderr).toContain('shops.yaml:3:13');
  });
});
