import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createEmulator } from '@gateway-sync/emulator';
import { receiveEvents, serveReceiver, type Told } from '@gateway-sync/example-receiver';
import { freePort, type Service } from './gateway-sync.js';
import { Narrator, StoryEnded } from './narrator.js';
import { tell } from './story.js';

const HELP = `Shows the main job on the emulator: plan, apply, keep in sync, receive events, watch the quota.

Usage: pnpm demo [options]

  --once                  end after the last step; exit code 0 only if every step was seen to work
  --port <port>           port of gateway-sync (default: a free one)
  --emulator-port <port>  port of the emulator (default: a free one)
  -h, --help              this text
`;

/** Not every step was seen to work. */
const INTERRUPTED = 130;
const SECRETS = { emporix: 'demo-signing-key', svix: 'whsec_ZGVtby1zaWduaW5nLXNlY3JldC0yNGJ5dGVz' };
const CONFIG = fileURLToPath(new URL('../../../examples/demo.yaml', import.meta.url));
const REPORT = new URL('../reports/demo.json', import.meta.url);

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      once: { type: 'boolean', default: false },
      port: { type: 'string' },
      'emulator-port': { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }

  const interrupted = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  const narrator = new Narrator();
  const received: Told[] = [];
  const receiver = await serveReceiver(
    receiveEvents({ emporix: [SECRETS.emporix], svix: [SECRETS.svix] }, (told) => received.push(told)),
    { host: '127.0.0.1', port: 0 },
  );
  const dataDir = await mkdtemp(join(tmpdir(), 'gateway-sync-demo-data-'));
  const emulator = await createEmulator().listen({ port: Number(values['emulator-port'] ?? 0) });
  let service: Service | undefined;
  try {
    const stage = {
      narrator,
      received,
      emulatorUrl: emulator.url,
      servicePort: values.port === undefined ? await freePort() : Number(values.port),
      config: CONFIG,
      env: {
        ...inherited(),
        EMPORIX_URL: emulator.url,
        RECEIVER_URL: receiver.url,
        SIGNING_KEY: SECRETS.emporix,
        SVIX_SECRET: SECRETS.svix,
        GATEWAY_SYNC_DATA_DIR: dataDir,
        // Of this service only, which listens on loopback and ends with the demo.
        GATEWAY_SYNC_API_TOKEN: randomUUID(),
      },
      onService: (started: Service) => (service = started),
    };
    const story = tell(stage).then(() => 'told' as const);
    story.catch(() => undefined);
    if ((await Promise.race([story, interrupted])) !== 'told') {
      narrator.hush();
      await service?.stop();
      return INTERRUPTED;
    }
    if (service && !values.once) {
      tellWhatToTry(narrator, service, emulator.url);
      await interrupted;
    }
    if (service) await end(narrator, service);
  } catch (error) {
    if (!(error instanceof StoryEnded)) throw error;
    if (service) narrator.note(`The service's last words:\n${await service.lastLogLines(20)}`);
    await service?.stop();
  } finally {
    await emulator.close();
    await receiver.close();
    await rm(dataDir, { recursive: true, force: true });
  }
  await writeReport(narrator);
  narrator.say(`\n${narrator.passed} steps worked, ${narrator.failed} did not`);
  return narrator.failed === 0 ? 0 : 1;
}

function tellWhatToTry(narrator: Narrator, service: Service, emulatorUrl: string): void {
  narrator.say(`
It keeps running until Ctrl-C. Try:
  curl ${service.url}/health
  curl ${service.url}/metrics
  curl ${emulatorUrl}/_emulator
  curl -X POST -H 'content-type: application/json' -d '{"eventType":"order.deleted","subscription":"UNSUBSCRIBED"}' \\
    ${emulatorUrl}/_emulator/tenants/drifted/foreign-write
  tail -f ${service.logFile}`);
}

async function end(narrator: Narrator, service: Service): Promise<void> {
  await narrator.step('Goodbye: SIGTERM', async () => {
    const code = await service.stop();
    if (code !== 0) throw new Error(`the service ended with ${code}`);
    return 'the service finished what it was doing and ended with 0';
  });
}

/** In the shape that test runners write, so that CI can add it up. */
async function writeReport({ passed, failed }: Narrator): Promise<void> {
  await mkdir(new URL('./', REPORT), { recursive: true });
  const report = {
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [],
  };
  await writeFile(REPORT, JSON.stringify(report));
}

function inherited(): NodeJS.ProcessEnv {
  // oxlint-disable-next-line node/no-process-env -- handed on to the child processes, but for somebody's database
  const { DATABASE_URL: _, ...env } = process.env;
  if (process.stdout.isTTY && env['NO_COLOR'] === undefined) env['FORCE_COLOR'] = '1';
  return env;
}

// A story that was interrupted may still wait for something.
process.exit(await main());
