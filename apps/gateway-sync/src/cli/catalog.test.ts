import { readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandLine, down, server, tenantLine } from '../../test/support/command-line.js';
import type { ModelServer } from '../../test/support/model-server.js';
import { row } from '../../test/support/values.js';
import type { RawEventType } from '../core/read-catalogue.js';

const { file, command } = commandLine();

const tenants = tenantLine('acme', '') + tenantLine('beta', '');

/** A tenant that answers these event types. */
function answering(types: Readonly<Record<string, unknown>>, group = 'Order'): ModelServer {
  const rows = Object.entries(types).map(([type, schema]): RawEventType => ({ type, group: { en: group }, schema }));
  return Object.assign(server([row('a.x')]), { listEventTypes: () => Promise.resolve(rows) });
}

const KNOWN = `[
  {
    "type": "cart.closed",
    "group": "Cart",
    "schema": null
  },
  {
    "type": "order.created",
    "group": "Order",
    "schema": {
      "id": "String",
      "entries": [
        {
          "price": "Number"
        }
      ],
      "tags": ["String"]
    }
  }
]
`;
const SAME = { id: 'String', entries: [{ price: 'Number' }], tags: ['String'] };

/** Writes the desired-state file and the catalogue file; answers the path of the latter. */
async function catalogue(text = KNOWN): Promise<string> {
  const path = join(dirname(await file(tenants)), 'catalogue.json');
  await writeFile(path, text);
  return path;
}

