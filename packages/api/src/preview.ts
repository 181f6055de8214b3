const MAX_LENGTH = 200;

/** One short printable line out of any text, without its HTML tags. Redact before, so that a cut does not leave half a secret. */
export function preview(text: string): string {
  const line = withoutTags(text)
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return line.length <= MAX_LENGTH ? line : `${line.slice(0, MAX_LENGTH)}…`;
}

function withoutTags(text: string): string {
  // No `<` inside, so that a text of nothing else is not searched to its end from each of them.
  return text.trimStart().startsWith('<') ? text.replace(/<[^<>]*>/g, ' ') : text;
}
