// Longer exponents are of no number that a shop has, and adding to them would take its time.
const LONGEST_EXPONENT = 15;

/**
 * A number of JSON written as JavaScript writes numbers, without ever being one: no digit is lost.
 * The layout is that of `Number::toString` in ECMA-262.
 */
export function exactNumber(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  if (exponent.length > LONGEST_EXPONENT) return text;
  const written = whole + fraction;
  const significant = written.replace(/^0+/, '');
  const digits = withoutTrailingZeros(significant);
  if (digits === '') return '0';
  // The value is 0.digits × 10^point.
  const point = whole.length - (written.length - significant.length) + Number(exponent);
  return sign + layOut(digits, point);
}

function layOut(digits: string, point: number): string {
  if (point > 21 || point <= -6) {
    const rest = digits.length === 1 ? '' : `.${digits.slice(1)}`;
    const exponent = point - 1;
    return `${digits.slice(0, 1)}${rest}e${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`;
  }
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}`;
  if (point < digits.length) return `${digits.slice(0, point)}.${digits.slice(point)}`;
  return digits + '0'.repeat(point - digits.length);
}

// By hand, because a pattern such as /0+$/ tries anew at each of a million zeros in a row.
function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}
