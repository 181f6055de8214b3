import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEmulator, type Emulator } from '@gateway-sync/emulator';
import { describe, expect, it, test, vi } from 'vitest';
import { createGatewayFactory } from '../src/adapters/emporix/index.js';
import { listening } from './support/app.js';
import { Canaries } from './support/canaries.js';
import { commandLine } from './support/command-line.js';
import { PATIENCE_MS, useDatabase } from './support/database.js';
import { listeningProxy } from './support/listening-proxy.js';
import { PROGRAM, type Program, runProgram, servingAt, startProgram, temporaryFile } from './support/program.js';
import { webhookReceiver } from './support/webhook-receiver.js';

// Every test runs many commands.
vi.setConfig({ testTimeout: 120_000 });

const database = useDatabase();
const API = fileURLToPath(new URL('../../../packages/api/package.json', import.meta.url));
/** The database keeps to the first one that it sees. */
const FINGERPRINT_KEY = new Canaries().plain('fingerprint key');
const { command } = commandLine();

interface Shop {
  readonly canaries: Canaries;
  readonly emulator: Emulator;
  readonly config: string;
  readonly env: Readonly<Record<string, string>>;
  readonly apiToken: string;
  /** What a service was given by a tenant and may quote. */
  readonly given: Readonly<Record<'acme' | 'shared' | 'own', readonly string[]>>;
}

/** Three tenants with a secret in every place that takes one, behind a proxy that learns those that are made on the way. */
async function shop(): Promise<Shop> {
  const canaries = new Canaries();
  canaries.learn('fingerprint key', FINGERPRINT_KEY);
  const secrets = {
    acmeSecret: canaries.plant('client secret from ${env:}'),
    sharedSecret: canaries.plant('client secret from ${file:}'),
    ownSecret: canaries.plant('client secret in the file'),
    hmac: canaries.plant('HMAC key of a config'),
    targetHmac: canaries.plant('HMAC key of a target'),
    header: canaries.plain('hidden header of a config'),
    targetHeader: canaries.plain('hidden header of a target'),
    endpointHeader: canaries.plain('hidden header of an endpoint'),
    endpointSecret: canaries.signing('endpoint secret'),
    notify: canaries.signing('secret of notify'),
    apiKey: `sk_${canaries.plain('Svix api key')}.eu`,
  };
  const emulator = createEmulator({
    tenants: [
      { tenant: 'acme', credentials: [{ clientId: 'acme-id', clientSecret: secrets.acmeSecret }] },
      { tenant: 'shared', credentials: [{ clientId: 'shared-id', clientSecret: secrets.sharedSecret }] },
      {
        tenant: 'own',
        credentials: [{ clientId: 'own-id', clientSecret: secrets.ownSecret }],
        svix: { apiKeys: [secrets.apiKey] },
      },
    ],
  });
  for (const tenant of ['acme', 'shared', 'own']) await useUp(emulator, tenant);
  const receiver = await webhookReceiver((_, response) => response.writeHead(500).end(`refused: ${secrets.notify}`));
  const { url } = await listening(emulator);
  const baseUrl = await listeningProxy(url, (place, value) => canaries.learn(place, value));
  const secretFile = await temporaryFile('shared-secret', `${secrets.sharedSecret}\n`);
  const endpoint = (uid: string) => ({
    uid,
    url: `https://${uid}.example/hooks`,
    events: ['order.*'],
    headers: { Authorization: { value: `Bearer ${secrets.endpointHeader}`, secret: true } },
    secret: secrets.endpointSecret,
  });
  const file = {
    version: 1,
    emporix: { baseUrl, requestsPerSecond: 1_000, timeout: '500ms' },
    svix: { requestsPerSecond: 1_000 },
    notify: { url: receiver.url, secret: secrets.notify },
    sync: { interval: '200ms', maxInterval: '200ms', jitter: '0%' },
    defaults: { svix: { url: baseUrl }, subscriptions: [{ event: 'order.*' }], quota: { warnAt: [50] } },
    tenants: [
      {
        tenant: 'acme',
        credentials: { clientId: 'acme-id', clientSecret: '${env:ACME_SECRET}' },
        delivery: {
          provider: 'HTTP',
          destinationUrl: 'https://hooks.example/all',
          secretKey: secrets.hmac,
          headers: { 'X-Api-Key': { value: secrets.header, secret: true } },
          targets: [
            {
              name: 'big',
              event: 'order.created',
              destinationUrl: 'https://hooks.example/big',
              secretKey: secrets.targetHmac,
              headers: { 'X-Other-Key': { value: secrets.targetHeader, secret: true } },
            },
          ],
        },
      },
      {
        tenant: 'shared',
        credentials: { clientId: 'shared-id', clientSecret: `\${file:${secretFile}}` },
        delivery: { provider: 'SVIX_SHARED' },
        endpoints: [endpoint('erp'), { uid: 'crm', url: 'https://crm.example/hooks', events: 'all' }],
      },
      {
        tenant: 'own',
        credentials: { clientId: 'own-id', clientSecret: secrets.ownSecret },
        delivery: { provider: 'SVIX', apiKey: secrets.apiKey },
        endpoints: [endpoint('own')],
      },
    ],
  };
  const apiToken = canaries.plain('GATEWAY_SYNC_API_TOKEN');
  const user = `user_${Date.now().toString(36)}_${Math.random().toString(36).slice(2)}`;
  const password = canaries.plain('password of DATABASE_URL');
  await database.query(`create role ${user} superuser login password '${password}'`);
  const databaseUrl = database.urlWith((each) => {
    each.username = user;
    each.password = password;
  });
  return {
    canaries,
    emulator,
    apiToken,
    config: await temporaryFile('gateway-sync.yaml', JSON.stringify(file)),
    env: {
      ACME_SECRET: secrets.acmeSecret,
      DATABASE_URL: databaseUrl.reveal(),
      GATEWAY_SYNC_API_TOKEN: apiToken,
      GATEWAY_SYNC_FINGERPRINT_KEY: FINGERPRINT_KEY,
      LOG_LEVEL: 'trace',
      PORT: '0',
      HOST: '127.0.0.1',
    },
    given: {
      acme: [secrets.acmeSecret, secrets.hmac, secrets.header, secrets.targetHmac, secrets.targetHeader],
      shared: [secrets.sharedSecret, secrets.endpointHeader, secrets.endpointSecret],
      own: [secrets.ownSecret, secrets.apiKey, secrets.endpointHeader, secrets.endpointSecret],
    },
  };
}

