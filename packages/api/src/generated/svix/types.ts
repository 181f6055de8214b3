// Made from specs/svix.yaml by `pnpm generate`. Do not edit: change the source and run it again.

export interface paths {
    "/api/v1/app": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the applications
         * @description For the owner of the account; the token of one application is refused with 403.
         */
        get: operations["listApplications"];
        put?: never;
        /**
         * Create an application
         * @description For the owner of the account; the token of one application is refused with 403.
         */
        post: operations["createApplication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{appId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        /**
         * Read one application
         * @description With the token of one application, every other one is answered with 404.
         */
        get: operations["getApplication"];
        /**
         * Replace an application, or create it
         * @description For the owner of the account; the token of one application is refused with 403.
         */
        put: operations["replaceApplication"];
        post?: never;
        /**
         * Delete an application with all its endpoints
         * @description For the owner of the account; the token of one application is refused with 403.
         */
        delete: operations["deleteApplication"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{appId}/endpoint": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        /**
         * List the endpoints
         * @description Ask until `done` is true. The iterator of the last page is not null: it says nothing about whether more will come.
         *     Without an order the newest come first.
         */
        get: operations["listEndpoints"];
        put?: never;
        /**
         * Create an endpoint
         * @description Without a secret the server makes one. The open server ignores `headers` here; set them afterwards.
         *     A key that is used again within twelve hours brings the first answer back and creates nothing, even when that
         *     endpoint was deleted in between: take a fresh key for each attempt of its own.
         */
        post: operations["createEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{appId}/endpoint/{endpointId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
                /** @description Id or uid of the endpoint. */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        /**
         * Read one endpoint
         * @description Neither the secret nor the headers are part of it.
         */
        get: operations["getEndpoint"];
        /**
         * Replace an endpoint, or create one
         * @description Everything that the body leaves out is cleared, the uid and the metadata included; headers and secret stay. For an
         *     id that does not exist a new endpoint comes to be, whose uid is the one of the body and not the one of the path.
         */
        put: operations["replaceEndpoint"];
        post?: never;
        /**
         * Delete an endpoint
         * @description Its uid may be used again afterwards.
         */
        delete: operations["deleteEndpoint"];
        options?: never;
        head?: never;
        /**
         * Change parts of an endpoint
         * @description Leaves alone what the body leaves out; `null` clears. The metadata are replaced as a whole. A list of event types that
         *     names an archived one is refused, even when the endpoint has it.
         */
        patch: operations["patchEndpoint"];
        trace?: never;
    };
    "/api/v1/app/{appId}/endpoint/{endpointId}/headers": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
                /** @description Id or uid of the endpoint. */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        /**
         * Read the headers that are sent along
         * @description Values of headers that are known to carry credentials never come back: `authorization`, `x-api-key`, `x-auth-token`,
         *     `www-authenticate`, `proxy-authenticate`, `proxy-authorization`. They are named in `sensitive`.
         */
        get: operations["getEndpointHeaders"];
        /**
         * Replace all headers
         * @description Names that the service or a proxy sets itself are refused: `user-agent`, `te`, `trailers`, `transfer-encoding`,
         *     `content-type` and the like, and those that begin with `svix-`, `x-svix-`, `x-amz-`, `x-google` and the like.
         */
        put: operations["setEndpointHeaders"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Set some headers and remove some
         * @description A value of `null` removes the header. `deleteHeaders` does so too, at the hosted service only: the open server
         *     ignores it. Names are matched as they were written, capitals included.
         */
        patch: operations["patchEndpointHeaders"];
        trace?: never;
    };
    "/api/v1/app/{appId}/endpoint/{endpointId}/recover": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
                /** @description Id or uid of the endpoint. */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send again what failed since a point in time
         * @description Runs in the background and sends only messages whose last attempt failed. `since` may be 14 days ago at most; an
         *     earlier one is refused with 422.
         */
        post: operations["recoverEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{appId}/endpoint/{endpointId}/replay-missing": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
                /** @description Id or uid of the endpoint. */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send what an endpoint was never sent since a point in time
         * @description Runs in the background and sends the messages that the endpoint would get now and that nobody tried to send to it,
         *     such as those from before it was made or while it was disabled. Not at the open server.
         */
        post: operations["replayMissing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{appId}/endpoint/{endpointId}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
                /** @description Id or uid of the endpoint. */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        /**
         * Read the secret that signs an endpoint's messages
         * @description For an asymmetric key the public half comes back.
         */
        get: operations["getEndpointSecret"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{appId}/endpoint/{endpointId}/secret/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
                /** @description Id or uid of the endpoint. */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the secret
         * @description The old secret goes on signing beside the new one until the grace period is over. At most ten old secrets may be in
         *     their grace period; one more rotation is refused with 400.
         */
        post: operations["rotateEndpointSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{appId}/endpoint/{endpointId}/send-example": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
                /** @description Id or uid of the endpoint. */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send an example of an event type to one endpoint
         * @description The hosted service answers 202. The open server answers 200, and wants the token of the account's owner. The type
         *     `svix.ping` exists always.
         */
        post: operations["sendExample"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{appId}/endpoint/{endpointId}/stats": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
                /** @description Id or uid of the endpoint. */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        /**
         * Count an endpoint's messages by what became of them
         * @description The range may be 28 days at most; a longer one is refused with 400.
         */
        get: operations["getEndpointStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/{appId}/msg": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        /**
         * List the messages of the application, the newest first
         * @description Every event that became a message is here, whether an endpoint wanted it or not, and so are examples that somebody
         *     sent. Ask until `done` is true. Without `after` nothing older than 90 days is listed. An older server takes no notice
         *     of `before` and `after` where there is an iterator: look at the timestamps.
         */
        get: operations["listMessages"];
        put?: never;
        /**
         * Send a message to all endpoints that want it
         * @description For the owner of the account; the token of one application is refused with 403.
         */
        post: operations["createMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/app-portal-access/{appId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a login link and a token for one application
         * @description For the owner of the account. Emporix calls it on behalf of a tenant. The open server ignores everything but
         *     `application` and `featureFlags`.
         */
        post: operations["createAppPortalAccess"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the token that is quoted
         * @description Only tokens of one application can be ended. The open server cannot and answers 501.
         */
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/event-type": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the event types
         * @description Sorted by name, which is also what the iterator holds. A type behind a feature flag is shown only to a token that
         *     carries the flag; an endpoint may be filtered by it all the same.
         */
        get: operations["listEventTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/event-type/{eventTypeName}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the event type. */
                eventTypeName: components["parameters"]["EventTypeName"];
            };
            cookie?: never;
        };
        /**
         * Read one event type
         * @description One that the token may not see is answered with 404.
         */
        get: operations["getEventType"];
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
        Application: {
            /** Format: date-time */
            createdAt: string;
            id: components["schemas"]["ResourceId"];
            metadata: components["schemas"]["Metadata"];
            name: string;
            rateLimit?: components["schemas"]["ThrottleRate"];
            throttleRate?: components["schemas"]["ThrottleRate"];
            uid?: string | null;
            /** Format: date-time */
            updatedAt: string;
        };
        ApplicationInput: {
            metadata?: components["schemas"]["Metadata"];
            name: string;
            throttleRate?: components["schemas"]["ThrottleRate"];
            uid?: components["schemas"]["ApplicationUid"] | null;
        };
        ApplicationPage: {
            data: components["schemas"]["Application"][];
            done: boolean;
            iterator?: string | null;
            prevIterator?: string | null;
        };
        /** @description A name that the caller chose, unique in the account. It may not look like an id of the server. */
        ApplicationUid: string;
        AppPortalAccess: {
            token: string;
            url: string;
        };
        AppPortalAccessRequest: {
            /** @description The application to create when there is none; its uid must be the one of the path. */
            application?: components["schemas"]["ApplicationInput"] | null;
            /** @description All of them when the list is left out. */
            capabilities?: components["schemas"]["PortalCapability"][] | null;
            /** @description Seconds; seven days when it is left out. */
            expiry?: number | null;
            featureFlags?: components["schemas"]["FeatureFlag"][];
            /** @description Older than `capabilities`. */
            readOnly?: boolean | null;
            sessionId?: string | null;
        };
        BackgroundTask: {
            id: string;
            status: components["schemas"]["BackgroundTaskStatus"];
            task: string;
            /** Format: date-time */
            updatedAt?: string;
        };
        /** @enum {string} */
        BackgroundTaskStatus: "running" | "finished" | "failed";
        /** @description Only messages with one of these channels; `null` is all messages. The order means nothing. */
        ChannelFilter: components["schemas"]["ChannelName"][] | null;
        /** @description The open server does not take `:` and `+`. */
        ChannelName: string;
        Endpoint: {
            channels?: components["schemas"]["ChannelFilter"];
            /** Format: date-time */
            createdAt: string;
            description: string;
            /** @description Whether the endpoint is switched off, by whomever. Absent is false. */
            disabled?: boolean;
            eventTypes?: components["schemas"]["EventTypeFilter"];
            filterTypes?: components["schemas"]["EventTypeFilter"];
            id: components["schemas"]["ResourceId"];
            metadata: components["schemas"]["Metadata"];
            rateLimit?: components["schemas"]["ThrottleRate"];
            throttleRate?: components["schemas"]["ThrottleRate"];
            uid?: string | null;
            /**
             * Format: date-time
             * @description Moves on every write, those of headers and secret included.
             */
            updatedAt: string;
            /** @description As the server writes it, with the host in lower case and a slash after a bare host. */
            url: string;
            version?: number | null;
        };
        /** @description A new endpoint. */
        EndpointCreation: {
            channels?: components["schemas"]["ChannelFilter"];
            description?: string;
            disabled?: boolean;
            eventTypes?: components["schemas"]["EventTypeFilter"];
            /** @description The older name of `eventTypes`, for servers that know no other. */
            filterTypes?: components["schemas"]["EventTypeFilter"];
            /** @description Taken by the hosted service only. */
            headers?: components["schemas"]["HeaderMap"] | null;
            metadata?: components["schemas"]["Metadata"];
            /** @description The older name of `throttleRate`, for servers that know no other. */
            rateLimit?: components["schemas"]["ThrottleRate"];
            /** @description Signs the messages. Afterwards it can only be rotated. */
            secret?: components["schemas"]["SigningKey"] | null;
            throttleRate?: components["schemas"]["ThrottleRate"];
            uid?: components["schemas"]["EndpointUid"] | null;
            url: components["schemas"]["TargetUrl"];
            /** @description Without meaning; older servers have it. */
            version?: number | null;
        };
        EndpointHeaders: {
            headers: components["schemas"]["HeaderMap"];
            /** @description Names of headers that are set and whose values are not shown. */
            sensitive: string[];
        };
        EndpointHeadersPatch: {
            deleteHeaders?: string[];
            headers: {
                [key: string]: string | null;
            };
        };
        EndpointHeadersReplacement: {
            headers: components["schemas"]["HeaderMap"];
        };
        EndpointPage: {
            data: components["schemas"]["Endpoint"][];
            done: boolean;
            iterator?: string | null;
            prevIterator?: string | null;
        };
        /** @description What is to change. */
        EndpointPatch: {
            channels?: components["schemas"]["ChannelFilter"];
            description?: string;
            disabled?: boolean;
            eventTypes?: components["schemas"]["EventTypeFilter"];
            /** @description The older name of `eventTypes`, for servers that know no other. */
            filterTypes?: components["schemas"]["EventTypeFilter"];
            metadata?: components["schemas"]["Metadata"];
            /** @description The older name of `throttleRate`, for servers that know no other. */
            rateLimit?: components["schemas"]["ThrottleRate"];
            throttleRate?: components["schemas"]["ThrottleRate"];
            uid?: components["schemas"]["EndpointUid"] | null;
            url?: components["schemas"]["TargetUrl"];
            /** @description Without meaning; older servers have it. */
            version?: number | null;
        };
        /** @description The whole of an endpoint but for headers and secret. */
        EndpointReplacement: {
            channels?: components["schemas"]["ChannelFilter"];
            description?: string;
            disabled?: boolean;
            eventTypes?: components["schemas"]["EventTypeFilter"];
            /** @description The older name of `eventTypes`, for servers that know no other. */
            filterTypes?: components["schemas"]["EventTypeFilter"];
            metadata?: components["schemas"]["Metadata"];
            /** @description The older name of `throttleRate`, for servers that know no other. */
            rateLimit?: components["schemas"]["ThrottleRate"];
            throttleRate?: components["schemas"]["ThrottleRate"];
            uid?: components["schemas"]["EndpointUid"] | null;
            url: components["schemas"]["TargetUrl"];
            /** @description Without meaning; older servers have it. */
            version?: number | null;
        };
        EndpointSecret: {
            key: string;
        };
        EndpointStats: {
            canceled?: number;
            fail: number;
            pending: number;
            sending: number;
            success: number;
        };
        /** @description A name that the caller chose, unique in the application. It may not look like an id of the server. */
        EndpointUid: string;
        EventType: {
            /** @description Whether no endpoint may be filtered by it any more. Absent is false. */
            archived?: boolean;
            /** Format: date-time */
            createdAt: string;
            deprecated?: boolean;
            description: string;
            /** @description The older, single form of `featureFlags`. */
            featureFlag?: string | null;
            /** @description Only tokens with one of these flags see the type. */
            featureFlags?: string[] | null;
            groupName?: string | null;
            name: components["schemas"]["EventTypeName"];
            /** @description A JSON Schema for each version. */
            schemas?: {
                [key: string]: unknown;
            } | null;
            /** Format: date-time */
            updatedAt: string;
        };
        /** @description Only these types; `null` is all of them. The order means nothing. */
        EventTypeFilter: components["schemas"]["EventTypeName"][] | null;
        EventTypeName: string;
        EventTypePage: {
            data: components["schemas"]["EventType"][];
            done: boolean;
            iterator?: string | null;
            prevIterator?: string | null;
        };
        ExampleRequest: {
            eventType: components["schemas"]["EventTypeName"];
            exampleIndex?: number | null;
        };
        FeatureFlag: string;
        HeaderMap: {
            [key: string]: string;
        };
        /** @description A place in a list. One that begins with a dash leads back. */
        Iterator: string;
        Message: {
            channels?: components["schemas"]["ChannelName"][] | null;
            eventId?: string | null;
            eventType: components["schemas"]["EventTypeName"];
            id: components["schemas"]["ResourceId"];
            payload: {
                [key: string]: unknown;
            };
            tags?: string[] | null;
            /** Format: date-time */
            timestamp: string;
        };
        MessageCreation: {
            /** @description Endpoints with a channel filter get the message only when they share one of these. */
            channels?: components["schemas"]["ChannelName"][] | null;
            /** @description An id of the caller's own, unique among the messages of the application. */
            eventId?: components["schemas"]["ResourceId"] | null;
            eventType: components["schemas"]["EventTypeName"];
            /** @description Any JSON object; what the endpoints get. */
            payload: {
                [key: string]: unknown;
            };
        };
        MessagePage: {
            data: components["schemas"]["Message"][];
            done: boolean;
            iterator?: string | null;
            prevIterator?: string | null;
        };
        /** @description Names and texts, at most 4096 bytes of JSON together. */
        Metadata: {
            [key: string]: string;
        };
        /** @enum {string} */
        Order: "ascending" | "descending";
        /**
         * @description What a token may do: read; read secrets; rotate them; change transformations; replay and send examples; change
         *     endpoints and their secrets.
         * @enum {string}
         */
        PortalCapability: "ViewBase" | "ViewEndpointSecret" | "ManageEndpointSecret" | "ManageTransformations" | "CreateAttempts" | "ManageEndpoint";
        Problem: {
            code: string;
            detail?: string;
        };
        RecoveryRequest: {
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            until?: string | null;
        };
        /** @description An id that the server gave, or a uid. */
        ResourceId: string;
        SecretRotation: {
            /** @description How long the old secret stays good; a day when it is left out. */
            gracePeriodSeconds?: number | null;
            /** @description The new secret; without one the server makes it. */
            key?: components["schemas"]["SigningKey"] | null;
        };
        /** @description The open server says nothing at all. */
        ServerProblem: {
            code?: string;
            detail?: string;
        };
        /** @description 24 to 75 bytes in base64 after a prefix that says of which kind they are. The hosted service does without the prefix. */
        SigningKey: string;
        /**
         * Format: uri
         * @description An address to send to, http or https. The hosted service can be set to refuse http.
         */
        TargetUrl: string;
        /** @description Messages in a second; more are held back, none are dropped. `null` is no limit. */
        ThrottleRate: number | null;
        ValidationFinding: {
            /** @description Where, from the outside in. Names are not written alike everywhere; show it, do not read it. */
            loc: (string | number)[];
            msg: string;
            type: string;
        };
        ValidationProblem: {
            detail: components["schemas"]["ValidationFinding"][];
        };
    };
    responses: {
        /** @description The application. */
        Application: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Application"];
            };
        };
        /** @description The request cannot be carried out as it stands. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"];
            };
        };
        /** @description The uid is taken, or something of the kind is under way. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"];
            };
        };
        /** @description The endpoint. */
        Endpoint: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Endpoint"];
            };
        };
        /** @description The token is good, but not for this. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"];
            };
        };
        /** @description The request does not fit; each finding says where. */
        Invalid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ValidationProblem"];
            };
        };
        /** @description The message, on its way. */
        Message: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Message"];
            };
        };
        /** @description Done. */
        NoContent: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description There is no such thing, or the token is for another application. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"];
            };
        };
        /** @description The service failed. */
        ServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ServerProblem"];
            };
        };
        /** @description The body is too large. */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"];
            };
        };
        /** @description Slow down. `Retry-After` may say for how long; nothing promises it. The open server never answers so. */
        TooManyRequests: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"];
            };
        };
        /** @description No token, one that is wrong or over, or one of another region. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description Only what was made after this time. */
        After: string;
        /** @description Id or uid of the application. */
        AppId: components["schemas"]["ResourceId"];
        /** @description Only what was made before this time. */
        Before: string;
        /** @description Only messages with this channel. */
        Channel: components["schemas"]["ChannelName"];
        /** @description Id or uid of the endpoint. */
        EndpointId: components["schemas"]["ResourceId"];
        /** @description Name of the event type. */
        EventTypeName: components["schemas"]["EventTypeName"];
        /** @description Only messages of these types, their names separated by commas. */
        EventTypes: string;
        /** @description Makes it safe to send the same request again. Keys that begin with `auto_` belong to the libraries of the vendor. */
        IdempotencyKey: string;
        /** @description Also list types that are archived. */
        IncludeArchived: boolean;
        /** @description Where to go on, from the page before. */
        Iterator: components["schemas"]["Iterator"];
        /** @description How many items a page may hold; 50 when it is left out. */
        Limit: number;
        /** @description Oldest first or newest first. */
        Order: components["schemas"]["Order"];
        /** @description Start of the range; 28 days before its end when it is left out. */
        Since: string;
        /** @description End of the range; now when it is left out. */
        Until: string;
        /** @description Also return the schemas. */
        WithContent: boolean;
        /**
         * @description Whether the payloads are part of the answer, which they are unless this is false; then an empty object stands for
         *     each of them. One that is not kept any more is `{"expired": true}`.
         */
        WithPayload: boolean;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type Application = components['schemas']['Application'];
