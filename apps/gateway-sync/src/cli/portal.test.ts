import { describe, expect, test } from 'vitest';
import { commandLine, tenantLine } from '../../test/support/command-line.js';
import { ServedTenant } from '../../test/support/served-tenant.js';
import { AccessDeniedError } from '../core/errors.js';
import { Secret } from '../core/secret.js';

const { file, command } = commandLine();

const LINK = 'https://app.svix.com/login#key=hunter2-link';
const expiresAt = Date.UTC(2026, 11, 2);
const acme = () => new ServedTenant([], { portal: () => ({ url: new Secret(LINK), expiresAt }) });

describe('portal', () => {
  test('shows the link and its expiry on a terminal', async () => {
    await file(tenantLine('acme', ''));
    const { code, stdout, stderr } = await command(['portal', '-t', 'acme'], { acme: acme() }, { isTTY: true });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^https:\/\/app\.svix\.com\/login#key=hunter2-link\n.*logged in.*2026-12-02T00:00:00Z\n$/);
  });

  test.each([
    ['in a pipe', [], false],
    ['as JSON in a pipe', ['--json'], false],
    ['as JSON on a terminal, which somebody may keep', ['--json'], true],
  ])('refuses %s, names --print, and asks nobody for a link', async (_, args, isTTY) => {
    await file(tenantLine('acme', ''));
    const tenant = acme();
    const answer = await command(['portal', '-t', 'acme', ...args], { acme: tenant }, { isTTY });
    expect(answer.code).toBe(1);
    expect(answer.stdout + answer.stderr).toContain('--print');
    expect(tenant.calls).toEqual([]);
  });

  test('writes the link alone into a pipe with --print', async () => {
    await file(tenantLine('acme', ''));
    const answer = await command(['portal', '--print'], { acme: acme() });
    expect(answer).toEqual({
      code: 0,
      stdout: `${LINK}\n`,
      stderr: '! whoever has this link is logged in to tenant acme; it expires at 2026-12-02T00:00:00Z\n',
    });
  });

  test('writes one JSON document with --json and --print', async () => {
    await file(tenantLine('acme', ''));
    const { stdout, stderr } = await command(['portal', '--print', '--json'], { acme: acme() });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      command: 'portal',
      exitCode: 0,
      tenant: 'acme',
      url: LINK,
      expiresAt: '2026-12-02T00:00:00.000Z',
    });
  });

  test('says when the expiry is not known', async () => {
    await file(tenantLine('acme', ''));
    const unknown = new ServedTenant([], { portal: () => ({ url: new Secret(LINK) }) });
    const text = await command(['portal'], { acme: unknown }, { isTTY: true });
    expect(text.stdout).toContain('when it expires is not known');
    const json = await command(['portal', '--json', '--print'], { acme: unknown });
    expect(JSON.parse(json.stdout)).toMatchObject({ expiresAt: null });
  });

  test('is for exactly one tenant', async () => {
    await file(tenantLine('acme', '') + tenantLine('beta', ''));
    const tenant = acme();
    expect(await command(['portal'], { acme: tenant }, { isTTY: true })).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('name it with --tenant: acme, beta'),
    });
    expect((await command(['portal'], { acme: tenant })).stderr).toContain('name it with --tenant: acme, beta');
    expect(tenant.calls).toEqual([]);
  });

  test('answers 1 when there is no link, without a stack', async () => {
    await file(tenantLine('acme', ''));
    const denied = new ServedTenant([], {
      portal: () => {
        throw new AccessDeniedError('getDashboardAccess: 403', { operation: 'getDashboardAccess' });
      },
    });
    const { code, stdout, stderr } = await command(['portal', '--print'], { acme: denied });
    expect([code, stdout, stderr]).toEqual([1, '', '✗ getDashboardAccess: 403\n']);
  });

  test('lets nothing from outside control the terminal', async () => {
    await file(tenantLine('acme', ''));
    const evil = new ServedTenant([], { portal: () => ({ url: new Secret('https://evil.example/\u001B[2J') }) });
    const { stdout } = await command(['portal'], { acme: evil }, { isTTY: true });
    expect(stdout).toMatch(/^https:\/\/evil\.example\/�\[2J\n/);
  });
});
