import { describe, expect, test } from 'vitest';
import { commandLine, down, server, tenantLine, wanting } from '../../test/support/command-line.js';
import { MemoryStore } from '../../test/support/memory-store.js';
import { fail } from '../../test/support/model-server.js';
import { row } from '../../test/support/values.js';
import { AccessDeniedError } from '../core/errors.js';

const { file, command } = commandLine();

const ONLINE = ['validate', '--online'];
const acme = () => server([row('a.x')]);

describe('validate --online', () => {
  test('tells every check on a line of its own and answers 0', async () => {
    const path = await file(tenantLine('acme', wanting('a.x')));
    const store = new MemoryStore();
    const live = acme();
    expect(await command(ONLINE, { acme: live }, { store })).toEqual({
      code: 0,
      stdout: `✓ ${path} is valid
✓ database: answers

acme
  ✓ credentials: a token was issued
  ✓ scopes: webhook.subscription_read and webhook.subscription_manage
  ✓ catalogue: has everything that the file names (event types: 1)

0 errors, 0 warnings
`,
      stderr: '',
    });
    expect([live.written, store.closed]).toEqual([[], 1]);
  });

  test('answers 1 and the nearest name for an event type that is not there', async () => {
    const path = await file(tenantLine('acme', wanting('a.y')));
    expect(await command(ONLINE, { acme: acme() }, { store: new MemoryStore() })).toMatchObject({
      code: 1,
      stdout: expect.stringContaining(
        `  ✗ catalogue: ${path}:3:98 the catalogue has no event type a.y; did you mean a.x?\n`,
      ),
    });
  });

  test('answers 0 with a warning when there is no database, and 1 when it does not answer', async () => {
    await file(tenantLine('acme', wanting('a.x')));
    expect(await command(ONLINE, { acme: acme() })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('! database: there is none'),
    });
    const silent = new MemoryStore();
    silent.failure = new Error('connection lost');
    for (const store of [new Error('connection lost'), silent]) {
      expect(await command(ONLINE, { acme: acme() }, { store })).toMatchObject({
        code: 1,
        stdout: expect.stringContaining('✗ database: connection lost\n'),
      });
    }
    expect(silent.closed).toBe(1);
  });

  test('answers 1 for one tenant without access, and checks the others', async () => {
    await file(tenantLine('acme', wanting('a.x')) + tenantLine('beta', wanting('a.x')) + tenantLine('gamma', ''));
    const denied = server([], {
      onAccess: () => fail(new AccessDeniedError('No access token: 401', { operation: 'requestToken' })),
    });
    const servers = { acme: denied, beta: acme(), gamma: server([], down) };
    const { code, stdout } = await command([...ONLINE, '-q'], servers, { store: new MemoryStore() });
    expect([code, stdout.slice(stdout.indexOf('\nacme'))]).toEqual([
      1,
      `
acme
  ✗ credentials: No access token: 401; check credentials of tenant acme; they need webhook.subscription_read and webhook.subscription_manage
  · scopes: not checked without a token
  · catalogue: not checked without a token

gamma
  ✗ catalogue: listSubscriptions: 503; trying again later may help

2 errors, 0 warnings
`,
    ]);
  });

  test('answers 5 for an invalid file before anybody is asked', async () => {
    await file(tenantLine('acme', '{ evnt: x }'));
    const live = acme();
    expect((await command(ONLINE, { acme: live })).code).toBe(5);
    expect(live.calls).toEqual([]);
  });

  test('answers one JSON document', async () => {
    const path = await file(tenantLine('acme', wanting('a.x')));
    const { stdout } = await command([...ONLINE, '--json'], { acme: acme() }, { store: new MemoryStore() });
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'validate',
      exitCode: 0,
      file: path,
      database: { status: 'ok' },
      tenants: [
        {
          tenant: 'acme',
          findings: [
            { check: 'credentials', status: 'ok', message: 'a token was issued', places: [], nearest: [] },
            { check: 'scopes', status: 'ok' },
            { check: 'catalogue', status: 'ok' },
          ],
        },
      ],
      failures: [],
      interrupted: [],
    });
  });
});
