import { serviceOperations } from '@gateway-sync/api';
import { describe, expect, it } from 'vitest';
import { LedgerError } from '../src/core/errors.js';
import { type ApiBench, type Ask, NOW, parseRaw, sendRaw, serveApi, statusOf, TOKEN } from './support/http-api.js';
import { fill, FULL_POLICY, FULL_STATUS, recordOf } from './support/http-api-values.js';
import { judgeAnswer, judgeProblem, type WireAnswer } from './support/service-contract.js';

type Options = NonNullable<Parameters<typeof serveApi>[0]>;

async function bench(options?: Options): Promise<ApiBench> {
  const api = await serveApi(options);
  fill(api.sources);
  return api;
}

const lost = new LedgerError('connection to canary-host:5432 lost', { transient: true });

/** How to get a status out of an operation: what is different from the usual service and the usual request. */
interface Case {
  readonly options?: Options;
  readonly before?: (api: ApiBench) => unknown;
  readonly tenant?: string;
  readonly query?: string;
  readonly ask?: Ask;
}

const wrongToken = { headers: { authorization: 'Bearer not-this-one-either' } };
const large = { body: JSON.stringify({ reason: 'x'.repeat(17_000) }), headers: { 'content-type': 'application/json' } };

/** Cases that are the same for every operation that documents the status. */
const EVERYWHERE: Readonly<Record<number, Case>> = {
  200: {},
  202: {},
  204: {},
  400: { query: '?never=heard' },
  401: { options: { protectReads: true }, ask: { anonymous: true } },
  403: { options: { token: null } },
  404: { tenant: 'nobody' },
  409: { tenant: 'gamma' },
  413: { ask: large },
  415: { ask: { body: 'reason: moving', headers: { 'content-type': 'text/yaml' } } },
  422: {
    before: ({ sources }) => {
      sources.reloading = {
        type: 'invalid',
        problems: [{ place: 'a.yaml:1:1', path: 'tenants', message: 'no', remedy: 'yes' }],
      };
    },
  },
  429: {
    options: { protectReads: true, limits: { wrongTokensPerMinute: 1 } },
    before: async ({ ask }) => expect((await ask('POST', '/api/v1/reload', wrongToken)).status).toBe(401),
    ask: wrongToken,
  },
  431: { ask: { headers: { 'x-long': 'x'.repeat(9_000) } } },
  503: {
    before: ({ sources }) => {
      sources.failure = lost;
    },
  },
};

/** Probes say what the database said. */
const silent: Case = {
  before: ({ sources }) => {
    sources.failure = new Error('no connection');
  },
};

const ELSEWHERE: Readonly<Record<string, Case>> = {
  'getLiveness 503': { options: { beatAt: NOW - 10 * 60_000 } },
  'getReadiness 200': { before: ({ sources }) => sources.put(statusOf('beta', { state: 'in_sync' })) },
  'getReadiness 503': silent,
  'getHealth 503': silent,
  'getHealth 200': { before: ({ sources }) => sources.put(statusOf('beta', { state: 'failing' })) },
  'reloadFile 409': {
    before: ({ sources }) => {
      sources.reloading = { type: 'withheld', message: '4 of 5 tenants are gone', allow: 'put them back' };
    },
  },
};

const documented = Object.values(serviceOperations).flatMap(
  ({ operationId, method, path, successStatuses, errorStatuses }) =>
    [...successStatuses, ...errorStatuses].map((status) => ({ operationId, method, path, status })),
);

async function play({ operationId, method, path, status }: (typeof documented)[number]): Promise<WireAnswer> {
  const {
    options,
    before,
    tenant = 'acme',
    query = '',
    ask,
  } = ELSEWHERE[`${operationId} ${status}`] ?? EVERYWHERE[status] ?? {};
  const api = await bench(options);
  await before?.(api);
  return api.ask(method, `${path.replace('{tenant}', tenant)}${query}`, ask);
}

