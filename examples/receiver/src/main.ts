import { receiveEvents } from './receive-events.js';
import { serveReceiver } from './serve-receiver.js';
import { readSettings, SettingsError } from './settings.js';

try {
  // oxlint-disable-next-line node/no-process-env -- the only reader
  const { secrets, host, port } = readSettings(process.env);
  const receiver = receiveEvents(secrets, ({ sender, text }) => console.log(`${sender}: ${text}`));
  const serving = await serveReceiver(receiver, { host, port });
  console.log(`listening at ${serving.url}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // A second one ends it at once.
    process.once(signal, () => void serving.close().then(() => console.log('stopped')));
  }
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
