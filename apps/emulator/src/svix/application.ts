import type { Quirks } from '../quirks.js';
import type { Random } from '../random.js';
import { withMember } from '../state/documents.js';
import type { Endpoint } from './endpoint.js';
import { svixId } from './id.js';

/** What a writer decides about an application. */
export interface ApplicationFields {
  readonly name: string;
  readonly uid: string | null;
  readonly throttleRate: number | null;
  readonly metadata: Readonly<Record<string, string>>;
}

/** An application with its endpoints. */
export interface Application extends ApplicationFields {
  readonly id: string;
  /** Emporix's own Svix account, or one that the tenant brought. */
  readonly account: Account;
  /** Milliseconds since 1970, emulator clock. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** By id. */
  readonly endpoints: ReadonlyMap<string, Endpoint>;
}

export type Account = 'shared' | 'own';

/** By id. */
export type Applications = ReadonlyMap<string, Application>;

export function createApplication(
  fields: ApplicationFields,
  account: Account,
  { random, now }: { readonly random: Random; readonly now: number },
): Application {
  return { ...fields, id: svixId('app', now, random), account, createdAt: now, updatedAt: now, endpoints: new Map() };
}

/** The application in that account with that id or uid. */
export function findApplication(
  applications: Applications,
  account: Account,
  idOrUid: string,
): Application | undefined {
  return [...applications.values()].find(
    (application) => application.account === account && (application.id === idOrUid || application.uid === idOrUid),
  );
}

export function withApplication(applications: Applications, application: Application): Applications {
  return withMember(applications, application.id, application);
}

/** The application with one endpoint made or changed. */
export function withEndpoint(application: Application, endpoint: Endpoint): Application {
  return { ...application, endpoints: withMember(application.endpoints, endpoint.id, endpoint) };
}

/** The application that Emporix uses for a tenant: the one with the tenant's name as uid, else the oldest. */
export function tenantApplication(
  applications: Applications,
  account: Account,
  tenant: string,
): Application | undefined {
  const own = [...applications.values()].filter((application) => application.account === account);
  return own.find(({ uid }) => uid === tenant) ?? own[0];
}

/** With an application for the tenant in that account, made now if there is none. */
export function withTenantApplication(
  applications: Applications,
  account: Account,
  tenant: string,
  context: { readonly random: Random; readonly now: number; readonly quirks: Quirks },
): Applications {
  if (tenantApplication(applications, account, tenant) !== undefined) return applications;
  const uids = { tenant, other: `${tenant}-shop`, none: null } as const;
  const fields = { name: tenant, uid: uids[context.quirks.svixAppUid], throttleRate: null, metadata: {} };
  return withApplication(applications, createApplication(fields, account, context));
}