describe('every documented status of every operation', () => {
  it.each(documented)('is answered as documented: $operationId $status', async (one) => {
    const answer = await play(one);
    expect([answer.status, judgeAnswer(one.operationId, answer)]).toEqual([one.status, []]);
    expect(answer.text).not.toMatch(/canary|node_modules|\.ts:|\.js:/);
    expect(answer.headers).toMatchObject({
      'cache-control': expect.stringContaining('no-store'),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    });
    expect(answer.headers).not.toHaveProperty('x-powered-by');
  });
});

const json = ({ text }: WireAnswer): unknown => JSON.parse(text);

describe('the tenants', () => {
  it('are listed by name, page by page, whatever comes and goes meanwhile', async () => {
    const { ask, sources } = await bench();
    const first = json(await ask('GET', '/api/v1/tenants?limit=2'));
    expect(first).toMatchObject({ tenants: [{ tenant: 'acme' }, { tenant: 'beta' }], total: 3, next: 'beta' });
    sources.put(statusOf('aaa'));
    const second = json(await ask('GET', '/api/v1/tenants?limit=2&cursor=beta'));
    expect(second).toEqual({ tenants: [expect.objectContaining({ tenant: 'gamma' })], total: 4 });
  });

  it('are filtered by their state', async () => {
    const { ask } = await bench();
    const page = json(await ask('GET', '/api/v1/tenants?state=paused'));
    expect(page).toEqual({ tenants: [expect.objectContaining({ tenant: 'gamma', state: 'paused' })], total: 1 });
  });

  it.each([
    ['limit=0', 'limit', 'must be a whole number from 1 to 1000'],
    ['limit=1001', 'limit', 'must be a whole number from 1 to 1000'],
    ['limit=1&limit=2', 'limit', expect.stringMatching(/expected string/)],
    ['state=asleep', 'state', expect.stringMatching(/^must be one of pending, in_sync/)],
    ['cursor=ACME', 'cursor', 'must be `next` of the page before'],
    ['page=2', 'page', 'is not known'],
  ])('are not listed with ?%s, and it is said why', async (query, path, message) => {
    const { ask } = await bench();
    const answer = await ask('GET', `/api/v1/tenants?${query}`);
    expect(json(answer)).toMatchObject({ status: 400, problems: [{ place: 'query', path, message }] });
  });

  it('have a history, newest first, page by page', async () => {
    const { ask } = await bench();
    const first = json(await ask('GET', '/api/v1/tenants/acme/history?limit=2'));
    expect(first).toMatchObject({ changes: [{ id: '4' }, { id: '2' }], next: '2' });
    const second = json(await ask('GET', '/api/v1/tenants/acme/history?limit=2&cursor=2'));
    expect(second).toEqual({ changes: [expect.objectContaining({ id: '1' })] });
  });

  it('have no further page when the last one is full', async () => {
    const { ask, sources } = await bench();
    sources.records.splice(0, 4, recordOf(1), recordOf(2));
    expect(json(await ask('GET', '/api/v1/tenants/acme/history?limit=2'))).not.toHaveProperty('next');
  });

  it('have no history where nothing is kept', async () => {
    const { ask, sources } = await bench();
    sources.hasLedger = false;
    expect(json(await ask('GET', '/api/v1/tenants/acme/history'))).toMatchObject({ status: 404, code: 'no-ledger' });
  });

  it('have a plan with what it does to the quota, and what each action does', async () => {
    const { ask } = await bench();
    const { plan } = json(await ask('GET', '/api/v1/tenants/acme/plan')) as {
      plan: { effect: unknown; actions: { effect?: unknown }[] };
    }; // judged by the document
    expect(plan.effect).toEqual({
      month: '2026-11',
      events: 120,
      unknown: 1,
      used: 720,
      limit: 1000,
      projectedBefore: 900,
      projected: 1020,
    });
    expect(plan.actions.map(({ effect }) => effect)).toEqual([
      { events: 120, source: 'observed' },
      { source: 'unknown' },
    ]);
  });

  it('have no plan before their first run', async () => {
    const { ask } = await bench();
    expect(json(await ask('GET', '/api/v1/tenants/beta/plan'))).toMatchObject({ status: 404, code: 'no-run-yet' });
  });

  it('have a plan without actions when they could not be read', async () => {
    const { ask, sources } = await bench();
    const { reconcileId, mode, startedAt, finishedAt } = {
      reconcileId: 'r2',
      mode: 'enforce',
      startedAt: 0,
      finishedAt: 1,
    };
    sources.reports.set('beta', { reconcileId, mode, outcome: 'failed', startedAt, finishedAt, verdicts: [] });
    const answer = await ask('GET', '/api/v1/tenants/beta/plan');
    expect([judgeAnswer('getPlan', answer), json(answer)]).toEqual([
      [],
      {
        reconcileId,
        mode,
        outcome: 'failed',
        startedAt: '1970-01-01T00:00:00.000Z',
        finishedAt: '1970-01-01T00:00:00.001Z',
        verdicts: [],
      },
    ]);
  });

  it('have the readings of this month only', async () => {
    const { ask, sources } = await bench();
    const lastMoment = { month: '2026-10', used: 1000, crossed: [] };
    sources.quotaReadings.unshift({ usage: lastMoment, at: Date.UTC(2026, 10, 1, 0, 0, 1) });
    expect(json(await ask('GET', '/api/v1/tenants/acme/quota'))).toMatchObject({
      month: '2026-11',
      newest: { used: 720 },
      readings: [{ used: 100 }, { used: 700 }, { used: 720 }],
    });
    expect(json(await ask('GET', '/api/v1/tenants/beta/quota'))).not.toHaveProperty('newest');
  });

  it('have a forecast, why their use is unknown, what is given up, and how far earlier forecasts were off', async () => {
    const { ask } = await bench();
    const answer = await ask('GET', '/api/v1/tenants/acme/quota');
    expect(judgeAnswer('getQuota', answer)).toEqual([]);
    const state = {
      at: '2026-11-25T01:20:00.000Z',
      failure: {
        at: '2026-11-25T01:20:00.000Z',
        since: '2026-11-25T01:19:00.000Z',
        attempts: 2,
        transient: true,
        message: 'no answer',
        nextAt: '2026-11-25T01:20:00.001Z',
      },
      unknown: { reason: 'incomplete', message: 'less than before', since: '2026-11-25T01:19:00.000Z', shown: 10 },
      forecast: {
        month: '2026-11',
        at: '2026-11-25T01:20:00.000Z',
        ratePerDay: 30,
        projected: 890,
        low: 850,
        high: 1010,
        exhaustedAt: '2026-11-30T01:20:00.000Z',
        earliest: '2026-11-29T01:20:00.000Z',
        latest: '2026-12-01T01:20:00.000Z',
        basis: 'rate',
      },
      shed: {
        mode: 'enforce',
        month: '2026-11',
        at: 80,
        priority: 8,
        since: '2026-11-25T00:20:00.000Z',
        until: '2026-12-01T00:30:00.000Z',
      },
    };
    expect(json(answer)).toMatchObject({ month: '2026-11', timeZone: 'UTC', state });
    expect(json(answer)).toHaveProperty(
      'pastErrors',
      [3, 7, 14].map((afterDays) =>
        expect.objectContaining({ month: '2026-11', afterDays, comparedAt: '2026-11-25T01:20:00.000Z', used: 720 }),
      ),
    );
    expect(json(await ask('GET', '/api/v1/tenants/acme'))).toHaveProperty('quotaState', state);
  });

  it('have the month of the zone of their quota, and nothing of the month before it', async () => {
    const { ask, sources } = await bench();
    const { quota, quotaState } = FULL_STATUS;
    sources.policies.set('beta', { ...FULL_POLICY, timeZone: 'Pacific/Auckland' });
    sources.put(
      statusOf('beta', {
        ...(quota && { quota: { ...quota, usage: { ...quota.usage, month: '2026-10' } } }),
        ...(quotaState?.forecast && {
          quotaState: {
            ...quotaState,
            forecast: { ...quotaState.forecast, month: '2026-10' },
            shed: { month: '2026-10', at: 80, priority: 8, since: 0 },
          },
        }),
      }),
    );
    sources.now = Date.parse('2026-10-31T12:00:00Z');
    expect(json(await ask('GET', '/api/v1/tenants/beta/quota'))).toMatchObject({
      month: '2026-11',
      timeZone: 'Pacific/Auckland',
    });
    sources.now = Date.parse('2026-10-31T10:30:00Z');
    const before = json(await ask('GET', '/api/v1/tenants/beta/quota'));
    expect(before).toMatchObject({ month: '2026-10', state: { shed: { priority: 8 } } });
    sources.now = Date.parse('2026-10-31T13:00:00Z');
    const after = json(await ask('GET', '/api/v1/tenants/beta'));
    expect(after).not.toHaveProperty('quota');
    expect(after).toHaveProperty('quotaState', {
      at: expect.anything(),
      failure: expect.anything(),
      unknown: expect.anything(),
    });
  });
});