export type ApplicationInput = components['schemas']['ApplicationInput'];
export type ApplicationPage = components['schemas']['ApplicationPage'];
export type ApplicationUid = components['schemas']['ApplicationUid'];
export type AppPortalAccess = components['schemas']['AppPortalAccess'];
export type AppPortalAccessRequest = components['schemas']['AppPortalAccessRequest'];
export type BackgroundTask = components['schemas']['BackgroundTask'];
export type BackgroundTaskStatus = components['schemas']['BackgroundTaskStatus'];
export type ChannelFilter = components['schemas']['ChannelFilter'];
export type ChannelName = components['schemas']['ChannelName'];
export type Endpoint = components['schemas']['Endpoint'];
export type EndpointCreation = components['schemas']['EndpointCreation'];
export type EndpointHeaders = components['schemas']['EndpointHeaders'];
export type EndpointHeadersPatch = components['schemas']['EndpointHeadersPatch'];
export type EndpointHeadersReplacement = components['schemas']['EndpointHeadersReplacement'];
export type EndpointPage = components['schemas']['EndpointPage'];
export type EndpointPatch = components['schemas']['EndpointPatch'];
export type EndpointReplacement = components['schemas']['EndpointReplacement'];
export type EndpointSecret = components['schemas']['EndpointSecret'];
export type EndpointStats = components['schemas']['EndpointStats'];
export type EndpointUid = components['schemas']['EndpointUid'];
export type EventType = components['schemas']['EventType'];
export type EventTypeFilter = components['schemas']['EventTypeFilter'];
export type EventTypeName = components['schemas']['EventTypeName'];
export type EventTypePage = components['schemas']['EventTypePage'];
export type ExampleRequest = components['schemas']['ExampleRequest'];
export type FeatureFlag = components['schemas']['FeatureFlag'];
export type HeaderMap = components['schemas']['HeaderMap'];
export type Iterator = components['schemas']['Iterator'];
export type Message = components['schemas']['Message'];
export type MessageCreation = components['schemas']['MessageCreation'];
export type MessagePage = components['schemas']['MessagePage'];
export type Metadata = components['schemas']['Metadata'];
export type Order = components['schemas']['Order'];
export type PortalCapability = components['schemas']['PortalCapability'];
export type Problem = components['schemas']['Problem'];
export type RecoveryRequest = components['schemas']['RecoveryRequest'];
export type ResourceId = components['schemas']['ResourceId'];
export type SecretRotation = components['schemas']['SecretRotation'];
export type ServerProblem = components['schemas']['ServerProblem'];
export type SigningKey = components['schemas']['SigningKey'];
export type TargetUrl = components['schemas']['TargetUrl'];
export type ThrottleRate = components['schemas']['ThrottleRate'];
export type ValidationFinding = components['schemas']['ValidationFinding'];
export type ValidationProblem = components['schemas']['ValidationProblem'];
export type ResponseApplication = components['responses']['Application'];
export type ResponseBadRequest = components['responses']['BadRequest'];
export type ResponseConflict = components['responses']['Conflict'];
export type ResponseEndpoint = components['responses']['Endpoint'];
export type ResponseForbidden = components['responses']['Forbidden'];
export type ResponseInvalid = components['responses']['Invalid'];
export type ResponseMessage = components['responses']['Message'];
export type ResponseNoContent = components['responses']['NoContent'];
export type ResponseNotFound = components['responses']['NotFound'];
export type ResponseServerError = components['responses']['ServerError'];
export type ResponseTooLarge = components['responses']['TooLarge'];
export type ResponseTooManyRequests = components['responses']['TooManyRequests'];
export type ResponseUnauthorized = components['responses']['Unauthorized'];
export type ParameterAfter = components['parameters']['After'];
export type ParameterAppId = components['parameters']['AppId'];
export type ParameterBefore = components['parameters']['Before'];
export type ParameterChannel = components['parameters']['Channel'];
export type ParameterEndpointId = components['parameters']['EndpointId'];
export type ParameterEventTypeName = components['parameters']['EventTypeName'];
export type ParameterEventTypes = components['parameters']['EventTypes'];
export type ParameterIdempotencyKey = components['parameters']['IdempotencyKey'];
export type ParameterIncludeArchived = components['parameters']['IncludeArchived'];
export type ParameterIterator = components['parameters']['Iterator'];
export type ParameterLimit = components['parameters']['Limit'];
export type ParameterOrder = components['parameters']['Order'];
export type ParameterSince = components['parameters']['Since'];
export type ParameterUntil = components['parameters']['Until'];
export type ParameterWithContent = components['parameters']['WithContent'];
export type ParameterWithPayload = components['parameters']['WithPayload'];
export type $defs = Record<string, never>;
export interface operations {
    listApplications: {
        parameters: {
            query?: {
                /** @description Where to go on, from the page before. */
                iterator?: components["parameters"]["Iterator"];
                /** @description How many items a page may hold; 50 when it is left out. */
                limit?: components["parameters"]["Limit"];
                /** @description Oldest first or newest first. */
                order?: components["parameters"]["Order"];
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
                    "application/json": components["schemas"]["ApplicationPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    createApplication: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send the same request again. Keys that begin with `auto_` belong to the libraries of the vendor. */
                "idempotency-key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApplicationInput"];
            };
        };
        responses: {
            201: components["responses"]["Application"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    getApplication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Application"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    replaceApplication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApplicationInput"];
            };
        };
        responses: {
            200: components["responses"]["Application"];
            201: components["responses"]["Application"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    deleteApplication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["NoContent"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    listEndpoints: {
        parameters: {
            query?: {
                /** @description Where to go on, from the page before. */
                iterator?: components["parameters"]["Iterator"];
                /** @description How many items a page may hold; 50 when it is left out. */
                limit?: components["parameters"]["Limit"];
                /** @description Oldest first or newest first. */
                order?: components["parameters"]["Order"];
            };
            header?: never;
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
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
                    "application/json": components["schemas"]["EndpointPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    createEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send the same request again. Keys that begin with `auto_` belong to the libraries of the vendor. */
                "idempotency-key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndpointCreation"];
            };
        };
        responses: {
            201: components["responses"]["Endpoint"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    getEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
                /** @description Id or uid of the endpoint. */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Endpoint"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    replaceEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
                /** @description Id or uid of the endpoint. */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndpointReplacement"];
            };
        };
        responses: {
            200: components["responses"]["Endpoint"];
            201: components["responses"]["Endpoint"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    deleteEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
                /** @description Id or uid of the endpoint. */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["NoContent"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    patchEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
                /** @description Id or uid of the endpoint. */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndpointPatch"];
            };
        };
        responses: {
            200: components["responses"]["Endpoint"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    getEndpointHeaders: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
                /** @description Id or uid of the endpoint. */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The headers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointHeaders"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    setEndpointHeaders: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
                /** @description Id or uid of the endpoint. */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndpointHeadersReplacement"];
            };
        };
        responses: {
            204: components["responses"]["NoContent"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    patchEndpointHeaders: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
                /** @description Id or uid of the endpoint. */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndpointHeadersPatch"];
            };
        };
        responses: {
            204: components["responses"]["NoContent"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    recoverEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send the same request again. Keys that begin with `auto_` belong to the libraries of the vendor. */
                "idempotency-key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
                /** @description Id or uid of the endpoint. */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecoveryRequest"];
            };
        };
        responses: {
            /** @description Begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackgroundTask"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    replayMissing: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send the same request again. Keys that begin with `auto_` belong to the libraries of the vendor. */
                "idempotency-key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
                /** @description Id or uid of the endpoint. */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecoveryRequest"];
            };
        };
        responses: {
            /** @description Begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackgroundTask"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    getEndpointSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
                /** @description Id or uid of the endpoint. */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The secret. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointSecret"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    rotateEndpointSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send the same request again. Keys that begin with `auto_` belong to the libraries of the vendor. */
                "idempotency-key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
                /** @description Id or uid of the endpoint. */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SecretRotation"];
            };
        };
        responses: {
            204: components["responses"]["NoContent"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    sendExample: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send the same request again. Keys that begin with `auto_` belong to the libraries of the vendor. */
                "idempotency-key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
                /** @description Id or uid of the endpoint. */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExampleRequest"];
            };
        };
        responses: {
            200: components["responses"]["Message"];
            202: components["responses"]["Message"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    getEndpointStats: {
        parameters: {
            query?: {
                /** @description Start of the range; 28 days before its end when it is left out. */
                since?: components["parameters"]["Since"];
                /** @description End of the range; now when it is left out. */
                until?: components["parameters"]["Until"];
            };
            header?: never;
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
                /** @description Id or uid of the endpoint. */
                endpointId: components["parameters"]["EndpointId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The counts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointStats"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    listMessages: {
        parameters: {
            query?: {
                /** @description Only what was made after this time. */
                after?: components["parameters"]["After"];
                /** @description Only what was made before this time. */
                before?: components["parameters"]["Before"];
                /** @description Only messages with this channel. */
                channel?: components["parameters"]["Channel"];
                /** @description Only messages of these types, their names separated by commas. */
                event_types?: components["parameters"]["EventTypes"];
                /** @description Where to go on, from the page before. */
                iterator?: components["parameters"]["Iterator"];
                /** @description How many items a page may hold; 50 when it is left out. */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Whether the payloads are part of the answer, which they are unless this is false; then an empty object stands for
                 *     each of them. One that is not kept any more is `{"expired": true}`.
                 */
                with_content?: components["parameters"]["WithPayload"];
            };
            header?: never;
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
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
                    "application/json": components["schemas"]["MessagePage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    createMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send the same request again. Keys that begin with `auto_` belong to the libraries of the vendor. */
                "idempotency-key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MessageCreation"];
            };
        };
        responses: {
            202: components["responses"]["Message"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    createAppPortalAccess: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send the same request again. Keys that begin with `auto_` belong to the libraries of the vendor. */
                "idempotency-key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Id or uid of the application. */
                appId: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AppPortalAccessRequest"];
            };
        };
        responses: {
            /** @description Link and token; both are secrets. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppPortalAccess"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["NoContent"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
            /** @description The open server keeps no list of tokens. */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEventTypes: {
        parameters: {
            query?: {
                /** @description Also list types that are archived. */
                include_archived?: components["parameters"]["IncludeArchived"];
                /** @description Where to go on, from the page before. */
                iterator?: components["parameters"]["Iterator"];
                /** @description How many items a page may hold; 50 when it is left out. */
                limit?: components["parameters"]["Limit"];
                /** @description Oldest first or newest first. */
                order?: components["parameters"]["Order"];
                /** @description Also return the schemas. */
                with_content?: components["parameters"]["WithContent"];
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
                    "application/json": components["schemas"]["EventTypePage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    getEventType: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of the event type. */
                eventTypeName: components["parameters"]["EventTypeName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The event type. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventType"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
}
