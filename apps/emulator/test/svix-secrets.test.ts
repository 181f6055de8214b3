import { describe, expect, test } from 'vitest';
import { invalid } from './svix-answers.js';
import { openSvix, secretOf } from './svix-bench.js';

const URL_A = 'https://hooks.test/a';

const base64 = (bytes: number): string => Buffer.alloc(bytes, 'k').toString('base64');

test('Svix behaviour 10: a rotation brings a new secret, or the one that is given', async () => {
  const bench = openSvix();
  const { id } = await bench.create();
  const first = await secretOf(bench, id);
  expect(await bench.endpoints('POST', `/${id}/secret/rotate`, { key: null })).toMatchObject({
    status: 204,
    body: undefined,
  });
  const second = await secretOf(bench, id);
  expect([first, second]).toEqual([expect.stringMatching(/^whsec_/), expect.stringMatching(/^whsec_/)]);
  expect(second).not.toBe(first);
  const given = `whsec_${Buffer.from('a secret of my own making').toString('base64')}`;
  await bench.endpoints('POST', `/${id}/secret/rotate`, { key: given });
  expect(await secretOf(bench, id)).toBe(given);
});

test('Svix behaviour 11: ten rotations pass, the eleventh waits for an old secret to run out', async () => {
  const { create, endpoints, emulator } = openSvix();
  const { id } = await create();
  const rotate = async (seconds?: number) =>
    await endpoints('POST', `/${id}/secret/rotate`, seconds === undefined ? {} : { gracePeriodSeconds: seconds });
  expect((await rotate(3_600)).status).toBe(204);
  for (let count = 2; count <= 10; count++) expect((await rotate()).status).toBe(204);
  expect(await rotate()).toMatchObject({ status: 400, body: { code: 'limit_reached' } });
  await emulator.advance(3_599_000);
  expect((await rotate()).status).toBe(400);
  await emulator.advance(1_000);
  expect((await rotate()).status).toBe(204);
});

describe('Svix behaviour 13: a secret of one’s own', () => {
  test.for([24, 32, 75])('of %i bytes is kept', async (bytes) => {
    const bench = openSvix();
    const secret = `whsec_${base64(bytes)}`;
    const { id } = await bench.create({ secret });
    expect(await secretOf(bench, id)).toBe(secret);
  });

  test('needs no prefix', async () => {
    const bench = openSvix();
    const { id } = await bench.create({ secret: base64(24) });
    expect(await secretOf(bench, id)).toBe(`whsec_${base64(24)}`);
  });

  test('of two halves shows only the public one', async () => {
    const bench = openSvix();
    const { id } = await bench.create({ secret: `whsk_${base64(64)}` });
    expect(await secretOf(bench, id)).toMatch(/^whpk_[A-Za-z0-9+/]{43}=$/);
  });

  test.for([
    ['too short', `whsec_${base64(23)}`],
    ['too long', `whsec_${base64(76)}`],
    ['of a wrong prefix', `whsecret_${base64(32)}`],
    ['of half a pair', `whpk_${base64(32)}`],
    ['of an odd private key', `whsk_${base64(40)}`],
    ['no base64', `whsec_${'?'.repeat(40)}`],
  ] as const)('is refused when %s', async ([, secret]) => {
    const { endpoints, create } = openSvix();
    expect(await endpoints('POST', '', { url: URL_A, secret })).toMatchObject(invalid('secret'));
    const { id } = await create();
    expect(await endpoints('POST', `/${id}/secret/rotate`, { key: secret })).toMatchObject(invalid('key'));
  });
});
