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

/** Leaves nothing behind when somebody loses patience: then this process ends here, whatever becomes of the work. */
export async function interruptible(work: () => Promise<void>): Promise<void> {
  const codes = { SIGINT: 130, SIGTERM: 143 } as const;
  let interrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      interrupted = true;
      void closeAll().finally(() => process.exit(codes[signal]));
    });
  }
  try {
    await work();
  } catch (error) {
    // What fails because it was closed is no news.
    if (!interrupted) throw error;
    await new Promise(() => {});
  }
}

async function closeAll(): Promise<void> {
  for (const close of [...open].toReversed()) await close().catch((error: unknown) => console.error(error));
}
