/** The first line of every generated file; holds neither date nor version, so that equal input gives equal bytes. */
export function header(source: string): string {
  return `// Made from ${source} by \`pnpm generate\`. Do not edit: change the source and run it again.\n\n`;
}

/** A TypeScript string literal in single quotes. */
export function quote(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** A property key, quoted only where the language asks for it. */
export function propertyKey(name: string): string {
  // Written out, it would set the prototype.
  if (name === '__proto__') return `['__proto__']`;
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name);
}
