import { createEmulator, type Emulator } from '@gateway-sync/emulator';
import { describe, expect, it, vi } from 'vitest';
import type { OpenedLedger } from '../src/adapters/ledger/index.js';
import type { Pause } from '../src/core/pause.js';
import { fileText, listening, ORDER_EVENTS, subscribed } from './support/app.js';
import { PATIENCE_MS, useDatabase } from './support/database.js';
import { type Finished, runProgram, servingAt, startProgram, temporaryFile } from './support/program.js';

// Every test starts several processes.
vi.setConfig({ testTimeout: 60_000 });

const database = useDatabase();
const PAUSE: Pause = { at: Date.UTC(2026, 10, 25, 1, 20), by: 'API (10.0.0.7)', reason: 'moving' };
const TOLD = 'paused since 2026-11-25T01:20:00Z by API (10.0.0.7): moving';
const ways = (tenant: string) =>
  `gateway-sync resume --server <url> --tenant ${tenant} ends the pause; for this once: gateway-sync apply --tenant ${tenant} --despite-pause`;

interface Stage {
  readonly emulator: Emulator;
  readonly store: OpenedLedger;
  readonly pause: (pause: Pause | undefined) => Promise<void>;
  readonly env: Readonly<Record<string, string>>;
  /** A command on the file. */
  readonly args: (...words: string[]) => string[];
  readonly run: (...words: string[]) => Promise<Finished>;
}

/** A tenant that may be paused, and another one, `beta-…`; both still without a subscription. The ledger is for all tests. */
async function stage(tenant: string): Promise<Stage> {
  const emulator = createEmulator({ autoCreateTenants: true });
  const { url } = await listening(emulator);
  const config = await temporaryFile(
    'shops.yaml',
    fileText(url, { tenants: [{ tenant }, { tenant: `beta-${tenant}` }] }),
  );
  const store = await database.open({ clock: { now: Date.now } });
  const env = { DATABASE_URL: database.url.reveal() };
  const args = (...words: string[]) => [...words, '--config', config];
  return {
    emulator,
    store,
    pause: (pause) => store.fleet('gateway-sync').records.pause(tenant, pause),
    env,
    args,
    run: (...words) => runProgram(args(...words), env),
  };
}

describe('apply', () => {
  it('leaves a paused tenant alone, says why and what to do, and goes on with the others', async () => {
    const { emulator, pause, run } = await stage('withheld');
    await pause(PAUSE);
    const { code, stdout, stderr } = await run('apply');
    expect([code, stderr]).toEqual([4, '']);
    expect(stdout).toContain(`withheld
  withheld by pause: ${TOLD}
      to allow it: ${ways('withheld')}
  withheld: 5 to subscribe
`);
    expect(emulator.counts('withheld')['updateSubscriptions']).toBeUndefined();
    expect(subscribed(emulator, 'beta-withheld')).toEqual(ORDER_EVENTS);
    const json = JSON.parse((await run('apply', '--json')).stdout) as object;
    expect(json).toMatchObject({
      exitCode: 4,
      tenants: [
        {
          tenant: 'withheld',
          outcome: 'blocked',
          pause: { ...PAUSE, at: '2026-11-25T01:20:00.000Z' },
          verdicts: [{ guard: 'pause', message: TOLD, allow: ways('withheld') }],
        },
        { tenant: 'beta-withheld', outcome: 'in-sync' },
      ],
    });
  });

  it('writes it with --despite-pause, and after the end of the pause', async () => {
    const { emulator, pause, run } = await stage('allowed');
    await pause(PAUSE);
    expect(await run('apply', '--despite-pause', '-t', 'allowed')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`allowed (${TOLD})\n  ✓ subscribed`),
    });
    expect(subscribed(emulator, 'allowed')).toEqual(ORDER_EVENTS);
    await pause(undefined);
    expect(await run('apply')).toMatchObject({ code: 0, stdout: expect.not.stringContaining('paused') });
  });

  it('has nothing to withhold from a paused tenant that is in sync', async () => {
    const { pause, run } = await stage('in-sync');
    await run('apply');
    await pause(PAUSE);
    const { code, stdout } = await run('apply');
    expect([code, stdout]).toEqual([0, expect.stringContaining(`in-sync (${TOLD})\n  in sync, 5 subscriptions\n`)]);
  });

  it('goes by the pause that is there when it has the tenant for itself', async () => {
    const { emulator, store, pause, env, args } = await stage('waiting');
    const held = await vi.waitFor(async () => {
      const lock = await store.locks.hold('waiting');
      if (!lock) throw new Error('acme is held');
      return lock;
    });
    const program = startProgram(args('apply'), env);
    await vi.waitFor(() => expect(subscribed(emulator, 'beta-waiting')).toEqual(ORDER_EVENTS), {
      timeout: PATIENCE_MS,
    });
    await pause(PAUSE);
    await held.release();
    expect((await program.finished).code).toBe(4);
    expect(subscribed(emulator, 'waiting')).toEqual([]);
  });
});

