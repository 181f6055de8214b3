/**
 * Which of several replicas works with the newest file. Every file that takes the place of another one gets the next
 * generation; whoever has an older one than a live replica stands by, so that a rolling change does not flip tenants to
 * and fro.
 */
export interface Generations {
  /** Each file once, with the last generation that it had. */
  readonly files: readonly FileGeneration[];
  /** This replica is among them unless it is new. */
  readonly replicas: readonly Replica[];
}

export interface FileGeneration {
  readonly file: string;
  readonly generation: number;
  /** When the replica that got the generation read it, milliseconds since the epoch, by the clock that all replicas share. */
  readonly loadedAt: number;
}

export interface Replica {
  readonly id: string;
  readonly generation: number;
  /** When it was last heard of, milliseconds since the epoch, by the clock that all replicas share. */
  readonly beatAt: number;
}

/** How often a replica is to be heard of. */
export const BEAT_MS = 5_000;
/** Whoever was not heard of for longer is gone; with the time between two beats it is noticed within 30 seconds. */
export const SILENT_MS = 20_000;

/** Generation of a file that was overtaken before it had one. */
const OVERTAKEN = 0;

export interface Place {
  readonly generation: number;
  /** Whether the generation is to be noted for the file. */
  readonly fresh: boolean;
  readonly role: 'leading' | 'behind';
  /** Live ones, this one included. */
  readonly replicas: number;
}

export interface Self {
  readonly id: string;
  readonly file: string;
  /** When it was read. Whoever tells late of it does not turn back what others loaded since. */
  readonly loadedAt: number;
  /** It took the place of another one while running: somebody changed it on purpose, even if it is as it was before. */
  readonly reloaded: boolean;
  /** Tells of it for the first time. */
  readonly announcing: boolean;
}

/** The place of a replica with its file at a time. */
export function placeOf({ files, replicas }: Generations, self: Self, now: number): Place {
  const own = replicas.find(({ id }) => id === self.id);
  const before = own?.beatAt ?? now;
  const others = replicas.filter(({ id, beatAt }) => id !== self.id && isLive(beatAt, before, now));
  const newest = files.reduce<FileGeneration | undefined>(
    (highest, one) => (highest && highest.generation > one.generation ? highest : one),
    undefined,
  );
  const known = files.find(({ file }) => file === self.file)?.generation;
  const count = others.length + 1;
  if (newest !== undefined && newest.generation === known) {
    return { generation: known, fresh: false, role: 'leading', replicas: count };
  }
  const overtaken = newest !== undefined && newest.loadedAt > self.loadedAt;
  // Else it would lead for a moment beside the one that takes over when the newest is gone.
  const wasOvertaken = own?.generation === OVERTAKEN && !self.announcing;
  const mine = known ?? (overtaken || wasOvertaken ? OVERTAKEN : undefined);
  const isNew = self.announcing && self.reloaded && !overtaken;
  if (!isNew && mine !== undefined && others.some(({ generation }) => generation > mine)) {
    return { generation: mine, fresh: false, role: 'behind', replicas: count };
  }
  return { generation: (newest?.generation ?? 0) + 1, fresh: true, role: 'leading', replicas: count };
}

/**
 * Silence is measured from the last time that this replica was heard of itself, so that a leap of the clock, which lies
 * between, does not make all the others look dead, or one that is dead look alive.
 */
function isLive(beatAt: number, before: number, now: number): boolean {
  return beatAt >= Math.min(before, now) - SILENT_MS && beatAt <= Math.max(before, now) + SILENT_MS;
}
