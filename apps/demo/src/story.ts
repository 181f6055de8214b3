import type { Told } from '@gateway-sync/example-receiver';
import { Control } from './control.js';
import { runCommand, startService, type Service } from './gateway-sync.js';
import { sample } from './metrics.js';
import { expect, until, type Narrator } from './narrator.js';
import { seed } from './seed.js';

export interface Stage {
  readonly narrator: Narrator;
  /** Events as they arrived; what is not signed as it should be is not among them. */
  readonly received: readonly Told[];
  readonly emulatorUrl: string;
  readonly servicePort: number;
  /** Path of `examples/demo.yaml`. */
  readonly config: string;
  /** Environment of the gateway-sync processes. */
  readonly env: NodeJS.ProcessEnv;
  /** Told of the service as soon as it runs, so that it can be stopped whatever happens. */
  onService(service: Service): void;
}

const CHANGES_FOUND = 2;

/** The main job from beginning to end; throws at the first step that does not work. */
export async function tell(stage: Stage): Promise<void> {
  const { narrator, config, env } = stage;
  const control = new Control(stage.emulatorUrl);

  await narrator.step('Four tenants: fresh, shared, drifted, observed', async () => {
    await control.post('seed', seed());
    const drifted = await control.subscriptions('drifted');
    return `the emulator has them at ${stage.emulatorUrl}; drifted has ${drifted.size} subscriptions made by hand`;
  });

  await narrator.step('What would be done: gateway-sync plan', async () => {
    const code = await runCommand(['plan', '--config', config], env);
    expect(code === CHANGES_FOUND, `plan ended with ${code} and not with ${CHANGES_FOUND} (changes found)`);
    expect((await control.subscriptions('fresh')).size === 0, 'plan wrote something');
    return `exit code ${code}: there are changes, and nothing was written`;
  });

  await narrator.step('Doing it: gateway-sync apply', async () => {
    const code = await runCommand(['apply', '--config', config], env);
    expect(code === 0, `apply ended with ${code}`);
    const [fresh, shared, drifted, observed] = await Promise.all(
      ['fresh', 'shared', 'drifted', 'observed'].map((tenant) => control.subscriptions(tenant)),
    );
    expect(
      fresh?.size === 8 && fresh.get('product.created')?.join() === 'description',
      'fresh is not as the file says',
    );
    expect(shared !== undefined && equal(shared, fresh), 'shared is not as the file says');
    expect(drifted !== undefined && equal(drifted, fresh), 'drifted is not as the file says');
    expect(observed?.size === 2 && observed.has('cart.updated'), 'observed was written to');
    return 'fresh, shared and drifted have the same 8 subscriptions; fresh delivers by HTTP, shared to an endpoint in Svix';
  });

  let service: Service | undefined;
  await narrator.step('Keeping it so: gateway-sync serve', async () => {
    service = await startService(config, stage.servicePort, env);
    stage.onService(service);
    const { url } = service;
    const readyAfter = await until('/readyz to answer 200', async () => {
      const response = await fetch(`${url}/readyz`).catch(() => undefined);
      return response?.status === 200 ? true : undefined;
    });
    const health = (await (await fetch(`${url}/health`)).json()) as { status: string };
    expect(readyAfter && health.status === 'degraded', `/health says ${health.status}; observed should degrade it`);
    return `${url} is ready; /health names observed as the tenant that differs`;
  });
  const url = service?.url ?? '';

  await narrator.step('Somebody unsubscribes order.created in the dashboard', async () => {
    await control.post('tenants/fresh/foreign-write', { eventType: 'order.created', subscription: 'UNSUBSCRIBED' });
    expect(!(await control.subscriptions('fresh')).has('order.created'), 'the foreign write did not take');
    const since = Date.now();
    await until('order.created to be subscribed again', async () =>
      (await control.subscriptions('fresh')).has('order.created') ? true : undefined,
    );
    const series = 'gateway_sync_tenant_actions_total{tenant="fresh",result="applied"}';
    const applied = await until('the metric of the healing', async () => {
      const value = sample(await metrics(url), series);
      return value === undefined || value < 1 ? undefined : value;
    });
    return `healed after ${((Date.now() - since) / 1000).toFixed(1)} s; ${series} ${applied}`;
  });

  const arrived = async (from: Told['sender'], eventType: string) => {
    const found = () => stage.received.find(({ sender, type }) => sender === from && type === eventType);
    return until(`${eventType} to arrive from ${from}`, () => Promise.resolve(found()));
  };

  await narrator.step('A product is created, a small order and a big one', async () => {
    await control.post('tenants/fresh/events', {
      type: 'product.created',
      payload: { id: 'p-1', name: { en: 'Mug', de: 'Becher' }, description: { en: 'Left out' }, published: true },
    });
    for (const [id, amount] of [
      ['small', 5],
      ['big', 500],
    ] as const) {
      await control.post('tenants/fresh/events', { type: 'order.created', payload: { id, total: { amount } } });
    }
    const { payload: product, text } = await arrived('emporix', 'product.created');
    expect(product['id'] === 'p-1' && !('description' in product), `got ${JSON.stringify(product)}`);
    const order = await arrived('emporix', 'order.created');
    const orders = stage.received.filter(({ type }) => type === 'order.created');
    expect(order.payload['id'] === 'big' && orders.length === 1, `got ${JSON.stringify(orders)}`);
    return `the signatures fit; ${text}, without its description; ${order.text}: the big one alone`;
  });

  await narrator.step('An order of the tenant on Svix', async () => {
    await control.post('tenants/shared/events', { type: 'order.created', payload: { id: 'o-1' } });
    const { payload, text } = await arrived('svix', 'order.created');
    expect(payload['id'] === 'o-1', `got ${JSON.stringify(payload)}`);
    return `the endpoint received it, signed with the secret of the file: ${text}`;
  });

  await narrator.step('Who did what: gateway-sync history', async () => {
    const code = await runCommand(['history', '--config', config, '--tenant', 'fresh', '--limit', '2'], env);
    expect(code === 0, `history ended with ${code}`);
    return 'every change, with its reason, before and after; it outlives the process';
  });

  await narrator.step('How much of the month is used', async () => {
    await control.post('tenants/shared/usage', { set: 7_200 });
    const asked = await runCommand(['sync', '--server', url, '--tenant', 'shared'], env);
    expect(asked === 0, `sync ended with ${asked}`);
    const used = 'gateway_sync_quota_used_events{tenant="shared"}';
    const text = await until(
      'the next reading of the quota',
      async () => {
        const now = await metrics(url);
        return sample(now, used) === 7_200 ? now : undefined;
      },
      15_000,
    );
    for (const tenant of ['fresh', 'shared', 'drifted', 'observed']) {
      const series = (name: string) => sample(text, `gateway_sync_quota_${name}_events{tenant="${tenant}"}`);
      const [count, limit] = [series('used'), series('limit')];
      const told = count === undefined ? 'not known: HTTP deliveries are not counted' : `${count} of ${limit} events`;
      narrator.say(`  ${tenant.padEnd(9)} ${told}`);
    }
    return 'read from /metrics; the log has the warning that 70 % of the month are used';
  });
}

async function metrics(url: string): Promise<string> {
  const response = await fetch(`${url}/metrics`);
  return response.text();
}

type Subscriptions = Awaited<ReturnType<Control['subscriptions']>>;

function equal(some: Subscriptions, others: Subscriptions): boolean {
  return some.size === others.size && [...some].every(([event, fields]) => others.get(event)?.join() === fields.join());
}
