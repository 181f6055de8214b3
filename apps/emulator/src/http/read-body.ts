/** A request body. `json` and `form` are set when the content type says so and the text can be read that way. */
export interface RequestBody {
  readonly json?: unknown;
  readonly form?: URLSearchParams;
  /** The content type says JSON, the text is none. */
  readonly malformed?: true;
}

export async function readBody(request: Request): Promise<RequestBody> {
  const text = request.body === null ? '' : await request.text();
  const mediaType = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (mediaType === 'application/x-www-form-urlencoded') return { form: new URLSearchParams(text) };
  if (text === '' || (mediaType !== 'application/json' && mediaType?.endsWith('+json') !== true)) return {};
  try {
    return { json: JSON.parse(text) as unknown };
  } catch {
    return { malformed: true };
  }
}
