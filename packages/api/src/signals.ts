// `AbortSignal.any` and `AbortSignal.timeout` are not used: the first keeps every signal it ever made reachable from a
// long-lived parent, and both may be collected before they fire (https://github.com/nodejs/node/issues/55428).

/** A controller that aborts when its parent does, until it is unlinked. */
export interface LinkedController {
  readonly controller: AbortController;
  /** Lets go of the parent. Must be called once the work is over. */
  unlink(): void;
}

/** Makes a controller that follows `parent`, reason included. */
export function linkedController(parent: AbortSignal | undefined): LinkedController {
  const controller = new AbortController();
  const unlink = onAbort(parent, (reason) => controller.abort(reason));
  return { controller, unlink };
}

/** Waits for `work`, but rejects with the signal's reason as soon as that aborts. The work itself goes on. */
export async function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const unlink = onAbort(signal, reject);
  try {
    return await Promise.race([work, aborted]);
  } finally {
    unlink();
  }
}

function onAbort(signal: AbortSignal | undefined, callback: (reason: unknown) => void): () => void {
  if (signal === undefined) return () => {};
  if (signal.aborted) {
    callback(signal.reason);
    return () => {};
  }
  const listener = (): void => callback(signal.reason);
  signal.addEventListener('abort', listener, { once: true });
  return () => signal.removeEventListener('abort', listener);
}
