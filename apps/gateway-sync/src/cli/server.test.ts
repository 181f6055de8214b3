import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { commandLine, tenantLine } from '../../test/support/command-line.js';
import { type ApiBench, NOW, serveApi, statusOf, TOKEN } from '../../test/support/http-api.js';
import { fill, recordOf } from '../../test/support/http-api-values.js';
import type { Conditions } from '../core/conditions.js';

const { file, command } = commandLine();
const env = { GATEWAY_SYNC_API_TOKEN: TOKEN };

async function service(options: Parameters<typeof serveApi>[0] = {}): Promise<ApiBench> {
  const api = await serveApi(options);
  fill(api.sources);
  return api;
}

/** Whatever a bench says is said of the same server. */
const neutral = (text: string, { url }: ApiBench): string => text.replaceAll(url, 'URL');

/** A server that is no service of ours. */
async function somethingElse(status: number, type: string, body: string): Promise<string> {
  const server = createServer((_, response) => response.writeHead(status, { 'content-type': type }).end(body));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on TCP
}

const inOrder: Conditions = [
  { type: 'Ready', status: 'true', reason: 'Reconciled', message: '', since: NOW - 60_000 },
  { type: 'Synced', status: 'true', reason: 'InSync', message: '', since: NOW },
];

describe('status --server', () => {
  test('shows what the service says, without a file and without asking a tenant', async () => {
    const api = await service();
    const { last, quota } = api.sources.status('acme') ?? {};
    api.sources.put(
      statusOf('acme', { state: 'in_sync', conditions: inOrder, ...(last && { last }), ...(quota && { quota }) }),
    );
    expect(await command(['status', '--server', api.url])).toEqual({
      code: 1,
      stderr: '',
      stdout: `acme
  Ready  true    Reconciled since 2026-11-25T01:19:00Z
  Synced true    InSync

beta (not looked at yet)
  Ready       unknown Pending
  Synced      unknown Pending
  Drifted     unknown Pending
  Blocked     unknown Pending
  Contended   unknown Pending
  CatalogueOk unknown Pending
  QuotaOk     unknown Pending

gamma (paused since 2026-11-25T01:20:00Z by API (127.0.0.1): moving)
  Ready       unknown Pending
  Synced      unknown Pending
  Drifted     unknown Pending
  Blocked     unknown Pending
  Contended   unknown Pending
  CatalogueOk unknown Pending
  QuotaOk     unknown Pending

3 tenants: 1 in sync, 1 not looked at yet, 1 paused
`,
    });
  });

  test.each([
    ['in_sync', 0],
    ['paused', 0],
    ['drifted', 2],
    ['blocked', 4],
    ['partial', 1],
    ['failing', 1],
    ['pending', 1],
  ] as const)('answers a tenant that is %s with %i', async (state, code) => {
    const api = await serveApi();
    api.sources.put(statusOf('acme', { state }));
    expect((await command(['status', '--server', api.url])).code).toBe(code);
  });

  test('tells whoever asks for something that it asked a replica which stands by', async () => {
    const api = await serveApi({ standing: { role: 'behind', generation: 1, replicas: 2 } });
    api.sources.put(statusOf('acme', { state: 'in_sync' }));
    const { code, stdout } = await command(['sync', '--server', api.url, '-t', 'acme'], {}, { env });
    expect([code, stdout]).toEqual([
      0,
      `! this replica stands by: another one has a newer file, and looks after the tenants of that one
✓ acme: a run is due now
`,
    ]);
  });

  test('says when the replica stands by, and when its file is not the one that is there', async () => {
    const lastReload = { cause: 'watch', at: NOW, type: 'invalid', problems: [] } as const;
    const api = await serveApi({ standing: { role: 'behind', generation: 1, replicas: 2 }, lastReload });
    api.sources.put(statusOf('acme', { state: 'in_sync' }));
    const { code, stdout } = await command(['status', '--server', api.url, '--quiet']);
    expect(stdout).toBe(`! this replica stands by: another one has a newer file, and looks after the tenants of that one
! the file as it is now is not taken up since 2026-11-25T01:20:00.000Z, the one before stays in force; /health says why, and what helps
1 tenant: 1 in sync
`);
    expect(code).toBe(5);
    const json = JSON.parse((await command(['status', '--server', api.url, '--json'])).stdout) as object;
    expect(json).toMatchObject({ exitCode: 5, notes: [expect.stringContaining('stands by'), expect.any(String)] });
  });

  test('exits as for a guard while one withholds the file', async () => {
    const change = { added: [], removed: [], changed: [], settings: [] };
    const api = await serveApi({ lastReload: { cause: 'watch', at: NOW, type: 'withheld', verdicts: [], change } });
    api.sources.put(statusOf('acme', { state: 'in_sync' }));
    expect((await command(['status', '--server', api.url])).code).toBe(4);
  });

  test('of one tenant shows its last change', async () => {
    const api = await service();
    const { stdout } = await command(['status', '--server', api.url, '-t', 'acme']);
    expect(stdout).toContain(`  last change 2026-11-25T01:20:00Z by host:1 (manual)
  ✗ order.created rejected: 400 no
`);
    expect(stdout).not.toContain('beta');
  });

  test('of one tenant is told without its last change where there is no ledger', async () => {
    const api = await service();
    api.sources.hasLedger = false;
    const { stdout } = await command(['status', '--server', api.url, '-t', 'acme', '-t', 'acme']);
    expect(stdout).toMatch(/^acme\n/);
    expect(stdout).toMatch(/1 tenant: 1 with errors\n$/);
    expect(stdout).not.toContain('last change');
  });

  test('with --quiet leaves out tenants in order', async () => {
    const api = await serveApi();
    api.sources.put(
      statusOf('acme', { state: 'in_sync', conditions: inOrder }),
      statusOf('beta', { state: 'paused', conditions: inOrder, pause: { at: NOW, by: 'API (::1)' } }),
      statusOf('gamma', {
        state: 'in_sync',
        conditions: [{ type: 'QuotaOk', status: 'false', reason: 'Exhausted', message: '', since: NOW }],
      }),
    );
    const { stdout } = await command(['status', '-q', '--server', api.url]);
    expect(stdout).toMatch(
      /^beta \(paused since .* by API \(::1\)\)\n[\s\S]*\n\ngamma\n  QuotaOk [\s\S]*3 tenants: 2 in sync, 1 paused\n$/,
    );
  });

  test('answers one JSON document, with the names that status has without a server', async () => {
    const api = await service();
    const { code, stdout, stderr } = await command(['status', '--json', '--server', `${api.url}/`, '-t', 'acme']);
    expect([code, stderr]).toEqual([1, '']);
    const when = '2026-11-25T01:20:00.000Z';
    expect(JSON.parse(stdout)).toEqual({
      command: 'status',
      exitCode: 1,
      server: `${api.url}/`,
      tenants: [
        {
          tenant: 'acme',
          state: 'partial',
          mode: 'enforce',
          outcome: 'partial',
          observedAt: when,
          drift: 1,
          driftByResource: { subscription: 1, config: 0, target: 0, endpoint: 0 },
          conditions: expect.arrayContaining([
            { type: 'Ready', status: 'unknown', reason: 'Pending', message: '', since: when },
          ]),
          consecutiveFailures: 2,
          lastSyncAt: '2026-11-25T01:19:00.000Z',
          quota: { month: '2026-11', used: 720, limit: 1000, percent: 72, crossed: [70], observedAt: when },
          quotaState: expect.objectContaining({
            at: when,
            forecast: expect.objectContaining({ projected: 890, exhaustedAt: '2026-11-30T01:20:00.000Z' }),
            shed: {
              mode: 'enforce',
              month: '2026-11',
              at: 80,
              priority: 8,
              since: '2026-11-25T00:20:00.000Z',
              until: '2026-12-01T00:30:00.000Z',
            },
          }),
          lastChange: expect.objectContaining({ id: '4', at: when }),
          error: { name: 'ApplyError', message: '1 of 2 actions did not take' },
        },
      ],
      interrupted: [],
      notes: [],
    });
  });

  test('gives the token where reading needs it', async () => {
    const api = await service({ protectReads: true });
    expect((await command(['status', '--server', api.url], {}, { env })).stderr).toBe('');
    const refused = await command(['status', '--server', api.url]);
    expect([refused.code, neutral(refused.stderr, api)]).toEqual([
      1,
      '✗ URL refuses: this needs a token\n✗ give the token with GATEWAY_SYNC_API_TOKEN or --token-file\n',
    ]);
  });

  test.each([
    [404, 'text/html', '<h1>Not Found</h1>', '404 Not Found'],
    [404, 'application/json', '{"error":"not_found"}', '404 no reason given'],
    [200, 'text/html', '<h1>Welcome</h1>', ''],
  ])('says that something else answers: %i %s %s', async (status, type, body, told) => {
    const url = await somethingElse(status, type, body);
    const { code, stderr } = await command(['status', '--server', url]);
    expect(code).toBe(1);
    expect(stderr).toContain(`${url} does not answer like gateway-sync: ${told}`);
    expect(stderr).toContain('name where gateway-sync serve listens');
  });

  test('says which tenant the service does not have', async () => {
    const api = await service();
    const { code, stderr } = await command(['status', '--server', api.url, '-t', 'nobody']);
    expect([code, neutral(stderr, api)]).toEqual([
      1,
      '✗ URL refuses: this service does not look after a tenant nobody\n✗ gateway-sync status --server lists those that it has\n',
    ]);
  });

  test('says where nobody answers, and what helps', async () => {
    const { code, stdout } = await command(['status', '--json', '--server', 'http://127.0.0.1:1']);
    expect([code, JSON.parse(stdout)]).toEqual([
      1,
      {
        command: 'status',
        exitCode: 1,
        error: {
          name: 'ServiceError',
          message: expect.stringMatching(/^http:\/\/127\.0\.0\.1:1 does not answer: .+/),
          remedy: 'start the service, or name where it listens',
        },
      },
    ]);
  });

  test.each(['ftp://127.0.0.1', 'localhost:8080', 'http://user:hunter2@127.0.0.1'])('takes no %s', async (server) => {
    const { code, stderr } = await command(['status', '--server', server]);
    expect([code, stderr]).toEqual([1, expect.stringContaining('--server takes an http or https URL')]);
    expect(stderr).not.toContain('hunter2');
  });

  test('is either of a file or of a service', async () => {
    const { code, stderr } = await command(['status', '--server', 'http://127.0.0.1:1', '--config', 'a.yaml']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('cannot be used with')]);
  });
});

