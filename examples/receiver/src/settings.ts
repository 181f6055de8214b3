/** Of one sender or both. Several at once are good while one takes the place of another. */
export interface Secrets {
  /** `secretKey` of the delivery config or target. */
  readonly emporix: readonly string[];
  /** `whsec_…` of the Svix endpoint. */
  readonly svix: readonly string[];
}

export interface Settings {
  readonly host: string;
  readonly port: number;
  readonly secrets: Secrets;
}

/** The environment is not enough to start with; names everything that is wrong, and no value. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError' as const;
}

/** Reads the environment. Throws a {@link SettingsError}. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const secrets = { emporix: wordsOf(env['EMPORIX_SECRETS']), svix: wordsOf(env['SVIX_SECRETS']) };
  const port = Number(env['PORT'] ?? '4020');
  const problems = [
    ...(Number.isInteger(port) && port >= 0 && port <= 65_535 ? [] : ['PORT must be a number up to 65535']),
    ...(secrets.emporix.length + secrets.svix.length > 0
      ? []
      : ['EMPORIX_SECRETS, SVIX_SECRETS or both must hold a secret; several with blanks between them']),
    ...(secrets.svix.every((secret) => secret.startsWith('whsec_')) ? [] : ['SVIX_SECRETS must begin with whsec_']),
  ];
  if (problems.length > 0) throw new SettingsError(problems.join('\n'));
  return { host: env['HOST'] ?? '127.0.0.1', port, secrets };
}

function wordsOf(text = ''): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
