import { LEVELS } from '../../core/catalogue-levels.js';
import type { CatalogueChange } from '../../core/compare-catalogues.js';
import { isSerious } from '../../core/read-catalogue.js';
import type { CatalogueReport } from '../catalog-report.js';
import type { ReadCatalogues } from '../read-catalogues.js';
import { printable, type Paint } from './paint.js';
import { count, someOf } from './words.js';

/** What changed, by event type, and what could not be told. */
export function catalogText(report: CatalogueReport, quiet: boolean, paint: Paint): string {
  const { read } = report;
  const lines = [
    ...changeLines(shownChanges(report.changes, quiet), paint),
    ...(read ? readingLines(read, quiet, paint) : []),
    ...(quiet ? [] : missingLines(report)),
    closing(report, paint),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** `quiet` leaves out what asks nothing of anybody. */
export function shownChanges(changes: readonly CatalogueChange[], quiet: boolean): readonly CatalogueChange[] {
  return quiet ? changes.filter(({ level }) => level !== 'additive') : changes;
}

/** `2 breaking, 1 additive`, the ones first that ask most. */
export function tallyOf(changes: readonly CatalogueChange[]): string {
  return LEVELS.toReversed()
    .map((level) => ({ level, amount: changes.filter((change) => change.level === level).length }))
    .filter(({ amount }) => amount > 0)
    .map(({ level, amount }) => `${amount} ${level}`)
    .join(', ');
}

/** `items[].price: Number → String`, without colours. */
export function changeText({ kind, place, before, after }: CatalogueChange): string {
  const what = place === '' ? kind.slice(0, kind.indexOf('-')).replace('type', 'event type') : place;
  const values = [before, after].filter((value) => value !== undefined).join(' → ');
  return printable(values === '' ? what : `${what}: ${values}`);
}

export function markOf({ kind }: CatalogueChange): '+' | '-' | '~' {
  if (kind.endsWith('-added')) return '+';
  return kind.endsWith('-removed') ? '-' : '~';
}

function changeLines(changes: readonly CatalogueChange[], paint: Paint): string[] {
  const colours = { '+': paint.add, '-': paint.remove, '~': paint.change };
  return Object.entries(Object.groupBy(changes, ({ type }) => type)).flatMap(([type, ofType = []]) => [
    paint.bold(printable(type)),
    ...ofType.flatMap((change) => {
      const level = change.level === 'breaking' ? paint.bad(change.level) : change.level;
      const mark = markOf(change);
      return [`  ${colours[mark](`${mark} ${changeText(change)}`)}`, `      ${level}: ${change.reason}`];
    }),
    '',
  ]);
}

/** What went wrong while tenants were read. */
export function readingLines({ complaints, failures, interrupted }: ReadCatalogues, quiet: boolean, paint: Paint) {
  const told = quiet ? complaints.filter(isSerious) : complaints;
  return [
    ...told.map((complaint) => {
      const mark = isSerious(complaint) ? paint.bad('✗') : paint.warning('!');
      const about = complaint.type === '' ? '' : `${printable(complaint.type)}: `;
      return `${mark} ${about}${printable(complaint.message)}`;
    }),
    ...failures.map(({ tenant, error }) => `${paint.bad('✗')} ${printable(tenant)}: ${printable(error.message)}`),
    ...(interrupted.length > 0 ? [`Interrupted before ${someOf(interrupted)}`] : []),
  ];
}

/** What stays in the file although nobody has it. */
export function missingLines({ missing, read }: CatalogueReport): string[] {
  if (!read || read.tenants.length === 0) return [];
  const at = read.tenants.length === 1 ? read.tenants[0] : `any of ${count(read.tenants.length, 'tenant')}`;
  const types = missing.filter(({ what }) => what === 'type').map(({ type }) => type);
  const schemas = missing.filter(({ what }) => what === 'schema').map(({ type }) => type);
  return [
    ...(types.length > 0 ? [`Not at ${at}, kept: ${someOf(types)}`] : []),
    ...(schemas.length > 0 ? [`Without schema at ${at}, the known one is kept: ${someOf(schemas)}`] : []),
    ...(missing.length > 0 ? ['With --gone they go: a tenant may lack them because it lacks a module.'] : []),
  ];
}

function closing({ file, changes, read, written, next }: CatalogueReport, paint: Paint): string {
  const tally = tallyOf(changes);
  if (written === true) return `${paint.good('✓')} ${file} is written: ${tally || 'only its form changed'}`;
  if (changes.length === 0) {
    const unread = read !== undefined && read.tenants.length === 0;
    return unread ? `${file} stays as it is` : `${paint.good('✓')} ${file} is up to date`;
  }
  if (written === false) return `${paint.warning('!')} ${file} is not written`;
  return `${paint.warning('!')} ${file} is behind: ${tally}; ${next ?? ''} writes it`;
}