/** Past every threshold, so that there is something to tell. */
async function useUp(emulator: Emulator, tenant: string): Promise<void> {
  const month = new Date().toISOString().slice(0, 7);
  const request = new Request(`http://emulator/_emulator/tenants/${tenant}/usage`, {
    method: 'POST',
    body: JSON.stringify({ month, set: 900, limit: 1_000 }),
    headers: { 'content-type': 'application/json' },
  });
  expect((await emulator.fetch(request)).status).toBe(200);
}

/** A refusal in which a service repeats what it was given. */
const quoting = (status: number, quoted: readonly string[]) => ({
  kind: 'status' as const,
  status,
  body: { code: status, status: 'x', message: `refused: ${quoted.join(' ')}`, details: [...quoted] },
});

const openLedger = () => database.open({ clock: { now: Date.now } });

/** Every row of every table of every schema, as text. */
async function databaseAsText(): Promise<{ text: string; schemas: Set<string> }> {
  const tables = await database.query<{ schema: string; name: string }>(
    `select table_schema as schema, table_name as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const parts: string[] = [];
  for (const { schema, name } of tables) {
    const rows = await database.query<{ line: string }>(
      `select row_to_json(t)::text as line from "${schema}"."${name}" t`,
    );
    parts.push(`${schema}.${name}`, ...rows.map(({ line }) => line));
  }
  return { text: parts.join('\n'), schemas: new Set(tables.map(({ schema }) => schema)) };
}

const COMMANDS = [
  'validate',
  'validate --online',
  'plan',
  'apply',
  'plan --markdown',
  'status',
  'history',
  'lock --check',
  'lock',
  'quota --readings',
  'dump',
  'adopt --dry-run',
  'adopt --yes',
  'portal -t shared',
];

test('a canary is found in whatever form it is written', () => {
  const canaries = new Canaries();
  const secret = canaries.plant('here');
  const forms = [
    secret,
    JSON.stringify({ secret }),
    encodeURIComponent(secret),
    new URLSearchParams({ secret }).toString(),
    Buffer.from(secret).toString('base64'),
    Buffer.from(`a:${secret}`).toString('base64'),
    Buffer.from(`ab:${secret}`).toString('base64url'),
    Buffer.from(`abc:${secret}`).toString('base64'),
    Buffer.from(secret).toString('hex'),
  ];
  for (const form of forms) expect(canaries.leaksIn(`before ${form} after`), form).not.toEqual([]);
  expect(canaries.leaksIn('something else')).toEqual([]);
});

describe('no secret', () => {
  it('is in what any command writes, to its streams, to files, and to the database', async () => {
    const here = await shop();
    const folder = dirname(here.config);
    const outputs: string[] = [];
    for (const words of COMMANDS) {
      const ways = words.includes('--markdown') ? [[]] : [[], ['--json']];
      const runs = ways.map(async (flags) => {
        const args = [...words.split(' '), ...flags, '--config', here.config];
        const { code, stdout, stderr } = await runProgram(args, here.env);
        return `== ${args.join(' ')}: ${code}\n${stdout}${stderr}`;
      });
      outputs.push(...(await Promise.all(runs)));
    }
    const dumped = join(folder, 'dumped.yaml');
    const { code } = await runProgram(['dump', '-o', dumped, '--config', here.config], here.env);
    const written = await Promise.all(
      (await readdir(folder))
        .filter((name) => name !== 'gateway-sync.yaml')
        .map((name) => readFile(join(folder, name), 'utf8')),
    );
    expect([code, written.length]).toEqual([0, 1]);
    const all = [...outputs, ...written].join('\n');
    expect(here.canaries.leaksIn(all)).toEqual([]);
    expect(all).toContain('created endpoint erp');
    expect(all).toContain('== apply --json --config');
    // Those that only arise on the way were there.
    for (const place of ['token in use', 'token of an answer', 'dashboard link', 'endpoint secret of an answer']) {
      expect([place, here.canaries.count(place) > 0]).toEqual([place, true]);
    }
    const { text } = await databaseAsText();
    expect(text).toContain('gateway_sync.owned_thing');
    expect(here.canaries.leaksIn(text)).toEqual([]);
  });

  it('is in what commands say of any fault, whatever the service quotes', async () => {
    const here = await shop();
    const faults = [
      { kind: 'expire-token' },
      { kind: 'status', status: 401 },
      { kind: 'status', status: 403 },
      { kind: 'status', status: 429, retryAfterSeconds: 0 },
      { kind: 'status', status: 503 },
      { kind: 'hang', match: { operationId: 'listSubscriptions', tenant: 'acme' } },
      { kind: 'reset' },
      { kind: 'reset', phase: 'after' },
      { kind: 'cut-body' },
      { kind: 'html-body' },
      { kind: 'empty-body' },
      { kind: 'stale-read' },
      { kind: 'foreign-write' },
      { kind: 'drop-write' },
      { kind: 'item-status', code: 400, message: 'no' },
      { kind: 'missing-item' },
    ] as const;
    const outputs: string[] = [];
    const runAll = async () => {
      for (const words of [
        'validate --online',
        'plan',
        'apply',
        'status',
        'dump',
        'adopt --yes',
        'portal -t shared --print',
      ]) {
        const args = [...words.split(' '), ...(outputs.length % 2 ? ['--json'] : []), '--config', here.config];
        const answer = await command(
          args,
          {},
          {
            env: here.env,
            logLevel: 'trace',
            openLedger,
            connect: (file) => createGatewayFactory(file, { userAgent: 'test' }),
          },
        );
        // A link that was asked for is what this one is for.
        const isLink = words.startsWith('portal') && answer.code === 0;
        outputs.push(`== ${args.join(' ')}: ${answer.code}\n${isLink ? '' : answer.stdout}${answer.stderr}`);
      }
    };
    for (const [index, fault] of faults.entries()) {
      here.emulator.addFault({ ...fault, times: 'always', after: index % 3 });
      await runAll();
      here.emulator.clearFaults();
    }
    // Each operation refuses, and quotes what the tenant ever gave the service.
    const operations = [
      'requestToken',
      'listSubscriptions',
      'listConfigs',
      'createConfig',
      'patchConfig',
      'createEndpoint',
    ];
    for (const [index, operationId] of operations.entries()) {
      const status = index % 2 === 0 ? 400 : 500;
      here.emulator.reset();
      for (const [tenant, quoted] of Object.entries(here.given)) {
        here.emulator.addFault({ ...quoting(status, quoted), match: { operationId, tenant }, times: 'always' });
      }
      await runAll();
      here.emulator.clearFaults();
    }
    expect(outputs.length).toBeGreaterThan(150);
    expect(
      outputs.flatMap((output) => here.canaries.leaksIn(output).map((leak) => `${output.slice(0, 60)}: ${leak}`)),
    ).toEqual([]);
    expect(here.canaries.leaksIn((await databaseAsText()).text)).toEqual([]);
  });

  it('is in the log, the pages or the jobs of the service, whatever fails meanwhile', async () => {
    const here = await shop();
    const program = startProgram(['serve', '--config', here.config], here.env);
    const url = await servingAt(program);
    const pages: string[] = [];
    const look = async () => {
      const paths = ['/livez', '/readyz', '/health', '/metrics', '/api/v1/tenants'];
      const each = ['', '/plan', '/history', '/quota'].map((rest) => `/api/v1/tenants/shared${rest}`);
      for (const path of [...paths, ...each, '/api/v1/nothing', `/api/v1/tenants/${here.apiToken.slice(0, 2)}`]) {
        const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${here.apiToken}` } });
        pages.push(`${path} ${response.status} ${JSON.stringify([...response.headers])} ${await response.text()}`);
      }
      for (const path of [
        '/api/v1/tenants/acme/sync',
        '/api/v1/tenants/acme/pause',
        '/api/v1/tenants/acme/resume',
        '/api/v1/reload',
      ]) {
        for (const authorization of [`Bearer ${here.apiToken}`, `Bearer x${here.apiToken}`, '']) {
          const response = await fetch(`${url}${path}`, { method: 'POST', headers: { authorization } });
          pages.push(`${path} ${response.status} ${await response.text()}`);
        }
      }
    };
    await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), { timeout: PATIENCE_MS });
    await look();
    for (const operationId of [
      'requestToken',
      'listSubscriptions',
      'listConfigs',
      'getDashboardAccess',
      'listEndpoints',
    ]) {
      for (const [tenant, quoted] of Object.entries(here.given)) {
        const body = { message: `refused: ${quoted.join(' ')}` };
        here.emulator.addFault({ kind: 'status', status: 500, body, match: { operationId, tenant }, times: 2 });
      }
      here.emulator.addFault({ kind: 'expire-token', times: 2 });
      here.emulator.addFault({ kind: 'reset', match: { operationId }, times: 4 });
    }
    await runsOf(program, 12);
    await look();
    await writeFile(
      here.config,
      'version: 1\ntenants: [{ tenant: acme, credentials: { clientSecret: "${env:ACME_SECRET}" } }]\n',
    );
    program.child.kill('SIGHUP');
    await vi.waitFor(
      async () => expect(await (await fetch(`${url}/metrics`)).text()).toContain('config_last_reload_successful 0'),
      { timeout: 10_000 },
    );
    await look();
    const { text, schemas } = await databaseAsText();
    expect(schemas.size).toBeGreaterThan(1);
    program.child.kill('SIGTERM');
    const { stdout, stderr } = await program.finished;
    expect(here.canaries.leaksIn([stdout, stderr, ...pages].join('\n'))).toEqual([]);
    expect(here.canaries.leaksIn(text)).toEqual([]);
    expect(stderr).toContain('"level":"debug"');
    expect(stderr).toContain('a notification was not taken');
    expect(text).toContain('gateway_sync.notification\n{');
  });

  it.each(['rejects', 'throws'])(
    'is in the crash output of a bug that quotes what was sent: a request %s',
    async (way) => {
      const here = await shop();
      const outputs: string[] = [];
      for (const spared of ['/oauth/token', 'nothing']) {
        const bug = `import { createRequire } from 'node:module';
        const undici = createRequire(${JSON.stringify(API)})('undici');
        const { request } = undici;
        undici.request = (url, init) => {
          if (url.includes(${JSON.stringify(spared)})) return request(url, init);
          const quote = JSON.stringify(init.headers) + ' ' + init.body;
          const error = Object.assign(new RangeError('a bug with ' + quote, { cause: new Error(quote) }), { init, quote });
          ${way === 'rejects' ? 'return Promise.reject(error)' : 'throw error'};
        };`;
        const runs = ['plan', 'apply --json', 'validate --online', 'dump'].map(async (words) => {
          const args = ['--import', `data:text/javascript,${encodeURIComponent(bug)}`, PROGRAM, ...words.split(' ')];
          const child = spawn(process.execPath, [...args, '--config', here.config], { env: here.env, stdio: 'pipe' });
          const chunks: Buffer[] = [];
          for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
          await once(child, 'close');
          return Buffer.concat(chunks).toString();
        });
        outputs.push(...(await Promise.all(runs)));
      }
      expect(outputs.join('\n')).toContain('the connection broke');
      expect(here.canaries.leaksIn(outputs.join('\n'))).toEqual([]);
    },
  );
});

/** Waits until so many runs more ended. */
async function runsOf({ output }: Program, count: number): Promise<void> {
  const ended = () => output.stderr.split('"reconcileId"').length;
  const before = ended();
  await vi.waitFor(() => expect(ended()).toBeGreaterThan(before + count), { timeout: PATIENCE_MS });
}
