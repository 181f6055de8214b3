import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createEmulator } from '@gateway-sync/emulator';
import { expect, onTestFinished, test, vi } from 'vitest';

const PROGRAM = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const EMPORIX = 'a-signing-key';
const SVIX = `whsec_${Buffer.alloc(24, 'k').toString('base64')}`;
const SECRETS = { EMPORIX_SECRETS: `the-next-one ${EMPORIX}`, SVIX_SECRETS: SVIX };

interface Program {
  readonly child: ChildProcess;
  readonly output: { stdout: string; stderr: string };
  readonly ended: Promise<number | null>;
}

function start(env: Readonly<Record<string, string>>): Program {
  const child = spawn(process.execPath, [PROGRAM], { env: { PORT: '0', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const ended = once(child, 'close').then(() => child.exitCode);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { child, output, ended };
}

const WAIT = { timeout: 10_000, interval: 20 };

async function addressOf({ output }: Program): Promise<string> {
  return await vi.waitFor(() => {
    const address = /^listening at (\S+)$/m.exec(output.stdout)?.[1];
    if (address === undefined) throw new Error(`not listening yet: ${output.stderr}`);
    return address;
  }, WAIT);
}

/** What the program said after it listened. */
const linesOf = ({ output }: Program) => output.stdout.trimEnd().split('\n').slice(1);

/** An emulator, and a client of its tenant. */
async function emporix() {
  const emulator = createEmulator({
    tenants: [
      {
        tenant: 'acme',
        subscriptions: ['order.created', 'order.deleted', 'product.created'].map((eventType) => ({ eventType })),
      },
    ],
  });
  const server = await emulator.listen({ port: 0 });
  onTestFinished(() => server.close());
  const { url } = server;
  const ask = async (method: string, path: string, body: unknown, headers = {}) => {
    const response = await fetch(url + path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
  };
  const client = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: 'acme-id',
    client_secret: 'acme-secret',
  });
  const token = (await (await fetch(`${url}/oauth/token`, { method: 'POST', body: client })).json()) as {
    access_token: string;
  };
  const authorization = { authorization: `Bearer ${token.access_token}` };
  return {
    configure: (destinationUrl: string, types: readonly string[], secretKey = EMPORIX) =>
      ask(
        'POST',
        '/webhook/acme/config',
        {
          code: 'http',
          provider: 'HTTP',
          active: true,
          configuration: {
            destinationUrl,
            secretKey,
            eventsConfiguration: types.map((eventType) => ({
              eventType,
              destinationUrl: `${destinationUrl}?type=${eventType}`,
            })),
          },
        },
        authorization,
      ),
    emit: (type: string, payload: object) => ask('POST', '/_emulator/tenants/acme/events', { type, payload }),
  };
}

test('Emporix accepts its address, and what it sends is told with its type', async () => {
  const program = start(SECRETS);
  const { configure, emit } = await emporix();
  const address = await addressOf(program);
  expect((await configure(`${address}/hooks`, ['order.created', 'product.created', 'order.deleted'])).status).toBe(201);
  await emit('order.created', { id: 'o-1', entries: [{ id: 'e-1' }] });
  await emit('product.created', { id: 'p-1', name: { en: 'Mug' } });
  await emit('order.deleted', { id: 'o-1' });
  await vi.waitFor(
    () =>
      expect(linesOf(program).toSorted()).toEqual([
        'emporix: order o-1, entries: 1',
        'emporix: order.deleted: nobody asked for it',
        'emporix: product p-1 is called Mug',
      ]),
    WAIT,
  );
});

test('an event that is signed with another secret is not told, and no secret is', async () => {
  const program = start(SECRETS);
  const { configure, emit } = await emporix();
  await configure(await addressOf(program), ['order.created'], 'not-the-key');
  await emit('order.created', { id: 'o-1' });
  await vi.waitFor(() => expect(program.output.stderr).toContain('refused (no-match)'), WAIT);
  expect(linesOf(program)).toEqual([]);
  expect(JSON.stringify(program.output)).not.toMatch(/the-next-one|a-signing-key|not-the-key|whsec_/);
});

/** A delivery as Svix makes it. */
function svixDelivery(id: string, payload: object) {
  const [body, time] = [JSON.stringify(payload), Math.floor(Date.now() / 1000)];
  const key = Buffer.from(SVIX.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${time}.${body}`).digest('base64');
  return {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'svix-id': id,
      'svix-timestamp': String(time),
      'svix-signature': `v1,${signature}`,
    },
  };
}

test('a delivery that comes twice is told once', async () => {
  const program = start(SECRETS);
  const address = `${await addressOf(program)}/erp?type=order.created`;
  const statuses = [];
  for (const id of ['msg_1', 'msg_1', 'msg_2']) statuses.push((await fetch(address, svixDelivery(id, { id }))).status);
  expect(statuses).toEqual([200, 200, 200]);
  expect(linesOf(program)).toEqual(['svix: order msg_1, entries: 0', 'svix: order msg_2, entries: 0']);
});

test.each(['HEAD', 'OPTIONS'])('%s is answered with success', async (method) => {
  const program = start({ EMPORIX_SECRETS: EMPORIX });
  expect((await fetch(await addressOf(program), { method })).ok).toBe(true);
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s lets a delivery under way finish, then it ends with 0',
  async (signal) => {
    const program = start(SECRETS);
    const { hostname, port } = new URL(await addressOf(program));
    const { body, headers } = svixDelivery('msg_1', { id: 'late' });
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    const head = Object.entries({ host: 'x', 'content-length': String(body.length), ...headers }).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    );
    socket.write(`POST /?type=order.created HTTP/1.1\r\n${head.join('')}\r\n${body.slice(0, 4)}`);
    // Once another request is answered, the first one has been taken.
    await fetch(`http://${hostname}:${port}`, { method: 'HEAD' });
    program.child.kill(signal);
    await vi.waitFor(() => expect(fetch(`http://${hostname}:${port}`)).rejects.toThrow('fetch failed'), WAIT);
    socket.write(body.slice(4));
    expect(await program.ended).toBe(0);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(linesOf(program)).toEqual(['svix: order late, entries: 0', 'stopped']);
  },
);

test('without a secret it does not start, and says everything that is wrong', async () => {
  const program = start({ PORT: 'x', SVIX_SECRETS: ' ' });
  expect([await program.ended, program.output]).toEqual([
    1,
    {
      stdout: '',
      stderr:
        'PORT must be a number up to 65535\nEMPORIX_SECRETS, SVIX_SECRETS or both must hold a secret; several with blanks between them\n',
    },
  ]);
  expect(await start({ SVIX_SECRETS: 'abc' }).ended).toBe(1);
});
