import { parseArgs } from 'node:util';
import { z } from 'zod';

export interface Settings {
  readonly help: boolean;
  readonly port: number;
  readonly host: string;
  readonly seed: string | undefined;
  readonly autoCreateTenants: boolean;
}

export const HELP = `Emulates the Emporix Webhook Service and its OAuth.

Usage: pnpm emulator [options]

  --port <n>      port to listen on, 0 for a free one     (PORT, default 4010)
  --host <name>   address to listen on                    (HOST, default 127.0.0.1)
  --seed <text>   makes ids and tokens foreseeable        (EMULATOR_SEED)
  --strict        tenants exist only after a seed; else any <tenant>-id / <tenant>-secret
                  makes its tenant                        (EMULATOR_STRICT=true)
  --help          this text

GET /_emulator lists the control API.
`;

const schema = z.object({
  port: z.coerce.number('must be a number').int().min(0).max(65_535, 'must be at most 65535'),
  host: z.string().min(1),
  seed: z.string().optional(),
  strict: z.boolean(),
  help: z.boolean(),
});

/** Reads flags, then the environment. Throws an error that names every wrong value. */
export function readSettings(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Settings {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      seed: { type: 'string' },
      strict: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const result = schema.safeParse({
    port: values.port ?? env['PORT'] ?? '4010',
    host: values.host ?? env['HOST'] ?? '127.0.0.1',
    seed: values.seed ?? env['EMULATOR_SEED'],
    strict: values.strict ?? env['EMULATOR_STRICT'] === 'true',
    help: values.help ?? false,
  });
  if (!result.success)
    throw new Error(result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
  const { strict, ...settings } = result.data;
  return { ...settings, seed: settings.seed, autoCreateTenants: !strict };
}
