import { watch } from 'chokidar';

export interface FileWatch {
  /** Resolves once every file is watched. */
  readonly ready: Promise<void>;
  /** Stops watching and waits for a run that is under way. */
  close(): Promise<void>;
}

/**
 * Calls `onChange` after edits, one run at a time: edits within `quietMs` of each other make one run, and edits during a
 * run make another one after it. `onChange` must not throw.
 */
export function watchFiles(files: readonly string[], onChange: () => Promise<void>, quietMs = 50): FileWatch {
  const watcher = watch([...files], { ignoreInitial: true });
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(onChange);
    }, quietMs);
  });
  return {
    ready: new Promise((resolve, reject) => {
      watcher.once('ready', resolve);
      watcher.once('error', reject);
    }),
    close: async () => {
      clearTimeout(timer);
      await watcher.close();
      await running;
    },
  };
}
