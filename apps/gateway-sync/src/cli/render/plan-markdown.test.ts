import { describe, expect, test } from 'vitest';
import { http, secret, target } from '../../../test/support/delivering.js';
import { ModelConfigs } from '../../../test/support/model-configs.js';
import { fail, ModelServer, type Script } from '../../../test/support/model-server.js';
import { ModelSvix } from '../../../test/support/model-svix.js';
import { Effects, ModelTenant } from '../../../test/support/model-tenant.js';
import { entry, quotaMarks, row, subscribed, tenant } from '../../../test/support/values.js';
import { ConfigError, UnavailableError } from '../../core/errors.js';
import type { Gateway } from '../../core/ports.js';
import { reconcile } from '../../core/reconcile.js';
import type { ReconcileResult } from '../../core/result.js';
import type { DesiredTenant, ObservedSubscription } from '../../core/state.js';
import type { TenantMarks } from '../../core/tenant-record.js';
import { errorMarkdown } from './error-markdown.js';
import { code, escaped, fenced } from './markdown.js';
import { planMarkdown } from './plan-markdown.js';

const SHA = 'c'.repeat(64);

function planOf(desired: DesiredTenant, gateway: Gateway, quota: Partial<TenantMarks> = {}): Promise<ReconcileResult> {
  return reconcile(
    desired,
    { gateway, clock: { now: () => 0 } },
    {
      signal: new AbortController().signal,
      reconcileId: 'r',
      trigger: 'command',
      actor: 'host:1',
      dryRun: true,
      quota,
    },
  );
}

const planOn = (desired: DesiredTenant, rows: readonly ObservedSubscription[], script?: Script) =>
  planOf(desired, new ModelServer(rows, script));

function markdown(results: readonly ReconcileResult[], more: Partial<Parameters<typeof planMarkdown>[0]> = {}): string {
  return planMarkdown({ results, interrupted: [], checksum: SHA, applyCommand: 'gateway-sync apply', ...more });
}

