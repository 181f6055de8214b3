// Made from specs/gateway-sync.yaml by `pnpm generate`. Do not edit: change the source and run it again.

export interface paths {
    "/api/v1/reload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read the file again
         * @description A file that is not valid, or that a guard withholds, leaves the one before in force.
         */
        post: operations["reloadFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the tenants
         * @description In the order of their names.
         */
        get: operations["listTenants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{tenant}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A tenant of the file. */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        /** How one tenant stands */
        get: operations["getTenant"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{tenant}/history": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A tenant of the file. */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        /**
         * What was written to a tenant
         * @description Newest first. 404 as well where the service keeps no ledger.
         */
        get: operations["listHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{tenant}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A tenant of the file. */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Leave a tenant alone
         * @description The newest pause takes the place of one before, which the answer tells as `replaced`. A request without a body counts as one without a reason.
         */
        post: operations["pauseTenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{tenant}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A tenant of the file. */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        /**
         * What the last run had to do
         * @description 404 before the first run as well. Without `plan` the tenant could not be read.
         */
        get: operations["getPlan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{tenant}/quota": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A tenant of the file. */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        /** How much of its events a tenant has used, and what the month comes to */
        get: operations["getQuota"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{tenant}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A tenant of the file. */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look after a tenant again */
        post: operations["resumeTenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{tenant}/sync": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A tenant of the file. */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for a run */
        post: operations["syncTenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything at once
         * @description Tenants in trouble are named, and make the service degraded, not unhealthy.
         */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/livez": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the process works
         * @description 503 asks for a restart: the schedule stands still or a run hangs. Nothing outside of the process can cause it.
         */
        get: operations["getLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Metrics for Prometheus */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the service is of use
         * @description 503 until the file is loaded and every tenant was looked at once, while the database is away, and on the way out.
         *     Of the database it tells the kind of failure only, because anybody may ask; the log of the service says more.
         */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        ActionEffect: {
            /** @description More or fewer events until the end of the month; absent when unknown. */
            events?: number;
            source: components["schemas"]["EffectSource"];
        };
        CallCounts: {
            reads: number;
            writes: number;
        };
        /** @description One thing that a run was to create, update or delete. */
        Change: {
            after: components["schemas"]["Settings"];
            before: components["schemas"]["Settings"];
            /** @description Status that the platform answered. */
            code?: number;
            /** @description What it does to the quota of the month; in plans only. */
            effect?: components["schemas"]["ActionEffect"];
            id: string;
            message?: string;
            name: string;
            reason: components["schemas"]["ChangeReason"];
            resource: components["schemas"]["Resource"];
            /** @description Fields whose secret was to be written. */
            secrets: string[];
            /** @description What came of it; absent when the run did not come to it. */
            status?: components["schemas"]["ChangeStatus"];
            type: components["schemas"]["ChangeType"];
        };
        /** @description Grows from change to change. */
        ChangeId: string;
        ChangePage: {
            changes: components["schemas"]["ChangeRecord"][];
            /** @description Cursor of the next page; absent on the last one. */
            next?: components["schemas"]["ChangeId"];
        };
        /** @enum {string} */
        ChangeReason: "missing" | "changed" | "removed" | "drift" | "shed" | "restore" | "adopted";
        ChangeRecord: {
            actor: string;
            at: components["schemas"]["Time"];
            change: components["schemas"]["Change"];
            checksum: string;
            id: components["schemas"]["ChangeId"];
            /** @description `instance` of the file that asked for it. */
            instance: string;
            outcome: components["schemas"]["Outcome"];
            reconcileId: string;
            tenant: components["schemas"]["TenantName"];
            trigger: components["schemas"]["Trigger"];
        };
        /** @enum {string} */
        ChangeStatus: "applied" | "unverified" | "not-applied" | "conflict" | "failed" | "rejected" | "unreachable" | "contended" | "skipped";
        /** @enum {string} */
        ChangeType: "create" | "update" | "delete";
        Condition: {
            /** @description A sentence for people; empty when there is nothing to add. */
            message: string;
            /** @description One word for programs, such as `AccessDenied`. */
            reason: string;
            /** @description When it last took on its status. */
            since: components["schemas"]["Time"];
            status: components["schemas"]["ConditionStatus"];
            type: components["schemas"]["ConditionType"];
        };
        /** @enum {string} */
        ConditionStatus: "true" | "false" | "unknown";
        /**
         * @description `Ready`: the tenant can be read, and the ledger answers. `Synced`: it is as the file says. `Drifted`: something
         *     differs. `Blocked`: a guard withholds the plan. `Contended`: somebody else keeps changing it back.
         *     `CatalogueOk`: the globs match no event type that waits for a review, and none is gone. `QuotaOk`: the month's events
         *     are below the first threshold.
         * @enum {string}
         */
        ConditionType: "Ready" | "Synced" | "Drifted" | "Blocked" | "Contended" | "CatalogueOk" | "QuotaOk";
        CountByResource: {
            config: number;
            endpoint: number;
            subscription: number;
            target: number;
        };
        /**
         * @description `observed`, how the newest events spread over the event types; `weight`, what the file says the event type stands for.
         * @enum {string}
         */
        EffectSource: "observed" | "weight" | "unknown";
        /**
         * @description What a forecast rests on. `elapsed`: used / elapsed, for want of readings. `rate`: recent readings. `weekly`: the shape
         *     of days and weeks as well.
         * @enum {string}
         */
        ForecastBasis: "elapsed" | "rate" | "weekly";
        /** @description How far a forecast of this tenant was from what came of it. */
        ForecastError: {
            /** @description When it could have been made, in days after the month began. */
            afterDays: number;
            /** @description The last reading of the month, which is about its end or, for now, the newest one. */
            comparedAt: components["schemas"]["Time"];
            high: number;
            isWithinBand: boolean;
            low: number;
            month: components["schemas"]["Month"];
            /** @description Positive: too much was expected. Percent of `used`; absent when nothing was used. */
            percent?: number;
            /** @description Events that it expects by `comparedAt`. */
            projected: number;
            /** @description What came of it. */
            used: number;
        };
        HealthCheck: {
            status: components["schemas"]["HealthCheckStatus"];
        } & {
            [key: string]: unknown;
        };
        HealthChecks: {
            [key: string]: components["schemas"]["HealthCheck"];
        };
        /** @enum {string} */
        HealthCheckStatus: "up" | "down" | "degraded";
        HealthReport: {
            /** @description Both. */
            details: components["schemas"]["HealthChecks"];
            /** @description What is not. */
            error: components["schemas"]["HealthChecks"];
            /** @description What is well. */
            info: components["schemas"]["HealthChecks"];
            status: components["schemas"]["HealthStatus"];
        };
        /** @enum {string} */
        HealthStatus: "ok" | "degraded" | "error" | "shutting_down";
        /**
         * @description A tenant that is only observed is never written.
         * @enum {string}
         */
        Mode: "enforce" | "observe";
        Month: string;
        /**
         * @description `changed`: everything planned was applied and seen when read again. `drifted`: there is something to do, and the
         *     run was not to write. `failed`: the tenant could not be read, or nothing of the plan took.
         * @enum {string}
         */
        Outcome: "in-sync" | "changed" | "drifted" | "partial" | "blocked" | "failed";
        Pause: {
            at: components["schemas"]["Time"];
            by: string;
            reason?: string;
        };
        PauseRequest: {
            /** @description For those who wonder later. One line. */
            reason?: string;
        };
        PlacedProblem: {
            message: string;
            /** @description The way to it within; empty at the top. */
            path: string;
            /** @description `file:line:column`, or the part of the request. */
            place: string;
            remedy?: string;
        };
        Plan: {
            actions: components["schemas"]["Change"][];
            checksum: string;
            /** @description What it does to the quota; absent while the rest of the month is unknown, or nothing comes or goes. */
            effect?: components["schemas"]["QuotaEffect"];
            /** @description Things that the file is not about. */
            foreign: number;
            managed: components["schemas"]["CountByResource"];
            problems: components["schemas"]["PlanProblem"][];
            /** @description Things that were as the file says. */
            unchanged: number;
        };
        PlanProblem: {
            kind: string;
            message: string;
            /** @description Names that may have been meant. */
            nearest: string[];
            /** @description `file:line:column` of what it is about. */
            places: string[];
            severity: components["schemas"]["Severity"];
        };
        PlanReport: {
            finishedAt: components["schemas"]["Time"];
            mode: components["schemas"]["Mode"];
            outcome: components["schemas"]["Outcome"];
            plan?: components["schemas"]["Plan"];
            reconcileId: string;
            startedAt: components["schemas"]["Time"];
            verdicts: components["schemas"]["Verdict"][];
        };
        /** @description A problem document (RFC 9457). */
        Problem: {
            code: components["schemas"]["ProblemCode"];
            /** @description What failed. */
            detail: string;
            /** @description Every place that is wrong. */
            problems?: components["schemas"]["PlacedProblem"][];
            /** @description What helps. */
            remedy?: string;
            status: number;
            /** @description The name of the status. */
            title: string;
            /** @constant */
            type: "about:blank";
        };
        /** @enum {string} */
        ProblemCode: "invalid-request" | "unauthorized" | "api-closed" | "unknown-tenant" | "tenant-gone" | "unknown-path" | "no-run-yet" | "no-ledger" | "method-not-allowed" | "request-timeout" | "paused" | "withheld" | "too-large" | "unsupported-media-type" | "invalid-file" | "too-many-requests" | "headers-too-large" | "internal-error" | "database-lost";
        /** @description Estimates of what a plan does to the month that runs. */
        QuotaEffect: {
            /** @description More or fewer events until the end of the month, of all actions of which that is known. */
            events: number;
            limit?: number;
            month: components["schemas"]["Month"];
            /** @description The same with it. */
            projected: number;
            /** @description Events at the end of the month without the plan. */
            projectedBefore: number;
            /** @description Subscriptions that come or go of which nobody knows how many events they stand for. */
            unknown: number;
            used: number;
        };
        /** @description The statistics cannot be read, and everything else that is shown is as old as it says. */
        QuotaFailure: {
            /** @description When it was tried last. */
            at: components["schemas"]["Time"];
            /** @description How often it failed since then. */
            attempts: number;
            /** @description For people, such as `getStatistics answered 403`. */
            message: string;
            /** @description When it is tried again, unless the tenant is paused. */
            nextAt: components["schemas"]["Time"];
            /** @description When it failed first since the statistics were read last. */
            since: components["schemas"]["Time"];
            /** @description Whether trying again may help without anybody changing anything. */
            transient: boolean;
        };
        /** @description What the month comes to if it goes on like this. */
        QuotaForecast: {
            /** @description Of the reading that it starts from. */
            at: components["schemas"]["Time"];
            basis: components["schemas"]["ForecastBasis"];
            /** @description The same at the upper end of the band. */
            earliest?: components["schemas"]["Time"];
            /** @description When the limit is reached; absent: not this month, or there is no limit. */
            exhaustedAt?: components["schemas"]["Time"];
            /** @description Upper end of the band. */
            high: number;
            /** @description The same at the lower end of the band. */
            latest?: components["schemas"]["Time"];
            /** @description Lower end of the band, which holds four times out of five. */
            low: number;
            month: components["schemas"]["Month"];
            /** @description Events at the end of the month. */
            projected: number;
            /** @description Events a day that are to be expected for the rest of the month, on average. */
            ratePerDay: number;
        };
        QuotaReading: {
            at: components["schemas"]["Time"];
            /** @description Thresholds that are reached, ascending. */
            crossed: number[];
            /** @description Events a month; absent when the platform does not tell. */
            limit?: number;
            month: components["schemas"]["Month"];
            percent?: number;
            /** @description Events sent. */
            used: number;
        };
        QuotaReport: {
            /** @description The one that it is now where the quota of the tenant is counted. */
            month: components["schemas"]["Month"];
            /** @description Absent before the first reading of the month. */
            newest?: components["schemas"]["QuotaReading"];
            /**
             * @description What forecasts after 3, 7 and 14 days came to, of this month and the two before, oldest first, as far as there are
             *     readings.
             */
            pastErrors: components["schemas"]["ForecastError"][];
            /** @description Nothing is read while it lasts. */
            pause?: components["schemas"]["Pause"];
            /** @description Of this month, oldest first. Without a database at most 32, and of this process. */
            readings: components["schemas"]["QuotaReading"][];
            /** @description Absent before the first attempt to read the statistics. */
            state?: components["schemas"]["QuotaState"];
            /** @description The zone in which the months of the tenant begin, by its IANA name. */
            timeZone: string;
        };
        /** @description Which subscriptions are given up while the quota runs out. */
        QuotaShedding: {
            /** @description Percent of the limit at which the rung begins that holds. */
            at: number;
            mode: components["schemas"]["SheddingMode"];
            /** @description Of the quota that runs out. */
            month: components["schemas"]["Month"];
            /** @description Event types of this priority and of higher numbers. */
            priority: number;
            since: components["schemas"]["Time"];
            /** @description By when they come back at the latest, half an hour after the end of the month. */
            until: components["schemas"]["Time"];
        };
        /** @description What the last look at the statistics came to. */
        QuotaState: {
            /** @description When the statistics were read last; absent when they never were. */
            at?: components["schemas"]["Time"];
            /** @description Why they were not read since; absent when the last attempt read them. */
            failure?: components["schemas"]["QuotaFailure"];
            /** @description Absent while the use is unknown, and before there is anything to go by. */
            forecast?: components["schemas"]["QuotaForecast"];
            /** @description Absent while nothing is given up. */
            shed?: components["schemas"]["QuotaShedding"];
            /** @description Why nobody knows how much is used; absent when it is known. */
            unknown?: components["schemas"]["UnknownQuota"];
        };
        ReloadReport: {
            added: components["schemas"]["TenantName"][];
            /** @description Whether the file says anything else than the one before. */
            changed: boolean;
            /** @description Of the content. */
            hash: string;
            removed: components["schemas"]["TenantName"][];
            updated: components["schemas"]["TenantName"][];
        };
        /** @enum {string} */
        Resource: "subscription" | "config" | "target" | "endpoint";
        RunError: {
            message: string;
            name: string;
        };
        RunSummary: {
            /** @description Host and process that ran it. */
            actor: string;
            applied: number;
            calls: components["schemas"]["CallCounts"];
            /** @description Of the plan; absent when the tenant could not be read. */
            checksum?: string;
            /** @description Actions still to do at the end. */
            drift?: number;
            driftByResource?: components["schemas"]["CountByResource"];
            error?: components["schemas"]["RunError"];
            finishedAt: components["schemas"]["Time"];
            /** @description Why the ledger could not be used; nothing was removed then. */
            ledgerError?: components["schemas"]["RunError"];
            /** @description Things that the file is about. */
            managed?: components["schemas"]["CountByResource"];
            mode: components["schemas"]["Mode"];
            outcome: components["schemas"]["Outcome"];
            /** @description Actions that the first reading asked for. */
            planned: number;
            /** @description Finds the run in the log. */
            reconcileId: string;
            /** @description Subscriptions that are given up while the quota runs out; absent when the tenant could not be read. */
            shed?: number;
            /** @description Subscriptions that should be given up, where the file says quota.shed advise. */
            shedAdvised?: number;
            startedAt: components["schemas"]["Time"];
            /** @description Whether the same again may succeed later without anybody changing anything. */
            transient: boolean;
            trigger: components["schemas"]["Trigger"];
            verdicts: components["schemas"]["Verdict"][];
        };
        /** @description The compared settings, without secrets; null where there is nothing. */
        Settings: {
            [key: string]: unknown;
        } | null;
        /** @enum {string} */
        Severity: "error" | "warning" | "note";
        /**
         * @description `advise`: they should be given up, and are not.
         * @enum {string}
         */
        SheddingMode: "advise" | "enforce";
        SyncAccepted: {
            tenant: components["schemas"]["TenantName"];
            /** @constant */
            trigger: "manual";
        };
        TenantName: string;
        TenantPage: {
            /** @description Cursor of the next page; absent on the last one. */
            next?: components["schemas"]["TenantName"];
            tenants: components["schemas"]["TenantStatus"][];
            /** @description Tenants on all pages together. */
            total: number;
        };
        TenantPause: {
            pause: components["schemas"]["Pause"];
            replaced?: components["schemas"]["Pause"];
            tenant: components["schemas"]["TenantName"];
        };
        /**
         * @description `pending` before the first run; `paused` while somebody wants it so. `blocked`: a guard withholds the plan;
         *     `partial`: some of it holds, some cannot be.
         * @enum {string}
         */
        TenantState: "pending" | "in_sync" | "drifted" | "partial" | "blocked" | "failing" | "paused";
        TenantStatus: {
            conditions: components["schemas"]["Condition"][];
            consecutiveFailures: number;
            /** @description The last run; absent before the first. */
            last?: components["schemas"]["RunSummary"];
            /** @description End of the last run that left the tenant in sync. */
            lastSyncAt?: components["schemas"]["Time"];
            pause?: components["schemas"]["Pause"];
            /** @description The newest reading of this month. */
            quota?: components["schemas"]["QuotaReading"];
            /** @description Absent before the first attempt to read the statistics. */
            quotaState?: components["schemas"]["QuotaState"];
            state: components["schemas"]["TenantState"];
            tenant: components["schemas"]["TenantName"];
        };
        /** Format: date-time */
        Time: string;
        /**
         * @description Why a run was made.
         * @enum {string}
         */
        Trigger: "interval" | "config" | "manual" | "retry" | "command" | "quota";
        UnknownQuota: {
            /** @description For people. */
            message: string;
            reason: components["schemas"]["UnknownQuotaReason"];
            /** @description The count that is doubted; 0 for a month that the statistics lack. */
            shown?: number;
            since: components["schemas"]["Time"];
        };
        /**
         * @description `not-counted`: the tenant delivers in a way that the statistics do not count. `incomplete`: the statistics lack the
         *     month, or show less than before.
         * @enum {string}
         */
        UnknownQuotaReason: "not-counted" | "incomplete";
        /** @description Why a plan is withheld. */
        Verdict: {
            /** @description The exact way to allow it. */
            allow: string;
            guard: string;
            /** @description With the counts that decided. */
            message: string;
        };
    };
    responses: {
        /** @description The service has no token, so nobody may change anything. */
        Closed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The database does not answer. */
        DatabaseLost: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The headers have more than 8 KB. */
        HeadersTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request makes no sense; `problems` says where. */
        Invalid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The file is not valid; the one before stays in force. */
        InvalidFile: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The file has no such tenant, or there is no ledger. */
        NoHistory: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The file has no such tenant, or there was no run yet. */
        NoPlan: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description The file has no such tenant, or the replica that was asked stands by, and nobody runs the tenant because the newer file
         *     does not name it.
         */
        NoTenant: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The tenant is paused. */
        Paused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body has more than 16 KB. */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too many requests, or too many wrong tokens, from one address. */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The token is missing or wrong. */
        Unauthorized: {
            headers: {
                "WWW-Authenticate": components["headers"]["WwwAuthenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It is not. */
        Unwell: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["HealthReport"];
            };
        };
        /** @description A guard withholds the new file. */
        Withheld: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is not JSON. */
        WrongMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description Where to go on; `next` of the page before. */
        ChangeCursor: components["schemas"]["ChangeId"];
        /** @description How many items a page may hold; 100 when it is left out. */
        Limit: number;
        /** @description Only tenants in this state. */
        State: components["schemas"]["TenantState"];
        /** @description A tenant of the file. */
        Tenant: components["schemas"]["TenantName"];
        /** @description Where to go on; `next` of the page before. */
        TenantCursor: components["schemas"]["TenantName"];
    };
    requestBodies: never;
    headers: {
        /** @description Seconds until it is worth to try again. */
        RetryAfter: number;
        /** @description The way to show who asks. */
        WwwAuthenticate: string;
    };
    pathItems: never;
}
export type ActionEffect = components['schemas']['ActionEffect'];
export type CallCounts = components['schemas']['CallCounts'];
export type Change = components['schemas']['Change'];
export type ChangeId = components['schemas']['ChangeId'];
export type ChangePage = components['schemas']['ChangePage'];
export type ChangeReason = components['schemas']['ChangeReason'];
export type ChangeRecord = components['schemas']['ChangeRecord'];
export type ChangeStatus = components['schemas']['ChangeStatus'];
export type ChangeType = components['schemas']['ChangeType'];
export type Condition = components['schemas']['Condition'];
export type ConditionStatus = components['schemas']['ConditionStatus'];
export type ConditionType = components['schemas']['ConditionType'];
export type CountByResource = components['schemas']['CountByResource'];
export type EffectSource = components['schemas']['EffectSource'];
export type ForecastBasis = components['schemas']['ForecastBasis'];
export type ForecastError = components['schemas']['ForecastError'];
export type HealthCheck = components['schemas']['HealthCheck'];
export type HealthChecks = components['schemas']['HealthChecks'];
export type HealthCheckStatus = components['schemas']['HealthCheckStatus'];
export type HealthReport = components['schemas']['HealthReport'];
export type HealthStatus = components['schemas']['HealthStatus'];
export type Mode = components['schemas']['Mode'];
export type Month = components['schemas']['Month'];
export type Outcome = components['schemas']['Outcome'];
export type Pause = components['schemas']['Pause'];
export type PauseRequest = components['schemas']['PauseRequest'];
export type PlacedProblem = components['schemas']['PlacedProblem'];
export type Plan = components['schemas']['Plan'];
export type PlanProblem = components['schemas']['PlanProblem'];
export type PlanReport = components['schemas']['PlanReport'];
export type Problem = components['schemas']['Problem'];
export type ProblemCode = components['schemas']['ProblemCode'];
export type QuotaEffect = components['schemas']['QuotaEffect'];
export type QuotaFailure = components['schemas']['QuotaFailure'];
export type QuotaForecast = components['schemas']['QuotaForecast'];
export type QuotaReading = components['schemas']['QuotaReading'];
export type QuotaReport = components['schemas']['QuotaReport'];
export type QuotaShedding = components['schemas']['QuotaShedding'];
export type QuotaState = components['schemas']['QuotaState'];
export type ReloadReport = components['schemas']['ReloadReport'];
export type Resource = components['schemas']['Resource'];
export type RunError = components['schemas']['RunError'];
export type RunSummary = components['schemas']['RunSummary'];
export type Settings = components['schemas']['Settings'];
export type Severity = components['schemas']['Severity'];
export type SheddingMode = components['schemas']['SheddingMode'];
export type SyncAccepted = components['schemas']['SyncAccepted'];
export type TenantName = components['schemas']['TenantName'];
export type TenantPage = components['schemas']['TenantPage'];
export type TenantPause = components['schemas']['TenantPause'];
export type TenantState = components['schemas']['TenantState'];
export type TenantStatus = components['schemas']['TenantStatus'];
export type Time = components['schemas']['Time'];
export type Trigger = components['schemas']['Trigger'];
export type UnknownQuota = components['schemas']['UnknownQuota'];
export type UnknownQuotaReason = components['schemas']['UnknownQuotaReason'];
export type Verdict = components['schemas']['Verdict'];
export type ResponseClosed = components['responses']['Closed'];
export type ResponseDatabaseLost = components['responses']['DatabaseLost'];
export type ResponseHeadersTooLarge = components['responses']['HeadersTooLarge'];
export type ResponseInvalid = components['responses']['Invalid'];
export type ResponseInvalidFile = components['responses']['InvalidFile'];
export type ResponseNoHistory = components['responses']['NoHistory'];
export type ResponseNoPlan = components['responses']['NoPlan'];
export type ResponseNoTenant = components['responses']['NoTenant'];
export type ResponsePaused = components['responses']['Paused'];
export type ResponseTooLarge = components['responses']['TooLarge'];
export type ResponseTooManyRequests = components['responses']['TooManyRequests'];
export type ResponseUnauthorized = components['responses']['Unauthorized'];
export type ResponseUnwell = components['responses']['Unwell'];
export type ResponseWithheld = components['responses']['Withheld'];
export type ResponseWrongMediaType = components['responses']['WrongMediaType'];
export type ParameterChangeCursor = components['parameters']['ChangeCursor'];
export type ParameterLimit = components['parameters']['Limit'];
export type ParameterState = components['parameters']['State'];
export type ParameterTenant = components['parameters']['Tenant'];
export type ParameterTenantCursor = components['parameters']['TenantCursor'];
export type HeaderRetryAfter = components['headers']['RetryAfter'];
export type HeaderWwwAuthenticate = components['headers']['WwwAuthenticate'];
export type $defs = Record<string, never>;
export interface operations {
    reloadFile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file is in force. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReloadReport"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Closed"];
            409: components["responses"]["Withheld"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            422: components["responses"]["InvalidFile"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            503: components["responses"]["DatabaseLost"];
        };
    };
    listTenants: {
        parameters: {
            query?: {
                /** @description Where to go on; `next` of the page before. */
                cursor?: components["parameters"]["TenantCursor"];
                /** @description How many items a page may hold; 100 when it is left out. */
                limit?: components["parameters"]["Limit"];
                /** @description Only tenants in this state. */
                state?: components["parameters"]["State"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantPage"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
        };
    };
    getTenant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A tenant of the file. */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How it stands. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantStatus"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NoTenant"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
        };
    };
    listHistory: {
        parameters: {
            query?: {
                /** @description Where to go on; `next` of the page before. */
                cursor?: components["parameters"]["ChangeCursor"];
                /** @description How many items a page may hold; 100 when it is left out. */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path: {
                /** @description A tenant of the file. */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangePage"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NoHistory"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            503: components["responses"]["DatabaseLost"];
        };
    };
    pauseTenant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A tenant of the file. */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PauseRequest"];
            };
        };
        responses: {
            /**
             * @description Nothing of this tenant is read or written from now on; a run in flight finishes. It takes the place of a pause that
             *     was in force.
             */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantPause"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Closed"];
            404: components["responses"]["NoTenant"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            503: components["responses"]["DatabaseLost"];
        };
    };
    getPlan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A tenant of the file. */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the last run planned, and what came of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanReport"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NoPlan"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            503: components["responses"]["DatabaseLost"];
        };
    };
    getQuota: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A tenant of the file. */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is used, what is expected, what is given up, and the readings of this month. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuotaReport"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NoTenant"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            503: components["responses"]["DatabaseLost"];
        };
    };
    resumeTenant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A tenant of the file. */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tenant is not paused, whether or not it was; its next run is due soon. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Closed"];
            404: components["responses"]["NoTenant"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            503: components["responses"]["DatabaseLost"];
        };
    };
    syncTenant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A tenant of the file. */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * @description A run is due now, at whichever replica has the newest file. Requests that wait already are joined; one that arrives
             *     during a run leads to one more after it.
             */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncAccepted"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Closed"];
            404: components["responses"]["NoTenant"];
            409: components["responses"]["Paused"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["HeadersTooLarge"];
            503: components["responses"]["DatabaseLost"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthReport"];
                };
            };
            431: components["responses"]["HeadersTooLarge"];
            503: components["responses"]["Unwell"];
        };
    };
    getLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthReport"];
                };
            };
            431: components["responses"]["HeadersTooLarge"];
            503: components["responses"]["Unwell"];
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The text format of Prometheus, or OpenMetrics where `Accept` prefers it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/openmetrics-text": string;
                    "text/plain": string;
                };
            };
            431: components["responses"]["HeadersTooLarge"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthReport"];
                };
            };
            431: components["responses"]["HeadersTooLarge"];
            503: components["responses"]["Unwell"];
        };
    };
}
