/** `text`: the text format of Prometheus, which every scraper reads. */
export const MEDIA_TYPES = {
  text: 'text/plain; version=0.0.4',
  openmetrics: 'application/openmetrics-text; version=1.0.0',
} as const;
export type Format = keyof typeof MEDIA_TYPES;

/** The last line of a scrape: what was cut short lacks it. */
export const END_OF_OPEN_METRICS = '# EOF\n';

/**
 * A block of the text format in OpenMetrics, where a family of counters is named without the `_total` of its samples, no
 * line is empty, and there is one way to write what was not measured. prom-client writes OpenMetrics as well, but a
 * registry that has done so writes no right text any more.
 */
export function openMetrics(block: string): string {
  return block
    .replaceAll(/^# HELP (\S+)_total (.*)\n# TYPE \1_total counter$/gm, '# HELP $1 $2\n# TYPE $1 counter')
    .replaceAll(/ Nan$/gm, ' NaN')
    .replaceAll(/\n{2,}/g, '\n');
}