describe('a request to a service', () => {
  test.each([
    [
      ['sync', '-t', 'acme', '-t', 'beta'],
      [
        ['sync', 'acme'],
        ['sync', 'beta'],
      ],
      '✓ acme: a run is due now\n✓ beta: a run is due now\n',
    ],
    [
      ['pause', '-t', 'acme', '--reason', 'moving'],
      [['pause', 'acme', 'moving']],
      '✓ acme: paused: nothing is read or written until it is resumed\n',
    ],
    [
      ['pause', '-t', 'acme'],
      [['pause', 'acme', undefined]],
      '✓ acme: paused: nothing is read or written until it is resumed\n',
    ],
    [
      ['pause', '-t', 'gamma', '--reason', 'still moving'],
      [['pause', 'gamma', 'still moving']],
      '✓ gamma: paused: nothing is read or written until it is resumed; before, it was paused since 2026-11-25T01:20:00Z by API (127.0.0.1): moving\n',
    ],
    [['resume', '-t', 'gamma'], [['resume', 'gamma']], '✓ gamma: not paused; a run is due now\n'],
    [['reload'], [['reload']], 'the file says what it said before (sha256:1)\n'],
  ])('%j reaches it', async (args, asked, stdout) => {
    const api = await service();
    const answer = await command([...args, '--server', api.url], {}, { env });
    expect(answer).toEqual({ code: 0, stderr: '', stdout });
    expect(api.sources.asked).toEqual(asked);
  });

  test.each(['sync', 'pause', 'resume'])('to %s says how to name tenants when none is named', async (name) => {
    const { code, stderr } = await command([name, '--server', 'http://127.0.0.1:1'], {}, { env });
    expect([code, stderr]).toEqual([
      1,
      `✗ ${name} is for tenants that are named: add --tenant <name>, once for each\n`,
    ]);
  });

  test('for several tenants is made for all of them, whatever one of them says', async () => {
    const api = await service();
    const answer = await command(['sync', '-t', 'gamma', '-t', 'acme', '--server', api.url], {}, { env });
    expect([answer.code, neutral(answer.stdout, api)]).toEqual([
      1,
      '✗ gamma: URL refuses: gamma is paused since 2026-11-25T01:20:00.000Z; gateway-sync resume ends the pause\n✓ acme: a run is due now\n',
    ]);
  });

  test.each([
    ['sync', ['-t', 'acme']],
    ['pause', ['-t', 'acme']],
    ['reload', []],
  ])('%s takes no answer of something else for one', async (name, more) => {
    const url = await somethingElse(200, 'application/json', '{"hello":1}');
    const { code, stdout, stderr } = await command([name, ...more, '--server', url], {}, { env });
    expect([code, stdout + stderr]).toEqual([1, expect.stringContaining('does not answer like gateway-sync')]);
  });

  test('over TLS to a service that does none says that it speaks http', async () => {
    const api = await service();
    const { code, stderr } = await command(['reload', '--server', api.url.replace('http:', 'https:')], {}, { env });
    expect([code, stderr]).toEqual([1, expect.stringContaining('http itself, https only behind a proxy')]);
  });

  test('to pause tells programs of the pause before', async () => {
    const api = await service();
    const { stdout } = await command(['pause', '--json', '-t', 'gamma', '--server', api.url], {}, { env });
    expect(JSON.parse(stdout)).toMatchObject({
      tenants: [{ tenant: 'gamma', pause: { by: 'API (127.0.0.1)' }, replaced: { reason: 'moving' } }],
    });
  });

  test('for a tenant that nobody runs any more says why', async () => {
    const api = await service();
    api.sources.isRun = false;
    const answer = await command(['sync', '-t', 'acme', '--server', api.url], {}, { env });
    expect([answer.code, neutral(answer.stdout, api)]).toEqual([
      1,
      '✗ acme: URL refuses: acme is not looked after: another replica has a newer file, which does not name it; ask a replica with the newer file which tenants it has\n',
    ]);
  });

  test('takes the token from a file', async () => {
    const api = await service();
    const path = `${await file(tenantLine('acme', ''))}.token`;
    await writeFile(path, `${TOKEN}\n`);
    expect(await command(['sync', '-t', 'acme', '--server', api.url, '--token-file', path])).toMatchObject({ code: 0 });
  });

  test.each([
    ['none', undefined, 'cannot be read (ENOENT)'],
    ['two lines', 'hunter2-first\nhunter2-second\n', 'does not hold a token'],
    ['nothing', '\n', 'does not hold a token'],
  ])('with %s in the file of the token says so, and not what is in it', async (_, text, message) => {
    const path = `${await file(tenantLine('acme', ''))}.token`;
    if (text !== undefined) await writeFile(path, text);
    const { code, stderr } = await command(['reload', '--server', 'http://127.0.0.1:1', '--token-file', path]);
    expect([code, stderr]).toEqual([1, expect.stringContaining(message)]);
    expect(stderr).not.toContain('hunter2');
  });

  test('to reload tells what changed', async () => {
    const api = await service();
    api.sources.reloading = {
      type: 'loaded',
      changed: true,
      hash: 'sha256:2',
      added: ['delta'],
      removed: [],
      updated: ['acme', 'beta'],
    };
    const { stdout } = await command(['reload', '--server', api.url], {}, { env });
    expect(stdout).toBe('the file is in force (sha256:2)\n  added: delta\n  updated: acme, beta\n');
  });

  test('to reload tells every problem of the file', async () => {
    const api = await service();
    const problems = [{ place: 'a.yaml:1:1', path: 'tenants', message: 'is empty', remedy: 'name one' }];
    api.sources.reloading = { type: 'invalid', problems };
    const { code, stderr } = await command(['reload', '--server', api.url], {}, { env });
    expect([code, neutral(stderr, api)]).toEqual([
      5,
      '✗ URL refuses: the file has 1 problem; the one before stays in force\n✗   a.yaml:1:1: tenants: is empty (name one)\n',
    ]);
  });

  test('to reload tells which guard withholds the file, and how to allow it', async () => {
    const api = await service();
    api.sources.reloading = { type: 'withheld', message: '4 of 5 tenants are gone', allow: 'put them back' };
    const { code, stdout } = await command(['reload', '--json', '--server', api.url], {}, { env });
    expect([code, JSON.parse(stdout)]).toMatchObject([
      4,
      { command: 'reload', error: { message: `${api.url} refuses: 4 of 5 tenants are gone`, remedy: 'put them back' } },
    ]);
  });

  test('answers one JSON document', async () => {
    const api = await service();
    const { code, stdout } = await command(
      ['sync', '--json', '-t', 'acme', '-t', 'gamma', '--server', api.url],
      {},
      { env },
    );
    expect([code, JSON.parse(stdout)]).toEqual([
      1,
      {
        command: 'sync',
        exitCode: 1,
        notes: [],
        server: api.url,
        tenants: [{ tenant: 'acme' }, { tenant: 'gamma', error: expect.objectContaining({ name: 'ServiceError' }) }],
      },
    ]);
  });

  test.each(['sync', 'pause', 'resume'])('%s names its tenants', async (name) => {
    const { code, stderr } = await command([name, '--server', 'http://127.0.0.1:1']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('--tenant')]);
  });

  test.each(['sync', 'pause', 'resume', 'reload'])('%s without a server says what is missing', async (name) => {
    const { code, stderr } = await command([name, ...(name === 'reload' ? [] : ['-t', 'acme'])]);
    expect([code, stderr]).toEqual([1, expect.stringContaining('--server')]);
  });

  test.each(['sync', 'pause', 'resume', 'reload'])('help of %s shows an example and the exit codes', async (name) => {
    const { code, stdout } = await command([name, '--help']);
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/Examples:\n  gateway-sync \w+ --server[\s\S]*Exit codes:/),
    ]);
  });

  test('shows no token, whatever comes of it', async () => {
    const api = await service({ limits: { wrongTokensPerMinute: 2 } });
    api.sources.records.push(recordOf(9));
    const wrong = { GATEWAY_SYNC_API_TOKEN: 'canary-token-that-is-wrong' };
    for (let times = 0; times < 4; times++) {
      const { code, stdout, stderr } = await command(['sync', '-t', 'acme', '--server', api.url], {}, { env: wrong });
      expect([code, (stdout + stderr).includes('canary')]).toEqual([1, false]);
    }
  });
});