describe('what only reads', () => {
  it('tells of the pause and answers as without it: plan', async () => {
    const { pause, run } = await stage('plan');
    await pause(PAUSE);
    const text = await run('plan', '-t', 'plan');
    expect([text.code, text.stdout]).toEqual([2, expect.stringContaining(`plan (${TOLD})\n  + order.cancelled`)]);
    expect(text.stdout).toContain(`  ! apply withholds it while it is paused\n      to allow it: ${ways('plan')}\n`);
    const markdown = await run('plan', '--markdown');
    expect([markdown.code, markdown.stdout]).toEqual([
      2,
      expect.stringMatching(
        /### <code>plan<\/code> \(paused since 2026-11-25T01:20:00Z by API .*moving\)[\s\S]*apply withholds it while it is paused/,
      ),
    ]);
    const json = await run('plan', '--json', '-t', 'plan');
    expect([json.code, JSON.parse(json.stdout)]).toMatchObject([
      2,
      { tenants: [{ outcome: 'drifted', verdicts: [], pause: { by: PAUSE.by, reason: PAUSE.reason } }] },
    ]);
  });

  it('tells of the pause and answers as without it: status', async () => {
    const { pause, run } = await stage('status');
    await run('apply');
    await pause(PAUSE);
    const { code, stdout } = await run('status', '--quiet');
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^status \(paused since .*\)\n  Ready [\s\S]*\n\n2 tenants/),
    ]);
    expect(JSON.parse((await run('status', '--json', '-t', 'status')).stdout)).toMatchObject({
      tenants: [{ tenant: 'status', outcome: 'in-sync', pause: { ...PAUSE, at: '2026-11-25T01:20:00.000Z' } }],
    });
  });

  it('goes on: adopt that writes to no tenant, and dump', async () => {
    const { pause, run } = await stage('reading');
    await run('apply');
    await pause(PAUSE);
    expect((await run('adopt')).code).toBe(0);
    expect((await run('dump', '-t', 'reading')).code).toBe(0);
  });
});

describe('serve --tenant', () => {
  it('keeps to a pause of the replicas', async () => {
    const { emulator, pause, args, env } = await stage('alone');
    await pause(PAUSE);
    const tenants = ['--tenant', 'alone', '--tenant', 'beta-alone'];
    const program = startProgram([...args('serve'), ...tenants], { ...env, PORT: '0' });
    await vi.waitFor(() => expect(subscribed(emulator, 'beta-alone')).toEqual(ORDER_EVENTS), { timeout: PATIENCE_MS });
    const url = await servingAt(program);
    await vi.waitFor(
      async () => expect(await (await fetch(`${url}/api/v1/tenants/alone`)).json()).toMatchObject({ state: 'paused' }),
      { timeout: PATIENCE_MS },
    );
    expect(emulator.counts('alone')['listSubscriptions']).toBeUndefined();
  });
});
