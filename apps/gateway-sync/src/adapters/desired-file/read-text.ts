import { ConfigError } from '../../core/errors.js';
import { contentOf, errorCode, MAX_BYTES, type OnRead, readLimited } from './contents.js';

/** What helps when a file cannot be read, and when it is too large. */
export interface Remedies {
  readonly unreadable: string;
  readonly tooLarge: string;
}

/** The text of a file. `onRead` hears of it, also when something is wrong. Throws a {@link ConfigError}. */
export async function readText(path: string, remedies: Remedies, onRead: OnRead = () => {}): Promise<string> {
  const bytes = await readNamed(path, remedies, onRead);
  onRead(path, contentOf(bytes));
  if (bytes.length > MAX_BYTES) throw broken(path, 'is larger than 10 MB', remedies.tooLarge);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw broken(path, 'is not UTF-8 text', 'save it as UTF-8', error);
  }
}

async function readNamed(path: string, { unreadable }: Remedies, onRead: OnRead): Promise<Buffer> {
  try {
    return await readLimited(path);
  } catch (error) {
    const code = errorCode(error);
    onRead(path, code);
    throw broken(path, `cannot be read (${code})`, unreadable, error);
  }
}

function broken(path: string, message: string, remedy: string, cause?: unknown): ConfigError {
  const error = new ConfigError(path, [{ place: path, path: '', message, remedy }]);
  if (cause !== undefined) error.cause = cause;
  return error;
}
