import { cpus, totalmem } from 'node:os';

/** What the figures were measured on, in one line. */
export function environment(): string {
  const all = cpus();
  const memory = Math.round(totalmem() / 1024 ** 3);
  const date = new Date().toISOString().slice(0, 10);
  return `${date}, Node ${process.version}, ${all.length} × ${all[0]?.model ?? 'unknown CPU'}, ${memory} GiB, ${process.platform}`;
}
