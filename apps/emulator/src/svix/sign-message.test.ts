import { expect, test } from 'vitest';
import { rotate } from './secret.js';
import { signMessage } from './sign-message.js';

const MESSAGE = {
  id: 'msg_loFOjxBNrRLzqYUf',
  seconds: 1_731_705_121,
  body: '{"event_type":"ping","data":{"success":true}}',
};
const SIGNING = { key: 'whsec_plJ3nmyCDGBKInavdOK15jsl', old: [] };

test('a message is signed as the published example', () => {
  expect(signMessage(SIGNING, MESSAGE, 0)).toBe('v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=');
});

test('an old key signs behind the new one until its last moment', () => {
  const signing = rotate(SIGNING, `whsec_${Buffer.alloc(24).toString('base64')}`, 0, 10);
  const last = (now: number): string | undefined => signMessage(signing, MESSAGE, now).split(' ')[1];
  expect([last(9_999), last(10_000)]).toEqual(['v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=', undefined]);
});
