import type { Definition } from '../../src/metrics/definitions.js';

/** Units that a name has to tell; the others are no units. */
const TOLD = ['seconds', 'events', 'objects', 'subscriptions'] as const;
/** Labels that would make a series for each thing there is. */
const ENDLESS = /url|uri|path|host|address|(^|_)id$|uid|code_text|message|error|email/;
/** What an event type could hide behind. */
const EVENT_TYPE = /event|subscription_name|topic/;
const OF_TIME = /\b(time|wait|delay|duration|age|seconds?)\b/i;

/** What is wrong with the definition of a metric; empty when nothing is. */
export function complaints({ name, type, unit, help, labels, buckets }: Definition): string[] {
  const names = Object.keys(labels);
  const suffix = TOLD.some((told) => told === unit) ? `_${unit}` : '';
  const open = names.filter((label) => typeof labels[label] === 'string');
  const wrong: (string | false)[] = [
    !/^[a-z]+(_[a-z]+)*$/.test(name) && 'the name is not words with _ between them',
    !name.endsWith(suffix + (type === 'counter' ? '_total' : '')) && `the name does not end with its unit ${unit}`,
    type !== 'counter' && name.endsWith('_total') && 'only a counter ends with _total',
    type !== 'counter' && OF_TIME.test(help) && unit !== 'seconds' && 'it measures time in something else than seconds',
    help.startsWith('Unix time') &&
      !name.endsWith('_timestamp_seconds') &&
      'a time does not end with _timestamp_seconds',
    !/^[A-Z].*\.$/.test(help) && 'the help is no sentence',
    type === 'histogram' && !buckets && 'a histogram without buckets',
    names.includes('tenant') && type === 'histogram' && 'a histogram for each tenant',
    names.some((label) => EVENT_TYPE.test(label)) && 'a label for event types, of which a tenant has dozens',
    names.some((label) => ENDLESS.test(label)) && 'a label without end',
    names.includes('tenant') && open.length > 1 && 'an open label beside the tenant',
    open.some((label) => label !== 'tenant') && unit !== 'info' && 'a label without a closed list',
  ];
  return wrong.filter((complaint) => complaint !== false);
}