describe('a request', () => {
  it('for a run reaches the service once', async () => {
    const { ask, sources } = await bench();
    expect(json(await ask('POST', '/api/v1/tenants/acme/sync'))).toEqual({ tenant: 'acme', trigger: 'manual' });
    expect(sources.asked).toEqual([['sync', 'acme']]);
  });

  it('for a run of a paused tenant says how to end the pause', async () => {
    const { ask, sources } = await bench();
    expect(json(await ask('POST', '/api/v1/tenants/gamma/sync'))).toMatchObject({
      code: 'paused',
      detail: 'gamma is paused since 2026-11-25T01:20:00.000Z',
      remedy: 'POST /api/v1/tenants/gamma/resume first',
    });
    expect(sources.asked).toEqual([]);
  });

  it.each([
    ['sync', 'syncTenant'],
    ['resume', 'resumeTenant'],
  ] as const)(
    'to %s a tenant that the newer file of another replica does not name says so',
    async (what, operation) => {
      const { ask, sources } = await bench();
      sources.isRun = false;
      const answer = await ask('POST', `/api/v1/tenants/acme/${what}`);
      expect([answer.status, judgeAnswer(operation, answer)]).toEqual([404, []]);
      expect(json(answer)).toMatchObject({
        code: 'tenant-gone',
        detail: 'acme is not looked after: another replica has a newer file, which does not name it',
      });
    },
  );

  it.each([
    [undefined, undefined],
    ['{}', undefined],
    ['{"reason":"moving"}', 'moving'],
  ])('to pause with the body %s has the reason %s', async (body, reason) => {
    const { ask, sources } = await bench();
    const headers = { 'content-type': 'application/json' };
    const answer = await ask('POST', '/api/v1/tenants/acme/pause', body === undefined ? {} : { body, headers });
    expect([answer.status, judgeAnswer('pauseTenant', answer)]).toEqual([200, []]);
    expect(json(answer)).toMatchObject({ tenant: 'acme', pause: { by: 'API (127.0.0.1)' } });
    expect(sources.asked).toEqual([['pause', 'acme', reason]]);
  });

  it('to pause a tenant that is paused tells of the pause before', async () => {
    const { ask } = await bench();
    const headers = { 'content-type': 'application/json' };
    const answer = await ask('POST', '/api/v1/tenants/gamma/pause', { body: '{"reason":"again"}', headers });
    expect([answer.status, judgeAnswer('pauseTenant', answer)]).toEqual([200, []]);
    expect(json(answer)).toMatchObject({ pause: { reason: 'again' }, replaced: { reason: 'moving' } });
  });

  it.each(['tenants/acme/sync', 'tenants/acme/resume', 'reload'])('to %s takes no words', async (path) => {
    const { ask, sources } = await bench();
    const headers = { 'content-type': 'application/json' };
    const answer = await ask('POST', `/api/v1/${path}`, { body: '{"why":"canary"}', headers });
    expect(json(answer)).toMatchObject({
      status: 400,
      problems: [{ place: 'body', path: 'why', message: 'is not known' }],
    });
    expect(sources.asked).toEqual([]);
  });

  it.each([
    ['{"reason":7}', 'must be a text'],
    ['{"reason":""}', 'must not be empty'],
    ['{"reason":"a\\nb"}', 'must be one line'],
    ['{"reason":"\\u001b[2J"}', 'must be one line'],
    [JSON.stringify({ reason: 'x'.repeat(501) }), 'must have at most 500 characters'],
    ['{"why":"canary"}', 'is not known'],
  ])('to pause with the body %s is refused: %s', async (body, message) => {
    const { ask, sources } = await bench();
    const answer = await ask('POST', '/api/v1/tenants/acme/pause', {
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect(json(answer)).toMatchObject({ status: 400, problems: [{ place: 'body', message }] });
    expect(sources.asked).toEqual([]);
  });

  it.each(['{"reason":canary', '[', 'canary', '"canary"', '7'])(
    'with the broken body %s does not get it back',
    async (body) => {
      const { ask } = await bench();
      const answer = await ask('POST', '/api/v1/tenants/acme/pause', {
        body,
        headers: { 'content-type': 'application/json' },
      });
      expect([answer.status, judgeProblem(answer)]).toEqual([400, []]);
      expect(answer.text).not.toContain('canary');
    },
  );

  it.each([
    { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    { 'content-type': 'application/json; charset=latin1' },
    { 'content-type': 'application/x-www-form-urlencoded' },
  ])('with a body in %j is not read', async (headers) => {
    const { ask, sources } = await bench();
    const answer = await ask('POST', '/api/v1/tenants/acme/pause', { body: '{}', headers });
    expect([answer.status, judgeAnswer('pauseTenant', answer)]).toEqual([415, []]);
    expect(sources.asked).toEqual([]);
  });

  it('to reload tells what changed', async () => {
    const { ask, sources } = await bench();
    const changes = { changed: true, hash: 'sha256:2', added: ['delta'], removed: ['gamma'], updated: ['acme'] };
    sources.reloading = { type: 'loaded', ...changes };
    expect(json(await ask('POST', '/api/v1/reload'))).toEqual(changes);
  });
});

describe('the token', () => {
  it.each([
    'POST /api/v1/tenants/acme/sync',
    'POST /api/v1/tenants/acme/pause',
    'POST /api/v1/tenants/acme/resume',
    'POST /api/v1/reload',
  ])('is needed for %s, and nothing happens without it', async (request) => {
    const { ask, sources } = await bench();
    const [method = '', path = ''] = request.split(' ');
    for (const authorization of [
      '',
      'Bearer ',
      `Basic ${TOKEN}`,
      `Bearer ${TOKEN}x`,
      `Bearer ${TOKEN.slice(1)}`,
      `Bearer x`,
    ]) {
      const answer = await ask(method, path, { headers: { authorization } });
      expect([answer.status, judgeProblem(answer)]).toEqual([401, []]);
      expect(answer.headers['www-authenticate']).toContain('Bearer');
    }
    expect(sources.asked).toEqual([]);
    expect((await ask(method, path)).status).toBeLessThan(300);
  });

  it('is not needed to read, unless the service is told so; never for probes and metrics', async () => {
    const open = await bench();
    const guarded = await bench({ protectReads: true });
    for (const { method, path } of Object.values(serviceOperations).filter((operation) => operation.method === 'GET')) {
      const target = path.replace('{tenant}', 'acme');
      expect((await open.ask(method, target, { anonymous: true })).status).not.toBe(401);
      const answer = await guarded.ask(method, target, { anonymous: true });
      expect(answer.status === 401).toBe(target.startsWith('/api/'));
    }
  });

  it('is not listened to any more from an address that guesses, the right one included', async () => {
    const { ask, sources } = await bench({ limits: { wrongTokensPerMinute: 3 } });
    const statuses: number[] = [];
    for (let guess = 0; guess < 5; guess++) {
      statuses.push((await ask('POST', '/api/v1/tenants/acme/sync', wrongToken)).status);
    }
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    const right = await ask('POST', '/api/v1/tenants/acme/sync');
    expect(right.status).toBe(429);
    expect(Number(right.headers['retry-after'])).toBeGreaterThan(50);
    expect(sources.asked).toEqual([]);
  });

  it('that is right, or was forgotten, is no guess', async () => {
    const { ask } = await bench({ limits: { wrongTokensPerMinute: 1 } });
    for (let times = 0; times < 3; times++) {
      expect((await ask('POST', '/api/v1/tenants/acme/sync')).status).toBe(202);
      expect((await ask('POST', '/api/v1/tenants/acme/sync', { anonymous: true })).status).toBe(401);
    }
  });

  it('does not make a person ask for more than the service can take', async () => {
    const { ask, sources } = await bench({ limits: { mutationsPerMinute: 2 } });
    const sync = () => ask('POST', '/api/v1/tenants/acme/sync');
    const answers = [await sync(), await sync(), await sync()];
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 429]);
    expect(sources.asked).toHaveLength(2);
    expect((await ask('GET', '/api/v1/tenants')).status).toBe(200);
  });
});

describe('what is not in the document', () => {
  it.each([
    '/',
    '/api',
    '/api/v1',
    '/api/v2/tenants',
    '/API/v1/tenants',
    '/api/v1/tenants/',
    '/metrics/',
    '/api/v1/tenants/acme/plan/x',
    '/%6civez',
    '//livez',
  ])('is not found: %s', async (path) => {
    const { url } = await bench();
    const answer = parseRaw(await sendRaw(url, `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`));
    expect([answer?.status, answer && judgeProblem(answer)]).toEqual([404, []]);
  });

  it.each([
    ['DELETE', '/api/v1/tenants/acme', 'GET, HEAD'],
    ['GET', '/api/v1/reload', 'POST'],
    ['OPTIONS', '/livez', 'GET, HEAD'],
    ['PUT', '/api/v1/tenants/acme/pause', 'POST'],
  ])('is not allowed: %s %s', async (method, path, allow) => {
    const { ask } = await bench();
    const answer = await ask(method, path);
    expect([answer.status, answer.headers['allow'], judgeProblem(answer)]).toEqual([405, allow, []]);
  });

  it.each(['ACME', '-acme', 'a.b', 'a%2fb', 'a%00', '%E0%A4%A', 'ä', '..%2f..', 'a'.repeat(65)])(
    'is no tenant: %s, which is told before anything else is looked at',
    async (tenant) => {
      const { url } = await bench({ token: null });
      for (const line of [`GET /api/v1/tenants/${tenant}`, `POST /api/v1/tenants/${tenant}/sync`]) {
        const answer = parseRaw(await sendRaw(url, `${line} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`));
        expect([answer?.status, answer && judgeProblem(answer)]).toEqual([400, []]);
      }
    },
  );
});

it('a HEAD request has the answer of a GET without its body', async () => {
  const { ask } = await bench();
  expect(await ask('HEAD', '/api/v1/tenants/acme')).toMatchObject({ status: 200, text: '' });
});

it('a bug is a problem document that shows nothing of it; the log has it', async () => {
  const { ask, sources, log } = await bench();
  sources.failure = new TypeError('canary is not a function');
  const answer = await ask('GET', '/api/v1/tenants/acme/plan');
  expect([answer.status, judgeProblem(answer)]).toEqual([500, []]);
  expect(answer.text).not.toMatch(/canary|TypeError|at /);
  expect(log.join('')).toContain('canary is not a function');
});

it('what the database says is in the log and not in the answer', async () => {
  const { ask, sources, log } = await bench();
  sources.failure = lost;
  const answer = await ask('POST', '/api/v1/tenants/acme/sync');
  expect(answer.text).not.toContain('canary');
  expect(log.join('')).toContain('canary-host:5432');
});

it('what is added to the values of the service does not show by itself', async () => {
  const { ask, sources } = await bench();
  const extra = { memory: 'canary', token: 'canary' };
  const status = sources.status('acme');
  sources.put({
    ...status,
    ...extra,
    last: { ...status?.last, ...extra },
    quota: { ...status?.quota, ...extra },
    quotaState: { ...status?.quotaState, ...extra },
  } as never);
  sources.reports.set('acme', { ...sources.reports.get('acme'), ...extra });
  sources.records.push({ ...recordOf(9), ...extra });
  for (const path of ['', '/acme', '/acme/plan', '/acme/history', '/acme/quota']) {
    const answer = await ask('GET', `/api/v1/tenants${path}`);
    expect([answer.status, answer.text.includes('canary')]).toEqual([200, false]);
  }
});
