/** JSON text without the commas that stand before a closing bracket, the fault that schemas have most; strings stay. */
export function withoutTrailingCommas(text: string): string {
  let kept = '';
  let from = 0;
  let comma: number | undefined;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === ',') {
      comma = at;
    } else if (comma !== undefined && (character === '}' || character === ']')) {
      kept += text.slice(from, comma);
      from = comma + 1;
      comma = undefined;
    } else if (!/\s/.test(character)) {
      comma = undefined;
      inString = character === '"';
    }
  }
  return kept + text.slice(from);
}