describe('a plan as Markdown', () => {
  test('has the checksum for programs, a title, every action with sign and reason, and the command to apply it', async () => {
    const desired = tenant({
      prune: 'all',
      subscriptions: [entry('a.x', { excludedFields: ['name'] }), entry('b.x', { excludedFields: ['id'] })],
    });
    const changes = [row('a.x'), subscribed('b.x', { excludedFields: ['name'] }), subscribed('c.x')];
    const results = [await planOn(desired, changes), await planOn(tenant({ tenant: 'beta' }), [])];
    expect(markdown(results)).toBe(`<!-- gateway-sync plan ${SHA} -->

## gateway-sync: 1 to subscribe, 1 to change, 1 to unsubscribe

2 tenants: 1 with changes to make, 1 in sync.

### <code>acme</code>

1 to subscribe, 1 to change, 1 to unsubscribe, 0 unchanged

|  | what | why | settings |
| --- | --- | --- | --- |
| \`+\` | <code>a.x</code> | missing | leaves out name |
| \`~\` | <code>b.x</code> | changed | leaves out id<br>delivers again name |
| \`-\` | <code>c.x</code> | removed |  |

In sync: beta.

Checksum: <code>${SHA}</code>

To apply exactly this:

\`\`\`sh
gateway-sync apply
\`\`\`
`);
  });

  test('has a column for the events of what comes and goes, where something is known', async () => {
    const rows = [row('a.x'), subscribed('b.x'), row('d.x')];
    const desired = tenant({ prune: 'all', subscriptions: [entry('a.x'), entry('d.x')] });
    const quota = quotaMarks({ 'a.x': 10, 'b.x': 20 }, 3_000);
    const text = markdown([await planOf(desired, new ModelServer(rows), quota)]);
    expect(text).toContain(`
2 to subscribe, 1 to unsubscribe, 0 unchanged, about -1,600 events until the end of January &#40;1 unknown&#41;

|  | what | why | quota | settings |
| --- | --- | --- | --- | --- |
| \`+\` | <code>a.x</code> | missing | about +1,600 events until the end of January (observed) |  |
| \`+\` | <code>d.x</code> | missing | events unknown |  |
| \`-\` | <code>b.x</code> | removed | about -3,100 events until the end of January (observed) |  |
`);
    const nothing = await planOf(desired, new ModelServer(rows), quotaMarks(undefined, 3_000));
    expect(markdown([nothing])).toBe(markdown([await planOf(desired, new ModelServer(rows))]));
  });

  test('shows configs and targets with what becomes of their settings, and of secrets only that they are written', async () => {
    const delivery = http({ destinationUrl: 'https://hooks.example', secretKey: secret('hunter2') });
    const model = new ModelTenant(new ModelServer([row('a.x')]), new ModelConfigs(), new ModelSvix(), new Effects());
    const created = markdown([await planOf(tenant({ delivery }), model)]);
    expect(created).toContain('## gateway-sync: 1 config to create\n');
    expect(created).toContain(
      '| `+` | <code>config http &#40;HTTP&#41;</code> | missing | provider: HTTP<br>active: true<br>destinationUrl: https://hooks.example/<br>secretKey: &#91;secret&#93; is written |\n',
    );
    expect(created).not.toContain('hunter2');

    await reconcile(
      tenant({ delivery }),
      { gateway: model, clock: { now: () => 0 } },
      { signal: new AbortController().signal, reconcileId: 'r', trigger: 'command', actor: 'host:1' },
    );
    const more = { ...delivery, targets: [target({ name: 'crm', event: 'a.x' })] };
    expect(markdown([await planOf(tenant({ delivery: more }), model)])).toMatch(
      /: 1 target to create\n[\s\S]*\| `\+` \| <code>target a\.x .*crm.*<\/code> \| missing \| .*https:\/\/hooks\.example\/orders/,
    );
  });

  test('shows problems with their places, and the exact way to allow what a guard withholds', async () => {
    const wrong = tenant({ subscriptions: [entry('order.creatd', { place: 'g.yaml:7:9' })] });
    const emptied = tenant({ tenant: 'beta', prune: 'all' });
    const text = markdown([await planOn(wrong, [row('order.created')]), await planOn(emptied, [subscribed('a.x')])]);
    expect(text).toContain(
      '- ✗ g.yaml:7:9 the catalogue has no event type order.creatd; did you mean order.created?\n',
    );
    expect(text).toContain('- **withheld by empty-desired**: the file names no event type that beta has');
    expect(text).toContain(
      '<br>to allow it: <code>write under tenant beta:  guards: &#123; allowEmpty: true &#125;</code>',
    );
  });

  test('says which tenant could not be read, that there is no checksum, and that a program finds none either', async () => {
    const script: Script = {
      onRead: () => fail(new UnavailableError('listSubscriptions: 503', { operation: 'listSubscriptions' })),
    };
    const results = [await planOn(tenant(), [], script)];
    expect(markdown(results, { checksum: undefined, applyCommand: undefined, interrupted: ['beta'] })).toBe(
      `<!-- gateway-sync plan none -->

## gateway-sync: errors

1 tenant: 1 failed.

### <code>acme</code>

- ✗ listSubscriptions: 503
- trying again later may help

**Interrupted** before beta.

No checksum, because not every tenant could be planned.
`,
    );
  });

  test('says where nothing is ever written', async () => {
    const desired = tenant({ mode: 'observe', prune: 'all' });
    const text = markdown([await planOn(desired, [subscribed('a.x')])]);
    expect(text).toContain('### <code>acme</code> (observe: never written)\n');
    expect(text).toContain('- **would be withheld by empty-desired**');
  });

  test('opens a long plan on request only, and keeps what a guard says in sight', async () => {
    const rows = Array.from({ length: 40 }, (_, index) => subscribed(`a.x${index}`));
    const text = markdown([await planOn(tenant({ prune: 'all' }), rows)]);
    const [inSight, hidden] = text.split('<details><summary>40 to unsubscribe</summary>');
    expect(inSight).toContain('**withheld by empty-desired**');
    expect(hidden).toMatch(/a\.x39[\s\S]*<\/details>\n\nChecksum/);
  });

  test('fits into a comment however many tenants there are, and leaves out none without a word', async () => {
    const rows = Array.from({ length: 60 }, (_, index) => row(`order.created-${index}`));
    const wanting = rows.map(({ eventType }) => entry(eventType));
    const results = await Promise.all(
      Array.from({ length: 1200 }, (_, index) =>
        planOn(tenant({ tenant: `shop-${index}`, subscriptions: wanting }), rows),
      ),
    );
    const text = markdown(results);
    expect(text.length).toBeLessThan(65_536);
    expect(text.length).toBeGreaterThan(55_000);
    const whole = text.match(/^### <code>shop-/gm)?.length ?? 0;
    const short = text.match(/^- <code>shop-\d+<\/code>: 60 to subscribe/gm)?.length ?? 0;
    const more = Number(/^- and (\d+) more$/m.exec(text)?.[1]);
    expect([whole > 0, short > 0, whole + short + more]).toEqual([true, true, 1200]);
    expect(text).toContain(`Checksum: <code>${SHA}</code>`);
  });
});

describe('text from outside', () => {
  const EVIL = '<img src=x onerror=alert(1)> **bold** [a](http://x) `c` | @octocat #12 </code> $x$ ~~s~~ ![i](u)\n# h';

  test('is text and nothing else: no HTML, no markup, no cell, no line of its own, no mention', () => {
    expect(escaped(EVIL)).not.toMatch(/[<>*[\]()`|\n~$!]/);
    expect(escaped('@octocat #12')).toBe('@&#8203;octocat &#35;&#8203;12');
    expect(code('a&b')).toBe('<code>a&#38;b</code>');
  });

  test('reads as what it was', () => {
    const decoded = escaped('a <b> & "c" | d_e').replaceAll(/&#(\d+);/g, (_, number: string) =>
      String.fromCodePoint(Number(number)),
    );
    expect(decoded).toBe('a <b> & "c" | d_e');
  });

  test('stays in its cell of a plan, and in its line', async () => {
    const evil = 'evil|<script>\n@octocat';
    const text = markdown([await planOn(tenant({ subscriptions: [entry('*')] }), [row(evil)])]);
    const line = text.split('\n').find((one) => one.includes('evil')) ?? '';
    expect(line.match(/\|/g)).toHaveLength(5);
    expect(line).toMatch(/ missing \|  \|$/);
    expect(text).not.toContain('<script>');
    expect(text).not.toContain('@octocat');
  });

  test('cannot leave a block', () => {
    expect(fenced('a\n```\nb', 'sh')).toBe('````sh\na\n```\nb\n````');
  });
});

test('an invalid file is told as Markdown, problem by problem', () => {
  const error = new ConfigError('g.yaml', [
    { place: 'g.yaml:1:2', path: 'tenants[0].mod', message: 'there is no key mod here', remedy: 'did you mean mode?' },
  ]);
  expect(errorMarkdown(error, 'plan')).toBe(`<!-- gateway-sync plan none -->

## gateway-sync: no plan

- ✗ g.yaml:1:2 tenants&#91;0&#93;.mod there is no key mod here &#40;did you mean mode?&#41;
- g.yaml: 1 problem
`);
});
