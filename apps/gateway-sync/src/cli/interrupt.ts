const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** How long what has begun may take to finish after the first signal, in milliseconds. */
export const GRACE_MS = 25_000;

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

/** How a command that writes is told to end. */
export interface Interruption {
  /** Aborted by the first Ctrl-C or SIGTERM: nothing more is to be begun. */
  readonly stopping: AbortSignal;
  /** Aborted by the second one, or when what had begun takes too long: nothing more is to be waited for. */
  readonly signal: AbortSignal;
}

/**
 * Like {@link interruptible}, for what should not be cut off in the middle: the first signal asks to finish what has begun,
 * the second one and the end of the grace abort it, and the third ends the process at once.
 */
export async function stoppable<Result>(
  run: (interruption: Interruption) => Promise<Result>,
  graceMs = GRACE_MS,
): Promise<Result> {
  const stopping = new AbortController();
  let grace: NodeJS.Timeout | undefined;
  const aborting = new AbortController();
  const abort = () => {
    for (const name of SIGNALS) process.off(name, onSignal);
    aborting.abort(new InterruptedError('interrupted'));
  };
  const onSignal = () => {
    if (stopping.signal.aborted) return abort();
    grace = setTimeout(abort, graceMs);
    stopping.abort(new InterruptedError('interrupted'));
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  try {
    return await run({ stopping: stopping.signal, signal: aborting.signal });
  } catch (error) {
    throw stopping.signal.aborted ? new InterruptedError('interrupted', { cause: error }) : error;
  } finally {
    clearTimeout(grace);
    for (const name of SIGNALS) process.off(name, onSignal);
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
