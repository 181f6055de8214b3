import type { CatalogueRow } from './catalogue.ts';
import type { Shape } from './shape.ts';

/** `docs/events.md`: every type with the fields at the root of its payload. */
export function emitTable(source: string, rows: readonly CatalogueRow[]): string {
  const lines = rows.map(({ type, group, payload }) => `| \`${type}\` | ${group} | ${showFields(payload)} |`);
  return `<!-- Made from ${source} by \`pnpm generate\`. Do not edit: change the source and run it again. -->

# Events

The ${rows.length} event types of the catalogue and the fields at the root of their payloads. These are the names that
\`excludedFields\` takes: a field is delivered with all that is in it, or not at all. Any field may be missing or null, and
others may come. [packages/events](../packages/events/README.md) has the types.

<!-- prettier-ignore -->
| type | group | fields |
| --- | --- | --- |
${lines.join('\n')}
`;
}

function showFields(payload: Shape | undefined): string {
  if (payload === undefined) return 'not published';
  if (payload.kind !== 'object' || payload.fields.length === 0) return 'any';
  return payload.fields.map(({ name, shape }) => `\`${name}\` ${nameOf(shape)}`).join(', ');
}

function nameOf(shape: Shape): string {
  switch (shape.kind) {
    case 'token':
      return shape.token;
    case 'list':
      return shape.of === undefined ? 'list' : `list of ${nameOf(shape.of)}`;
    case 'map':
      return 'Map';
    case 'object':
      return 'Object';
    default:
      return shape satisfies never;
  }
}
