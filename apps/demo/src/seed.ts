/** The file wants `order.*` and `product.*`: one type is missing here, two are too many, and no field is left out. */
const SUBSCRIBED_BY_HAND = [
  'cart.updated',
  'order.cancelled',
  'order.created',
  'order.deleted',
  'order.updated',
  'price.updated',
  'product.created',
  'product.deleted',
  'product.updated',
];

const LEFT_BY_SOMEBODY = ['cart.updated', 'price.updated'];

/** The tenants of `examples/demo.yaml` as the demo finds them. */
export function seed(): unknown {
  return {
    tenants: [
      { tenant: 'fresh', limit: 10_000 },
      { tenant: 'shared', limit: 10_000 },
      { tenant: 'drifted', limit: 10_000, subscriptions: SUBSCRIBED_BY_HAND.map((eventType) => ({ eventType })) },
      { tenant: 'observed', limit: 5_000, subscriptions: LEFT_BY_SOMEBODY.map((eventType) => ({ eventType })) },
    ],
  };
}
