import { dirname, relative, resolve } from 'node:path';
import { isAbsoluteUrl } from '@redocly/openapi-core';

/** What a reference is missing; `file` is the one that it is resolved from, `reason` what reading the target said. */
export function describeUnresolved(reference: string, file: string, reason: string | undefined): string {
  if (isAbsoluteUrl(reference)) return `the reference ${reference} ${onNetwork}`;
  const [path = '', pointer = ''] = reference.split('#', 2);
  const target = path === '' ? file : resolve(dirname(file), path);
  const shown = relative(process.cwd(), target);
  const nowhere = `the reference ${reference} leads nowhere`;
  if (reason === undefined) return `${nowhere}: there is no ${pointer} in ${shown}`;
  return `${nowhere}: ${reason.startsWith('ENOENT') ? `there is no file ${shown}` : `${shown} cannot be read: ${reason}`}`;
}

/** How to mend a fault of somebody else's document. */
export function remedyFor(message: string): string {
  return message.endsWith(onNetwork)
    ? 'save what it refers to beside the document, and refer to that file with an overlay'
    : 'mend it with an overlay';
}

const onNetwork = 'leads into the network';
