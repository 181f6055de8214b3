/** The first line of every generated file; holds neither date nor version, so that equal input gives equal bytes. */
export function header(source: string): string {
  return `// Made from ${source} by \`pnpm generate\`. Do not edit: change the source and run it again.\n\n`;
}

/** A property key, quoted only where the language asks for it. */
export function propertyKey(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

/** `client-management.user-assigned` → `ClientManagementUserAssigned`. */
export function pascalCase(type: string): string {
  return type
    .split(/[.-]/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}
