const RFC_3339 =
  /^(\d{4}-\d{2}-(\d{2}))[Tt]((?:[01]\d|2[0-3]):[0-5]\d):([0-5]\d|60)(?:\.(\d+))?([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** Milliseconds since 1970 of a time of RFC 3339, finer digits cut off; undefined when it is none, such as 31 June. */
export function parseTimestamp(text: string): number | undefined {
  const [, date, day, minutes, seconds, fraction = '', zone = ''] = RFC_3339.exec(text) ?? [];
  // A leap second is as good as the last one before it.
  const time = `${minutes}:${seconds === '60' ? '59' : seconds}.${fraction.slice(0, 3).padEnd(3, '0')}`;
  const local = Date.parse(`${date}T${time}Z`);
  if (Number.isNaN(local) || new Date(local).getUTCDate() !== Number(day)) return undefined;
  return local + Date.parse(`1970-01-01T00:00:00${zone.toUpperCase()}`);
}
