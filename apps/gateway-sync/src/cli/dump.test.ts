import { readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandLine, down, server, tenantLine, wanting } from '../../test/support/command-line.js';
import { ModelConfigs } from '../../test/support/model-configs.js';
import { ModelSvix } from '../../test/support/model-svix.js';
import { Effects, ModelTenant } from '../../test/support/model-tenant.js';
import { row, subscribed } from '../../test/support/values.js';
import { AccessDeniedError, UnavailableError } from '../core/errors.js';

const { file, command } = commandLine();

const acme = () => server([subscribed('order.created', { excludedFields: ['name'] }), row('quote.updated')]);
const ACME = `# Written by gateway-sync dump: what the tenants have, as a file for which a plan has nothing to do.

version: 1
tenants:
  # no delivery config is active, so delivery is not managed
  - tenant: acme
    credentials:
      clientId: id
      clientSecret: \${env:ACME_CLIENT_SECRET}
    subscriptions:
      - { event: order.created, excludedFields: [ name ] }
`;

describe('dump', () => {
  test('writes what is live into the file, and no secret', async () => {
    await file(tenantLine('acme', wanting('a.x')));
    expect(await command(['dump'], { acme: acme() })).toEqual({
      code: 0,
      stdout: ACME,
      stderr: '1 note on what could not be read back or needs a secret: see the comments\n',
    });
  });

  test('keeps what else the file says', async () => {
    const defaults = 'defaults: { prune: all, subscriptions: [{ event: x }] }\nsync: { interval: 7m }\n';
    await file(tenantLine('acme', wanting('a.x'), ', mode: observe, guards: { protect: [order.created] }'), defaults);
    const { stdout } = await command(['dump'], { acme: acme() });
    expect(stdout).toContain('defaults:\n  prune: all\n');
    expect(stdout).toContain('sync:\n  interval: 7m\n');
    expect(stdout).toContain('    mode: observe\n    guards:\n      protect:\n        - order.created\n');
  });

  test('writes a file that its owner alone reads, and replaces none unless it is told to', async () => {
    const output = join(dirname(await file(tenantLine('acme', ''))), 'acme.yaml');
    expect(await command(['dump', '-o', output], { acme: acme() })).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringContaining(`✓ ${output} holds 1 tenant\n`),
    });
    expect([await readFile(output, 'utf8'), (await stat(output)).mode & 0o777]).toEqual([ACME, 0o600]);

    await writeFile(output, 'mine');
    const unread = acme();
    expect(await command(['dump', '-o', output], { acme: unread })).toEqual({
      code: 1,
      stdout: '',
      stderr: `✗ ${output} is there already; name another file, or replace it with --force\n`,
    });
    expect([await readFile(output, 'utf8'), unread.calls]).toEqual(['mine', []]);
    expect((await command(['dump', '-o', output, '--force'], { acme: acme() })).code).toBe(0);
    expect(await readFile(output, 'utf8')).toBe(ACME);
  });

  test('says when the file cannot be written', async () => {
    const output = join(dirname(await file(tenantLine('acme', ''))), 'none', 'acme.yaml');
    expect(await command(['dump', '-o', output], { acme: acme() })).toMatchObject({
      code: 1,
      stderr: `✗ ${output} cannot be written (ENOENT); name a place in a folder of yours\n`,
    });
  });

  test('says which tenant could not be read, and writes no file without it', async () => {
    const output = join(dirname(await file(tenantLine('acme', '') + tenantLine('beta', ''))), 'out.yaml');
    const servers = { acme: acme(), beta: server([], down) };
    expect(await command(['dump'], servers)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('# beta is not in it, because it could not be read.\n'),
      stderr: expect.stringContaining('✗ beta: listSubscriptions: 503\n'),
    });
    expect(await command(['dump', '--output', output], servers)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(`${output} is not written: a tenant would be missing in it\n`),
    });
    await expect(stat(output)).rejects.toThrow('ENOENT');
  });

  test('refuses a reading that is not whole', async () => {
    await file(tenantLine('acme', ''));
    const cut = server([], { onRead: () => ({ subscriptions: [], incomplete: 'half of it is missing' }) });
    expect(await command(['dump'], { acme: cut })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('the subscriptions could not be read whole: half of it is missing'),
    });
  });

  test.each([
    ['503', new UnavailableError('listConfigs: 503', { operation: 'listConfigs' }), 1, '# acme is not in it'],
    [
      '403',
      new AccessDeniedError('listConfigs: 403', { operation: 'listConfigs' }),
      0,
      '# delivery is not managed, because reading failed: listConfigs: 403\n',
    ],
  ])('after a part answered %s leaves out what is not worth asking for again', async (_, error, code, comment) => {
    await file(tenantLine('acme', ''));
    const half = acme();
    half.listConfigs = () => Promise.reject(error);
    expect(await command(['dump'], { acme: half })).toMatchObject({ code, stdout: expect.stringContaining(comment) });
  });

  test('answers one JSON document with the text and the notes', async () => {
    await file(tenantLine('acme', ''));
    const { stdout, stderr, code } = await command(['dump', '--json'], { acme: acme() });
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual({
      command: 'dump',
      exitCode: 0,
      text: ACME,
      tenants: [
        {
          tenant: 'acme',
          subscriptions: 1,
          delivery: false,
          endpoints: null,
          foreignEndpoints: 0,
          notes: [{ path: [], message: 'no delivery config is active, so delivery is not managed' }],
        },
      ],
      failures: [],
      interrupted: [],
    });
  });

  test('holds delivery and endpoints, and what it leaves out as comments', async () => {
    await file(tenantLine('acme', ''));
    const configs = new ModelConfigs([{ code: 'shared', provider: 'SVIX_SHARED', active: true }]);
    const base = {
      description: '',
      eventTypes: ['order.created'],
      channels: null,
      rateLimit: null,
      disabled: false,
      secret: 'whsec_1',
    };
    const svix = new ModelSvix([
      {
        ...base,
        id: 'ep_1',
        uid: 'gateway-sync.erp',
        url: 'https://erp.example/',
        metadata: { 'managed-by': 'gateway-sync', 'gateway-sync-instance': 'gateway-sync' },
        headers: { authorization: 'hunter2' },
      },
      { ...base, id: 'ep_2', url: 'https://crm.example/', metadata: {}, headers: {} },
    ]);
    const { code, stdout } = await command(['dump'], { acme: new ModelTenant(acme(), configs, svix, new Effects()) });
    expect([code, stdout.slice(stdout.indexOf('    delivery:'))]).toEqual([
      0,
      `    delivery:
      provider: SVIX_SHARED
      code: shared
    # Endpoints that are not ours and left alone. An entry takes one over with the next apply:
    # - uid: crm-example
    #   url: https://crm.example/
    #   events:
    #     - order.created
    #   adopt: true
    endpoints:
      # headers are not managed, because the values of authorization cannot be read
      - uid: erp
        url: https://erp.example/
        events:
          - order.created
`,
    ]);
  });
});
