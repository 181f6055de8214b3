import type { Replicas, Standing } from '../core/replica-ports.js';

const ALONE: Standing = { role: 'leading', generation: 1, replicas: 1 };

/** Where there is no database nobody knows of anybody else. */
export class MemoryReplicas implements Replicas {
  async announce(): Promise<Standing> {
    return ALONE;
  }

  async beat(): Promise<Standing> {
    return ALONE;
  }

  async leave(): Promise<void> {}
}
