import type { OwnedThing } from './ledger.js';
import type { Problem } from './problem.js';
import { targetName } from './target-key.js';
import type { WantedTarget } from './wanted-targets.js';

export function ownedElsewhere({ key, wish }: WantedTarget, owner: OwnedThing | undefined): Problem {
  return {
    severity: 'error',
    kind: 'owned-elsewhere',
    message: `the target ${targetName(key)} is looked after by the installation ${owner?.instance ?? ''}; gateway-sync adopt takes it over`,
    places: [wish.place],
    nearest: [],
  };
}

export function unknownSecret({ key, wish }: WantedTarget): Problem {
  return {
    severity: 'note',
    kind: 'secret-unknown',
    message: `whether the target ${targetName(key)} has this secretKey cannot be told without a ledger, so it stays as it is`,
    places: [wish.place],
    nearest: [],
  };
}

export function secretAtRisk({ key, wish }: WantedTarget): Problem {
  return {
    severity: 'warning',
    kind: 'secret-unknown',
    message: `the target ${targetName(key)} has a secretKey that the file does not name; writing the whole target may lose it`,
    places: [wish.place],
    nearest: [],
  };
}
