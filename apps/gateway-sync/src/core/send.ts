import {
  STEPS,
  type Action,
  type ConfigAction,
  type EndpointAction,
  type SubscriptionAction,
  type TargetAction,
} from './action.js';
import { configRequests } from './config-requests.js';
import type { GatewayError } from './errors.js';
import type { Answer } from './judge-answer.js';
import { sendNarrowing, type Answered, type Sent } from './narrow.js';
import { MAX_CHANGES, type Gateway, type SubscriptionChange } from './ports.js';

/**
 * Sends the actions step by step. Emporix and Svix fail each for itself: when one of them cannot be reached, nothing more
 * is sent to it, and the other goes on.
 */
export async function send(
  actions: readonly Action[],
  gateway: Gateway,
  signal: AbortSignal,
  answered: Answered<Action>,
): Promise<Sent> {
  let writes = 0;
  let emporixError: GatewayError | undefined;
  let svixError: GatewayError | undefined;

  function take(sent: Sent): GatewayError | undefined {
    writes += sent.writes;
    return sent.error;
  }

  for (const step of STEPS) {
    const { configs, endpoints, subscriptions } = sorted(actions.filter((action) => action.step === step));
    emporixError ??= take(await sendConfigs(configs, gateway, signal, answered));
    svixError ??= take(await sendEndpoints(endpoints, gateway, signal, answered));
    if (!emporixError) emporixError = take(await sendSubscriptions(subscriptions, gateway, signal, answered));
  }
  const error = emporixError ?? svixError;
  return { writes, ...(error && { error }) };
}

interface Sorted {
  readonly configs: (ConfigAction | TargetAction)[];
  readonly endpoints: EndpointAction[];
  readonly subscriptions: SubscriptionAction[];
}

function sorted(actions: readonly Action[]): Sorted {
  const kinds: Sorted = { configs: [], endpoints: [], subscriptions: [] };
  for (const action of actions) {
    switch (action.resource) {
      case 'config':
      case 'target':
        kinds.configs.push(action);
        break;
      case 'endpoint':
        kinds.endpoints.push(action);
        break;
      case 'subscription':
        kinds.subscriptions.push(action);
        break;
      default:
        action satisfies never;
    }
  }
  return kinds;
}

/** Changes of one config share a request as far as they can. */
function sendConfigs(
  actions: readonly (ConfigAction | TargetAction)[],
  gateway: Gateway,
  signal: AbortSignal,
  answered: Answered<Action>,
): Promise<Sent> {
  const batches = configRequests(actions).map((request) => request.actions);
  return sendNarrowing<ConfigAction | TargetAction>(
    batches,
    async (batch) => {
      for (const { write } of configRequests(batch)) await gateway.writeConfig(write, signal);
      return batch.map(() => ACCEPTED);
    },
    signal,
    answered,
  );
}

function sendEndpoints(
  actions: readonly EndpointAction[],
  gateway: Gateway,
  signal: AbortSignal,
  answered: Answered<Action>,
): Promise<Sent> {
  const { endpoints } = gateway;
  if (actions.length > 0 && !endpoints) throw new TypeError('endpoints were planned without a gateway to them');
  return sendNarrowing(
    actions.map((action) => [action]),
    async (batch) => {
      for (const { write } of batch) await endpoints?.write(write, signal);
      return batch.map(() => ACCEPTED);
    },
    signal,
    answered,
  );
}

/** In their order, at most 200 to a request. */
function sendSubscriptions(
  actions: readonly SubscriptionAction[],
  gateway: Gateway,
  signal: AbortSignal,
  answered: Answered<Action>,
): Promise<Sent> {
  const batches: SubscriptionAction[][] = [];
  for (let start = 0; start < actions.length; start += MAX_CHANGES) {
    batches.push(actions.slice(start, start + MAX_CHANGES));
  }
  return sendNarrowing(batches, (batch) => gateway.updateSubscriptions(batch.map(change), signal), signal, answered);
}

const ACCEPTED: Answer = { code: 200 };

/** `SUBSCRIBE` is sent with a change of fields too: an item without an action is not documented. */
function change(action: SubscriptionAction): SubscriptionChange {
  return {
    eventType: action.eventType,
    action: action.type === 'delete' ? 'UNSUBSCRIBE' : 'SUBSCRIBE',
    ...(action.version !== undefined && { version: action.version }),
    fieldsToUnsubscribe: action.fieldsToUnsubscribe,
    fieldsToSubscribe: action.fieldsToSubscribe,
  };
}
