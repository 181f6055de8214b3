import type { Receiver } from '@gateway-sync/events';

declare module '@gateway-sync/events' {
  interface EventPayloads {
    'shop.opened': { readonly door?: number | null };
  }
}

export const listen = (receiver: Receiver, doors: unknown[]) =>
  receiver.on('shop.opened', ({ payload }) => doors.push(payload.door));
