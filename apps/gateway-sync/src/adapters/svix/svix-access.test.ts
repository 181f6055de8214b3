import { createEmporixApi } from '@gateway-sync/api';
import { createEmulator, type Emulator } from '@gateway-sync/emulator';
import { expect, onTestFinished, test } from 'vitest';
import { Secret } from '../../core/secret.js';
import { ownAccess, sharedAccess } from './svix-access.js';

async function acme(): Promise<{ emulator: Emulator; open: (configured?: string) => ReturnType<typeof sharedAccess> }> {
  const emulator = createEmulator({ tenants: [{ tenant: 'acme' }] });
  const server = await emulator.listen({ port: 0 });
  onTestFinished(() => server.close());
  const auth = { clientId: 'acme-id', clientSecret: 'acme-secret' };
  const { webhooks } = createEmporixApi({ tenant: 'acme', baseUrl: server.url, auth });
  return { emulator, open: (configured) => sharedAccess(webhooks, configured) };
}

test.each([
  ['us', 'one-time-token', 'https://api.us.svix.com'],
  ['eu', 'garbage', 'https://api.eu.svix.com'],
  ['none', 'one-time-token', 'https://api.eu.svix.com'],
] as const)('with region %s and the link %s the requests go to %s', async (svixRegion, svixLoginKey, baseUrl) => {
  const { emulator, open } = await acme();
  emulator.setQuirks({ svixRegion, svixLoginKey });
  expect(await open()()).toMatchObject({ baseUrl, token: expect.stringMatching(/^appsk_/) });
  expect(await open('http://127.0.0.1:9/')()).toMatchObject({ baseUrl: 'http://127.0.0.1:9' });
});

test('the link tells the application, where it can be read', async () => {
  const { emulator, open } = await acme();
  expect(await open()()).toMatchObject({ appId: expect.stringMatching(/^app_/) });
  emulator.setQuirks({ svixLoginKey: 'garbage' });
  expect(await open()()).not.toHaveProperty('appId');
});

test('a key of one’s own goes where its ending says', async () => {
  expect(await ownAccess(new Secret('Bearer sk_x.ca'), undefined)()).toEqual({
    baseUrl: 'https://api.ca.svix.com',
    token: 'sk_x.ca',
  });
  expect(await ownAccess(new Secret('sk_x'), 'https://svix.example')()).toEqual({
    baseUrl: 'https://svix.example',
    token: 'sk_x',
  });
});