describe('catalog diff', () => {
  test('of what is there already answers 0, in whatever order and case it comes', async () => {
    const path = await catalogue();
    const acme = answering({ 'Order.Created': '{"tags":["string"],"entries":[{"price":"NUMBER"}],"id":"String"}' });
    const beta = answering({ 'cart.closed': {} }, 'Cart');
    expect(await command(['catalog', 'diff', '--file', path], { acme, beta })).toEqual({
      code: 0,
      stdout: `✓ ${path} is up to date\n`,
      stderr: '',
    });
  });

  test('says what changed, how grave that is and why, answers 2 and writes nothing', async () => {
    const path = await catalogue();
    const acme = answering({
      'order.created': { id: 'String', entries: [{ price: 'String', sku: 'String' }], tags: ['String'] },
      'order.archived': { id: 'String' },
    });
    const config = join(dirname(path), 'gateway-sync.yaml');
    expect(await command(['catalog', 'diff', '--file', path, '-t', 'acme'], { acme })).toEqual({
      code: 2,
      stdout: [
        'order.archived',
        '  + event type: Order',
        '      additive: nobody has a handler for it yet; globs of subscriptions may take it in',
        '',
        'order.created',
        '  ~ entries[].price: Number → String',
        '      breaking: it is a value of another kind',
        '  + entries[].sku: String',
        '      additive: receivers ignore what they do not know',
        '',
        'Not at acme, kept: cart.closed',
        'With --gone they go: a tenant may lack them because it lacks a module.',
        `! ${path} is behind: 1 breaking, 2 additive; gateway-sync catalog update --config ${config} --tenant acme --file ${path} writes it`,
        '',
      ].join('\n'),
      stderr: '',
    });
    expect(await readFile(path, 'utf8')).toBe(KNOWN);
  });

  test('as JSON is one document', async () => {
    const path = await catalogue();
    const acme = answering({ 'order.created': '{"id": "Strang"}' });
    const answer = await command(['catalog', 'diff', '-f', path, '--json', '--gone'], { acme, beta: server([], down) });
    expect([answer.code, JSON.parse(answer.stdout)]).toEqual([
      1,
      {
        command: 'catalog diff',
        exitCode: 1,
        file: path,
        level: null,
        changes: [],
        missing: [{ type: 'cart.closed', what: 'type' }],
        tenants: ['acme'],
        complaints: [
          {
            kind: 'unreadable',
            type: 'order.created',
            message: expect.stringContaining('its schema says "Strang" at id, '),
          },
        ],
        failures: [{ tenant: 'beta', error: { name: 'UnavailableError', message: 'listSubscriptions: 503' } }],
        interrupted: [],
      },
    ]);
  });

  test('as Markdown shows text from outside as text', async () => {
    const path = await catalogue();
    const acme = answering({ 'order.created': { ...SAME, '<b>@all|': 'Map' } });
    const { code, stdout } = await command(['catalog', 'diff', '-f', path, '-t', 'acme', '--markdown'], { acme });
    expect([code, stdout]).toEqual([
      2,
      expect.stringContaining('## Event catalogue: 1 additive\n\n| level | event type |'),
    ]);
    expect(stdout).not.toMatch(/<b>|@all|\|[^\n]*all\|/);
  });

  test('as Markdown also says why there is none', async () => {
    await file(tenants);
    const { code, stdout } = await command(['catalog', 'diff', '-f', 'none.json', '--markdown']);
    expect([code, stdout]).toEqual([5, expect.stringMatching(/^## gateway-sync catalog diff: failed\n\n- .*ENOENT/)]);
  });

  test('of two files asks no tenant', async () => {
    const path = await catalogue();
    const other = join(dirname(path), 'other.json');
    await writeFile(other, KNOWN.replace('"id": "String",', ''));
    await rm(join(dirname(path), 'gateway-sync.yaml'));
    for (const args of [
      ['-f', path, other],
      [path, other],
    ]) {
      expect(await command(['catalog', 'diff', ...args])).toMatchObject({
        code: 2,
        stdout: expect.stringMatching(/- id: String\n +breaking: .*\n\n! .*catalogue.json is behind: 1 breaking; cp /),
      });
    }
    expect((await command(['catalog', 'diff', path, path])).code).toBe(0);
    for (const args of [
      [path, other, path],
      [path, '-t', 'acme'],
      [path, '--gone'],
    ]) {
      expect(await command(['catalog', 'diff', ...args])).toMatchObject({ code: 1, stdout: '' });
    }
  });

  test('of a file finds no difference between a schema and the text of it, which an update writes as an object', async () => {
    const texts: unknown = JSON.parse(KNOWN, (key, value: unknown) =>
      key === 'schema' && value !== null ? `${JSON.stringify(value).slice(0, -1)},}` : value,
    );
    const path = await catalogue(JSON.stringify(texts));
    const other = join(dirname(path), 'other.json');
    await writeFile(other, KNOWN);
    expect(await command(['catalog', 'diff', path, other])).toMatchObject({ code: 0, stderr: '' });
    const acme = answering({ 'order.created': SAME });
    expect(await command(['catalog', 'update', '-f', path, '-t', 'acme'], { acme })).toMatchObject({ code: 0 });
    expect(await readFile(path, 'utf8')).toBe(KNOWN);
  });

  test('quietly leaves out what asks nothing of anybody', async () => {
    const path = await catalogue();
    const acme = answering({ 'order.created': { ...SAME, more: 'Map' } });
    const { code, stdout } = await command(['catalog', 'diff', '-f', path, '-t', 'acme', '-q'], { acme });
    expect([code, stdout]).toEqual([2, expect.stringMatching(/^! .* is behind: 1 additive; .*\n$/)]);
  });
});

describe('catalog update', () => {
  test('writes what changed and nothing else, and is at rest afterwards', async () => {
    const path = await catalogue();
    const acme = answering({ 'order.created': { a: 'Map', ...SAME, tags: [] } });
    const update = () => command(['catalog', 'update', '-f', path, '-t', 'acme'], { acme });
    expect(await update()).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/Not at acme, kept: cart\.closed\n.*\n✓ .* is written: 1 breaking, 1 additive\n$/),
    });
    const written = KNOWN.replace('"tags": ["String"]', '"tags": [],\n      "a": "Map"');
    expect(await readFile(path, 'utf8')).toBe(written);
    expect(await update()).toMatchObject({ code: 0, stdout: expect.stringMatching(/✓ .* is up to date\n$/) });
    expect(await readFile(path, 'utf8')).toBe(written);
  });

  test('lets go what no tenant has only with --gone', async () => {
    const path = await catalogue();
    const servers = { acme: answering({ 'order.created': SAME }), beta: answering({ 'order.created': null }) };
    expect(await command(['catalog', 'update', '-f', path, '--gone'], servers)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('- event type: Cart\n      breaking: '),
    });
    const rows: unknown = JSON.parse(await readFile(path, 'utf8'));
    expect(rows).toEqual([{ type: 'order.created', group: 'Order', schema: SAME }]);
  });

  test('lets nothing go while a tenant could not be read, or answers nothing', async () => {
    const path = await catalogue();
    for (const beta of [server([], down), answering({})]) {
      const servers = { acme: answering({ 'order.created': SAME }), beta };
      const { code, stdout } = await command(['catalog', 'update', '-f', path, '--gone'], servers);
      expect([code, stdout]).toEqual([
        1,
        expect.stringMatching(/✗ beta: listSubscriptions.*\nNot at acme, kept: cart/),
      ]);
      expect(await readFile(path, 'utf8')).toBe(KNOWN);
    }
  });

  test('brings a file into form that says the same', async () => {
    const path = await catalogue(JSON.stringify(JSON.parse(KNOWN)));
    const acme = answering({ 'order.created': SAME });
    expect(await command(['catalog', 'update', '-f', path, '-t', 'acme'], { acme })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('is written: only its form changed'),
    });
    expect(await readFile(path, 'utf8')).toBe(KNOWN);
  });

  test('writes through a link, and keeps who may read', async () => {
    const path = await catalogue();
    const link = `${path}.link`;
    await symlink(path, link);
    const before = (await stat(path)).mode;
    await command(['catalog', 'update', '-f', link, '-t', 'acme'], { acme: answering({ 'a.x': null }) });
    expect([(await stat(path)).mode, await readFile(link, 'utf8')]).toEqual([before, expect.stringContaining('a.x')]);
  });

  test('of a file with faults names them all, and asks nobody', async () => {
    const path = await catalogue(
      '[{"type":"A.B","group":"","schema":{"a":"Strang"}},{"type":"a.b","group":"A","schema":null},{"type":"a.b","group":"A","schema":"x"},{"type":"a.c","group":"A"}]',
    );
    const acme = server([]);
    const { code, stderr } = await command(['catalog', 'update', '-f', path], { acme });
    expect([code, acme.calls]).toEqual([5, []]);
    expect(stderr.split('\n').map((line) => line.replaceAll(path, 'F'))).toEqual([
      expect.stringContaining('[0] (A.B) has no event type'),
      expect.stringContaining('[0] (A.B) has no group'),
      expect.stringContaining('[0] (A.B) has a schema that says "Strang" at a, which is none of'),
      expect.stringContaining('[2] (a.b) has a schema that is a text that is no JSON'),
      expect.stringContaining('[3] (a.c) has no schema'),
      expect.stringContaining('a.b has more than one row'),
      'F: 6 problems',
      '',
    ]);
  });
});

