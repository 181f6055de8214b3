export { receiveEvents, type Told } from './receive-events.js';
export { serveReceiver, type Serving } from './serve-receiver.js';
export type { Secrets } from './settings.js';
