import type { DesiredDelivery } from './delivery.js';
import type { OwnedThing } from './ledger.js';
import type { Problem } from './problem.js';

export function ownedElsewhere({ key, instance }: OwnedThing, { place }: DesiredDelivery): Problem {
  return {
    severity: 'error',
    kind: 'owned-elsewhere',
    message: `delivery config ${key} is looked after by the installation ${instance}; gateway-sync adopt takes it over`,
    places: [place],
    nearest: [],
  };
}

export function activeElsewhere({ key, instance }: OwnedThing, { place }: DesiredDelivery): Problem {
  return {
    severity: 'error',
    kind: 'owned-elsewhere',
    message: `delivery config ${key} is the active one and looked after by the installation ${instance}, so no other is activated`,
    places: [place],
    nearest: [],
  };
}

export function unknownSecret({ place }: DesiredDelivery): Problem {
  return {
    severity: 'note',
    kind: 'secret-unknown',
    message: 'whether the delivery config has this secret cannot be told without a ledger, so it stays as it is',
    places: [place],
    nearest: [],
  };
}

export function unreadableConfig(code: string, { place }: DesiredDelivery): Problem {
  return {
    severity: 'error',
    kind: 'unread',
    message: `the service does not show the configuration of delivery config ${code}, so nothing in it is changed`,
    places: [place],
    nearest: [],
  };
}