describe('catalog pull', () => {
  test('writes what the tenants have together, on stdout', async () => {
    await file(tenants);
    const servers = { acme: answering({ 'order.created': SAME }), beta: answering({ 'cart.closed': null }, 'Cart') };
    expect(await command(['catalog', 'pull'], servers)).toEqual({
      code: 0,
      stdout: KNOWN.replace(
        /"id[^]*tags.*/,
        '"entries": [\n        {\n          "price": "Number"\n        }\n      ],\n      "id": "String",\n      "tags": ["String"]',
      ),
      stderr: '',
    });
  });

  test('writes a file that diff finds nothing in, and replaces none', async () => {
    const path = join(dirname(await file(tenants)), 'acme.json');
    const acme = answering({ 'order.created': SAME, 'cart.closed': '{"a":"Map",}' });
    const pull = (...args: string[]) => command(['catalog', 'pull', '-t', 'acme', '-o', path, ...args], { acme });
    expect(await pull()).toEqual({
      code: 0,
      stdout: '',
      stderr: `! cart.closed: its schema has commas before closing brackets\n✓ ${path} holds 2 event types\n`,
    });
    expect((await command(['catalog', 'diff', '-f', path, '-t', 'acme'], { acme })).code).toBe(0);
    expect(await pull()).toMatchObject({ code: 1, stderr: expect.stringContaining('is there already') });
    expect((await pull('--force')).code).toBe(0);
  });

  test('says when the file cannot be written', async () => {
    const path = join(dirname(await file(tenants)), 'gone/acme.json');
    const acme = answering({ 'order.created': SAME });
    expect(await command(['catalog', 'pull', '-t', 'acme', '-o', path], { acme })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`${path} cannot be written (ENOENT); nothing was changed`),
    });
  });

  test('writes no file in which a tenant would be missing', async () => {
    const path = join(dirname(await file(tenants)), 'all.json');
    const servers = { acme: answering({ 'order.created': SAME }), beta: server([], down) };
    expect(await command(['catalog', 'pull', '-o', path], servers)).toEqual({
      code: 1,
      stdout: '',
      stderr: `✗ beta: listSubscriptions: 503\n${path} is not written: a tenant would be missing in it\n`,
    });
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });

  test('of no tenants is an error', async () => {
    await file('  []\n');
    expect(await command(['catalog', 'pull'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('has no tenants'),
    });
  });
});

test.each(['pull', 'diff', 'update'])('help of catalog %s names options, examples and exit codes', async (name) => {
  const { code, stdout } = await command(['catalog', name, '--help']);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/--config <file>[^]*Examples:[^]*Exit codes:/)]);
  expect(stdout).toContain(`  gateway-sync catalog ${name}`);
  expect(stdout).not.toMatch(/\(default: (false|\[\])\)/);
});

test('no answer shows a secret', async () => {
  const path = await catalogue();
  const all = [
    ['pull'],
    ['pull', '--json'],
    ['diff', '-f', path],
    ['diff', '-f', path, '--json'],
    ['update', '-f', path],
  ];
  for (const args of all) {
    const answer = await command(['catalog', ...args], { acme: answering({ 'a.x': null }), beta: server([], down) });
    expect(JSON.stringify(answer)).not.toContain('hunter2');
  }
});
