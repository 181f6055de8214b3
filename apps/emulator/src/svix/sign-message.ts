import { createHmac, sign } from 'node:crypto';
import { activeKeys, isAsymmetric, privateKeyOf, secretBytes, type Signing } from './secret.js';

/** The value of `svix-signature`: one entry for each key that signs, `v1` or, for asymmetric keys, `v1a`. */
export function signMessage(
  signing: Signing,
  { id, seconds, body }: { readonly id: string; readonly seconds: number; readonly body: string },
  now: number,
): string {
  const content = Buffer.from(`${id}.${seconds}.${body}`);
  return activeKeys(signing, now)
    .map((key) =>
      isAsymmetric(key)
        ? `v1a,${sign(null, content, privateKeyOf(key)).toString('base64')}`
        : `v1,${createHmac('sha256', secretBytes(key)).update(content).digest('base64')}`,
    )
    .join(' ');
}
