import { z } from 'zod';
import { endpointOf, storeEndpoint, type SvixHandler } from '../call.js';
import { refuseMember, refuseSvix } from '../errors.js';
import { newSecret, OLD_KEYS_AT_MOST, oldKeysAt, readSecret, rotate, showSecret } from '../secret.js';

const DAY_SECONDS = 86_400;

const rotationSchema = z.object({
  key: z.string().nullable().optional(),
  gracePeriodSeconds: z.number().nullable().optional(),
});

export const getEndpointSecret: SvixHandler = (call) => ({
  answer: { status: 200, body: { key: showSecret(endpointOf(call).endpoint.signing.key) } },
});

export const rotateEndpointSecret: SvixHandler = (call) => {
  const { application, endpoint } = endpointOf(call);
  const { key: given, gracePeriodSeconds } = rotationSchema.parse(call.body);
  if (oldKeysAt(endpoint.signing, call.now).length >= OLD_KEYS_AT_MOST)
    refuseSvix(400, 'limit_reached', `At most ${OLD_KEYS_AT_MOST} old secrets can be in their grace period.`);
  const key =
    given === null || given === undefined
      ? newSecret(call.random)
      : (readSecret(given) ?? refuseMember('key', 'is not a valid secret'));
  const signing = rotate(endpoint.signing, key, call.now, gracePeriodSeconds ?? DAY_SECONDS);
  return { answer: { status: 204 }, ...storeEndpoint(call, application, { ...endpoint, signing }) };
};
