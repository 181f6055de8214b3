const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** The command was interrupted before it had anything to tell. Exit code 130. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError' as const;
}

/**
 * Runs with a signal that Ctrl-C and SIGTERM abort; a second one ends the process at once, as it does by default. What
 * rejects after that rejects with an {@link InterruptedError}.
 */
export async function interruptible<Result>(run: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const controller = new AbortController();
  const stop = () => {
    for (const name of SIGNALS) process.off(name, stop);
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, stop);
  try {
    return await run(controller.signal);
  } catch (error) {
    throw controller.signal.aborted ? new InterruptedError('interrupted', { cause: error }) : error;
  } finally {
    for (const name of SIGNALS) process.off(name, stop);
  }
}

/** Like `promise`, but does not wait for it any longer than the signal allows. */
export function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new InterruptedError('interrupted'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
