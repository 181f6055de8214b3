import type { Answer } from './answer.js';

export function toResponse(answer: Answer): Response {
  const headers = new Headers(answer.headers);
  if (answer.offContract !== undefined) headers.set('x-emulator-off-contract', answer.offContract);
  if (answer.body === undefined) return new Response(null, { status: answer.status, headers });
  headers.set('content-type', 'application/json');
  return new Response(JSON.stringify(answer.body), { status: answer.status, headers });
}
