/** In the order in which they were opened. */
const open = new Set<() => Promise<void>>();

/** For what would outlive this process: closed once, at its end or when the bench is interrupted. */
export function closing(close: () => Promise<void>): () => Promise<void> {
  const once = async (): Promise<void> => {
    if (open.delete(once)) await close();
  };
  open.add(once);
  return once;
}

/** Leaves nothing behind when somebody loses patience. */
export function closeWhenInterrupted(): void {
  const codes = { SIGINT: 130, SIGTERM: 143 } as const;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void closeAll().finally(() => process.exit(codes[signal])));
  }
}

async function closeAll(): Promise<void> {
  for (const close of [...open].toReversed()) await close().catch((error: unknown) => console.error(error));
}
