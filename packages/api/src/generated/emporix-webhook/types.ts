// Made from specs/emporix-webhook.yaml by `pnpm generate`. Do not edit: change the source and run it again.

export interface paths {
    "/webhook/{tenant}/config": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The tenant's name, in lower case. */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        /**
         * List the delivery configs
         * @description Returns every delivery config of the tenant; at most one for each provider. The order means nothing.
         */
        get: operations["listConfigs"];
        put?: never;
        /**
         * Create a delivery config
         * @description Fails with 409 when the provider is configured already. An active config takes over from the one that was active
         *     before. Entries of an HTTP config get their `id` from the server: sending one is an error.
         */
        post: operations["createConfig"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook/{tenant}/config/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The code that the config was created with. */
                code: components["parameters"]["ConfigCode"];
                /** @description The tenant's name, in lower case. */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        /**
         * Read one delivery config
         * @description Secrets never come back; `secretKeyExists` says whether one is set. Header values come back in clear.
         */
        get: operations["getConfig"];
        /**
         * Replace a delivery config
         * @description Replaces everything but the code. Known entry ids must be kept; an unknown or repeated id is an error. An entry
         *     without an id gets a new one, unless it is the only entry for its event type on both sides: then the id stays.
         */
        put: operations["replaceConfig"];
        post?: never;
        /**
         * Delete a delivery config
         * @description An active config is deleted only with `force=true`.
         */
        delete: operations["deleteConfig"];
        options?: never;
        head?: never;
        /**
         * Change parts of a delivery config
         * @description Takes a list of operations. This is not JSON Patch: the only operations are `UPSERT` and `REMOVE`, and the paths are
         *     the ones of the schemas below. The paths that address an entry by its event type are older; they answer 409 when
         *     several entries share the type.
         */
        patch: operations["patchConfig"];
        trace?: never;
    };
    "/webhook/{tenant}/dashboard-access": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The tenant's name, in lower case. */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        /**
         * Get a login link and token for the tenant's Svix application
         * @description Both values are secrets: whoever holds them can manage the tenant's endpoints. Each call makes new ones.
         *     The application's id in Svix is the tenant's name.
         */
        get: operations["getDashboardAccess"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook/{tenant}/event-subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The tenant's name, in lower case. */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        /**
         * List all event types with the tenant's subscriptions
         * @description Returns the whole catalogue in one answer, one row for each event type. A type that nobody ever touched has the
         *     state `NONE` and empty metadata.
         */
        get: operations["listSubscriptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Subscribe, unsubscribe, choose fields
         * @description Takes up to 200 items and judges each on its own: the answer is 207 with one result for each item. An item that
         *     quotes a `metadata.version` is applied only if that is still the current one; one that quotes none is always
         *     applied.
         */
        patch: operations["updateSubscriptions"];
        trace?: never;
    };
    "/webhook/{tenant}/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The tenant's name, in lower case. */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        /**
         * Read how many events were sent, month by month
         * @description Counts events that the shared Svix account sent. A month in which nothing was sent may be left out.
         */
        get: operations["getStatistics"];
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
        /** @description Access is refused by the gateway or by the service, and each has its own shape. */
        AccessError: components["schemas"]["GatewayFault"] | components["schemas"]["ErrorMessage"];
        /** @description A delivery config as it is read back. */
        Config: components["schemas"]["SvixSharedConfig"] | components["schemas"]["SvixConfig"] | components["schemas"]["HttpConfig"];
        /** @description Whether events leave by this config. Exactly one config of a tenant is active. */
        ConfigActive: boolean;
        /** @description Names one delivery config of a tenant; chosen at creation, never changed, any text. */
        ConfigCode: string;
        ConfigCreated: {
            code: components["schemas"]["ConfigCode"];
        };
        /** @description A new delivery config; `provider` says which kind. */
        ConfigCreation: components["schemas"]["SvixSharedConfigCreation"] | components["schemas"]["SvixConfigCreation"] | components["schemas"]["HttpConfigCreation"];
        ConfigList: components["schemas"]["Config"][];
        ConfigPatch: components["schemas"]["ConfigPatchOperation"][];
        /** @description One change; `path` says which value fits. */
        ConfigPatchOperation: components["schemas"]["UpsertActive"] | components["schemas"]["UpsertConfiguration"] | components["schemas"]["UpsertText"] | components["schemas"]["UpsertHeaders"] | components["schemas"]["UpsertTargets"] | components["schemas"]["UpsertTarget"] | components["schemas"]["UpsertExcludedFields"] | components["schemas"]["RemovePart"];
        /** @description The new content of a delivery config; `provider` says which kind. */
        ConfigReplacement: components["schemas"]["SvixSharedConfigReplacement"] | components["schemas"]["SvixConfigReplacement"] | components["schemas"]["HttpConfigReplacement"];
        ConfigurationWrite: components["schemas"]["SvixConfiguration"] | components["schemas"]["HttpConfiguration"];
        DashboardAccess: {
            /** @description Bearer token for the Svix API, limited to this tenant's application. A secret. */
            token: string;
            /** @description Logs its holder in. A secret. */
            url: string;
        };
        /** @description Where events are posted to. It must answer HEAD or OPTIONS with success when it is set. */
        DestinationUrl: string;
        /** @description Nothing to set, or nothing that may be read back. */
        EmptyConfiguration: Record<string, unknown>;
        /** @description How the service itself reports an error. */
        ErrorMessage: {
            /** @description The HTTP status. */
            code: number;
            details?: string[];
            message?: string;
            /** @description The reason phrase. */
            status: string;
        };
        EventDescription: {
            description?: components["schemas"]["LocalizedText"];
            eventSchema?: components["schemas"]["EventSchema"];
            group?: components["schemas"]["LocalizedText"];
            name?: components["schemas"]["LocalizedText"];
            type: components["schemas"]["EventType"];
        };
        /**
         * @description The payload's shape in a notation of its own: each leaf is the name of a type (`String`, `Number`, `Map`, …). Not a
         *     JSON Schema.
         */
        EventSchema: {
            [key: string]: unknown;
        };
        /** @description One event type and what the tenant made of it. */
        EventSubscription: {
            event: components["schemas"]["EventDescription"];
            excludedFields?: components["schemas"]["FieldNameList"];
            metadata: components["schemas"]["SubscriptionMetadata"];
            subscription: components["schemas"]["SubscriptionState"];
        };
        EventSubscriptionList: components["schemas"]["EventSubscription"][];
        /** @description Name of an event type. Upper and lower case mean the same; the service answers in lower case. */
        EventType: string;
        Fault: {
            detail?: components["schemas"]["FaultDetail"];
            faultstring: string;
        };
        FaultDetail: {
            errorcode?: string;
        };
        /** @description Top-level fields of the payload. */
        FieldNameList: string[];
        /** @description How the API gateway in front of the service reports an error. */
        GatewayFault: {
            fault: components["schemas"]["Fault"];
        };
        HttpConfig: {
            active: components["schemas"]["ConfigActive"];
            code: components["schemas"]["ConfigCode"];
            configuration?: components["schemas"]["HttpConfigurationView"];
            /** @constant */
            provider: "HTTP";
        };
        HttpConfigCreation: {
            active?: components["schemas"]["ConfigActive"];
            code: components["schemas"]["ConfigCode"];
            configuration: components["schemas"]["HttpConfiguration"];
            /** @constant */
            provider: "HTTP";
        };
        HttpConfigReplacement: {
            active?: components["schemas"]["ConfigActive"];
            configuration: components["schemas"]["HttpConfiguration"];
            /** @constant */
            provider: "HTTP";
        };
        HttpConfiguration: {
            destinationUrl?: components["schemas"]["DestinationUrl"];
            eventsConfiguration?: components["schemas"]["TargetWriteList"];
            headers?: components["schemas"]["HttpHeaders"];
            secretKey?: components["schemas"]["SigningKey"];
        };
        HttpConfigurationView: {
            destinationUrl?: components["schemas"]["DestinationUrl"];
            eventsConfiguration?: components["schemas"]["TargetViewList"];
            headers?: components["schemas"]["HttpHeaders"];
            secretKeyExists?: boolean;
        };
        /** @description Headers to add to each delivery, by name. */
        HttpHeaders: {
            [key: string]: components["schemas"]["HttpHeaderValue"];
        };
        HttpHeaderValue: {
            value: string;
        };
        /** @description Text by language code. */
        LocalizedText: {
            [key: string]: string;
        };
        MonthStatistics: {
            statisticsMonth: components["schemas"]["YearMonth"];
            /** @description Events sent in that month. The missing letter is the service's. */
            succesfullySentWebhooks: number;
        };
        MonthStatisticsList: components["schemas"]["MonthStatistics"][];
        /** @description Removes headers, all entries, or one entry. */
        RemovePart: {
            /** @constant */
            op: "REMOVE";
            path: string;
        };
        /**
         * @description Key of the signature in `emporix-event-signature`: Base64 of HMAC-SHA256 over the body as canonical JSON. Never
         *     read back.
         */
        SigningKey: string;
        Statistics: {
            monthStatistics: components["schemas"]["MonthStatisticsList"];
            /** @description Events that the tenant may send in one month. */
            webhooksLimit: number;
        };
        /** @enum {string} */
        SubscriptionAction: "SUBSCRIBE" | "UNSUBSCRIBE";
        /** @description Empty for an event type that nobody ever touched. */
        SubscriptionMetadata: {
            /** Format: date-time */
            createdAt?: string;
            /** Format: date-time */
            modifiedAt?: string;
            version?: components["schemas"]["SubscriptionVersion"];
        };
        /** @enum {string} */
        SubscriptionState: "SUBSCRIBED" | "UNSUBSCRIBED" | "NONE";
        SubscriptionUpdate: {
            action?: components["schemas"]["SubscriptionAction"];
            eventType: components["schemas"]["EventType"];
            fieldsToSubscribe?: components["schemas"]["FieldNameList"];
            fieldsToUnsubscribe?: components["schemas"]["FieldNameList"];
            metadata?: components["schemas"]["SubscriptionUpdateMetadata"];
        };
        SubscriptionUpdateList: components["schemas"]["SubscriptionUpdate"][];
        SubscriptionUpdateMetadata: {
            version?: components["schemas"]["SubscriptionVersion"];
        };
        SubscriptionUpdateResult: {
            /** @description An HTTP status for this item. */
            code: number;
            eventType: components["schemas"]["EventType"];
            message?: string;
            status: string;
        };
        SubscriptionUpdateResultList: components["schemas"]["SubscriptionUpdateResult"][];
        /** @description Grows by one with each change. */
        SubscriptionVersion: number;
        SvixConfig: {
            active: components["schemas"]["ConfigActive"];
            code: components["schemas"]["ConfigCode"];
            configuration?: components["schemas"]["EmptyConfiguration"];
            /** @constant */
            provider: "SVIX";
        };
        SvixConfigCreation: {
            active?: components["schemas"]["ConfigActive"];
            code: components["schemas"]["ConfigCode"];
            configuration: components["schemas"]["SvixConfiguration"];
            /** @constant */
            provider: "SVIX";
        };
        SvixConfigReplacement: {
            active?: components["schemas"]["ConfigActive"];
            configuration: components["schemas"]["SvixConfiguration"];
            /** @constant */
            provider: "SVIX";
        };
        SvixConfiguration: {
            /** @description Becomes the `Authorization` header towards Svix as it stands, so it includes `Bearer ` where Svix wants it. */
            apiKey: string;
        };
        SvixSharedConfig: {
            active: components["schemas"]["ConfigActive"];
            code: components["schemas"]["ConfigCode"];
            configuration?: components["schemas"]["EmptyConfiguration"];
            /** @constant */
            provider: "SVIX_SHARED";
        };
        SvixSharedConfigCreation: {
            active?: components["schemas"]["ConfigActive"];
            code: components["schemas"]["ConfigCode"];
            configuration?: components["schemas"]["EmptyConfiguration"];
            /** @constant */
            provider: "SVIX_SHARED";
        };
        SvixSharedConfigReplacement: {
            active?: components["schemas"]["ConfigActive"];
            configuration?: components["schemas"]["EmptyConfiguration"];
            /** @constant */
            provider: "SVIX_SHARED";
        };
        /** @description False drops the events of this entry before filter and delivery. */
        TargetActive: boolean;
        /**
         * @description Top-level payload fields to leave out. Null or absent takes over the subscription's list; an empty list leaves
         *     nothing out.
         */
        TargetExcludedFields: string[] | null;
        /** @description A JSONPath predicate in the Jayway dialect over the payload. Empty or absent, everything matches. */
        TargetFilter: string;
        /** @description Given by the server, never changed. Refused in a creation. */
        TargetId: string;
        /** @description A label for people; without effect. */
        TargetLabel: string;
        TargetView: {
            active: components["schemas"]["TargetActive"];
            destinationUrl?: components["schemas"]["DestinationUrl"];
            eventType: components["schemas"]["EventType"];
            excludedFields?: components["schemas"]["TargetExcludedFields"];
            filter?: components["schemas"]["TargetFilter"];
            headers?: components["schemas"]["HttpHeaders"];
            id: components["schemas"]["TargetId"];
            name?: components["schemas"]["TargetLabel"];
            secretKeyExists?: boolean;
        };
        TargetViewList: components["schemas"]["TargetView"][];
        /** @description One destination for one event type. Several may share the type. */
        TargetWrite: {
            active?: components["schemas"]["TargetActive"];
            destinationUrl: components["schemas"]["DestinationUrl"];
            eventType: components["schemas"]["EventType"];
            excludedFields?: components["schemas"]["TargetExcludedFields"];
            filter?: components["schemas"]["TargetFilter"];
            headers?: components["schemas"]["HttpHeaders"];
            id?: components["schemas"]["TargetId"];
            name?: components["schemas"]["TargetLabel"];
            secretKey?: components["schemas"]["SigningKey"];
        };
        TargetWriteList: components["schemas"]["TargetWrite"][];
        TenantName: string;
        /** @description Switches the config, or one entry, on or off. */
        UpsertActive: {
            /** @constant */
            op: "UPSERT";
            path: string;
            value: boolean;
        };
        /** @description Replaces the whole configuration. */
        UpsertConfiguration: {
            /** @constant */
            op: "UPSERT";
            path: string;
            value: components["schemas"]["ConfigurationWrite"];
        };
        /** @description Sets the fields that one entry leaves out. */
        UpsertExcludedFields: {
            /** @constant */
            op: "UPSERT";
            path: string;
            value: components["schemas"]["TargetExcludedFields"];
        };
        /** @description Replaces the headers of the config or of one entry. */
        UpsertHeaders: {
            /** @constant */
            op: "UPSERT";
            path: string;
            value: components["schemas"]["HttpHeaders"];
        };
        /** @description Creates an entry (path without an id) or replaces one. */
        UpsertTarget: {
            /** @constant */
            op: "UPSERT";
            path: string;
            value: components["schemas"]["TargetWrite"];
        };
        /** @description Replaces all entries. An empty list is refused; remove the path instead. */
        UpsertTargets: {
            /** @constant */
            op: "UPSERT";
            path: string;
            value: components["schemas"]["TargetWriteList"];
        };
        /** @description Sets an API key, a destination, a signing key, a filter or a label. */
        UpsertText: {
            /** @constant */
            op: "UPSERT";
            path: string;
            value: string;
        };
        /** @description A calendar month as `YYYY-MM`. */
        YearMonth: string;
    };
    responses: {
        /** @description The request does not make sense; the details say where. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorMessage"];
            };
        };
        /**
         * @description The provider is configured already, the config is active or the last one, an older path is ambiguous, or somebody
         *     else was faster.
         */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorMessage"];
            };
        };
        /** @description The token lacks a scope, or may not touch this tenant. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AccessError"];
            };
        };
        /** @description The service failed. */
        InternalError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorMessage"];
            };
        };
        /** @description Done. Read the config to see what became of it. */
        NoContent: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description There is no such thing. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorMessage"];
            };
        };
        /** @description No token, or one that is invalid or expired. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AccessError"];
            };
        };
    };
    parameters: {
        /** @description Languages for names and descriptions, with weights; without it the tenant's default language. */
        AcceptLanguage: string;
        /** @description The code that the config was created with. */
        ConfigCode: components["schemas"]["ConfigCode"];
        /** @description Also delete a config that is active. */
        Force: boolean;
        /** @description First month to return. */
        FromYearMonth: components["schemas"]["YearMonth"];
        /** @description The tenant's name, in lower case. */
        Tenant: components["schemas"]["TenantName"];
        /** @description Last month to return. */
        ToYearMonth: components["schemas"]["YearMonth"];
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type AccessError = components['schemas']['AccessError'];
export type Config = components['schemas']['Config'];
export type ConfigActive = components['schemas']['ConfigActive'];
export type ConfigCode = components['schemas']['ConfigCode'];
export type ConfigCreated = components['schemas']['ConfigCreated'];
export type ConfigCreation = components['schemas']['ConfigCreation'];
export type ConfigList = components['schemas']['ConfigList'];
export type ConfigPatch = components['schemas']['ConfigPatch'];
export type ConfigPatchOperation = components['schemas']['ConfigPatchOperation'];
export type ConfigReplacement = components['schemas']['ConfigReplacement'];
export type ConfigurationWrite = components['schemas']['ConfigurationWrite'];
export type DashboardAccess = components['schemas']['DashboardAccess'];
export type DestinationUrl = components['schemas']['DestinationUrl'];
export type EmptyConfiguration = components['schemas']['EmptyConfiguration'];
export type ErrorMessage = components['schemas']['ErrorMessage'];
export type EventDescription = components['schemas']['EventDescription'];
export type EventSchema = components['schemas']['EventSchema'];
export type EventSubscription = components['schemas']['EventSubscription'];
export type EventSubscriptionList = components['schemas']['EventSubscriptionList'];
export type EventType = components['schemas']['EventType'];
export type Fault = components['schemas']['Fault'];
export type FaultDetail = components['schemas']['FaultDetail'];
export type FieldNameList = components['schemas']['FieldNameList'];
export type GatewayFault = components['schemas']['GatewayFault'];
export type HttpConfig = components['schemas']['HttpConfig'];
export type HttpConfigCreation = components['schemas']['HttpConfigCreation'];
export type HttpConfigReplacement = components['schemas']['HttpConfigReplacement'];
export type HttpConfiguration = components['schemas']['HttpConfiguration'];
export type HttpConfigurationView = components['schemas']['HttpConfigurationView'];
export type HttpHeaders = components['schemas']['HttpHeaders'];
export type HttpHeaderValue = components['schemas']['HttpHeaderValue'];
export type LocalizedText = components['schemas']['LocalizedText'];
export type MonthStatistics = components['schemas']['MonthStatistics'];
export type MonthStatisticsList = components['schemas']['MonthStatisticsList'];
export type RemovePart = components['schemas']['RemovePart'];
export type SigningKey = components['schemas']['SigningKey'];
export type Statistics = components['schemas']['Statistics'];
export type SubscriptionAction = components['schemas']['SubscriptionAction'];
export type SubscriptionMetadata = components['schemas']['SubscriptionMetadata'];
export type SubscriptionState = components['schemas']['SubscriptionState'];
export type SubscriptionUpdate = components['schemas']['SubscriptionUpdate'];
export type SubscriptionUpdateList = components['schemas']['SubscriptionUpdateList'];
export type SubscriptionUpdateMetadata = components['schemas']['SubscriptionUpdateMetadata'];
export type SubscriptionUpdateResult = components['schemas']['SubscriptionUpdateResult'];
export type SubscriptionUpdateResultList = components['schemas']['SubscriptionUpdateResultList'];
export type SubscriptionVersion = components['schemas']['SubscriptionVersion'];
export type SvixConfig = components['schemas']['SvixConfig'];
export type SvixConfigCreation = components['schemas']['SvixConfigCreation'];
export type SvixConfigReplacement = components['schemas']['SvixConfigReplacement'];
export type SvixConfiguration = components['schemas']['SvixConfiguration'];
export type SvixSharedConfig = components['schemas']['SvixSharedConfig'];
export type SvixSharedConfigCreation = components['schemas']['SvixSharedConfigCreation'];
export type SvixSharedConfigReplacement = components['schemas']['SvixSharedConfigReplacement'];
export type TargetActive = components['schemas']['TargetActive'];
export type TargetExcludedFields = components['schemas']['TargetExcludedFields'];
export type TargetFilter = components['schemas']['TargetFilter'];
export type TargetId = components['schemas']['TargetId'];
export type TargetLabel = components['schemas']['TargetLabel'];
export type TargetView = components['schemas']['TargetView'];
export type TargetViewList = components['schemas']['TargetViewList'];
export type TargetWrite = components['schemas']['TargetWrite'];
export type TargetWriteList = components['schemas']['TargetWriteList'];
export type TenantName = components['schemas']['TenantName'];
export type UpsertActive = components['schemas']['UpsertActive'];
export type UpsertConfiguration = components['schemas']['UpsertConfiguration'];
export type UpsertExcludedFields = components['schemas']['UpsertExcludedFields'];
export type UpsertHeaders = components['schemas']['UpsertHeaders'];
export type UpsertTarget = components['schemas']['UpsertTarget'];
export type UpsertTargets = components['schemas']['UpsertTargets'];
export type UpsertText = components['schemas']['UpsertText'];
export type YearMonth = components['schemas']['YearMonth'];
export type ResponseBadRequest = components['responses']['BadRequest'];
export type ResponseConflict = components['responses']['Conflict'];
export type ResponseForbidden = components['responses']['Forbidden'];
export type ResponseInternalError = components['responses']['InternalError'];
export type ResponseNoContent = components['responses']['NoContent'];
export type ResponseNotFound = components['responses']['NotFound'];
export type ResponseUnauthorized = components['responses']['Unauthorized'];
export type ParameterAcceptLanguage = components['parameters']['AcceptLanguage'];
export type ParameterConfigCode = components['parameters']['ConfigCode'];
export type ParameterForce = components['parameters']['Force'];
export type ParameterFromYearMonth = components['parameters']['FromYearMonth'];
export type ParameterTenant = components['parameters']['Tenant'];
export type ParameterToYearMonth = components['parameters']['ToYearMonth'];
export type $defs = Record<string, never>;
export interface operations {
    listConfigs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The tenant's name, in lower case. */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All delivery configs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfigList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalError"];
        };
    };
    createConfig: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The tenant's name, in lower case. */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfigCreation"];
            };
        };
        responses: {
            /** @description Created. Only the code comes back; read the config to see the rest. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfigCreated"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            500: components["responses"]["InternalError"];
        };
    };
    getConfig: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The code that the config was created with. */
                code: components["parameters"]["ConfigCode"];
                /** @description The tenant's name, in lower case. */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery config. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Config"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalError"];
        };
    };
    replaceConfig: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The code that the config was created with. */
                code: components["parameters"]["ConfigCode"];
                /** @description The tenant's name, in lower case. */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfigReplacement"];
            };
        };
        responses: {
            204: components["responses"]["NoContent"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            500: components["responses"]["InternalError"];
        };
    };
    deleteConfig: {
        parameters: {
            query?: {
                /** @description Also delete a config that is active. */
                force?: components["parameters"]["Force"];
            };
            header?: never;
            path: {
                /** @description The code that the config was created with. */
                code: components["parameters"]["ConfigCode"];
                /** @description The tenant's name, in lower case. */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: components["responses"]["NoContent"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            500: components["responses"]["InternalError"];
        };
    };
    patchConfig: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The code that the config was created with. */
                code: components["parameters"]["ConfigCode"];
                /** @description The tenant's name, in lower case. */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfigPatch"];
            };
        };
        responses: {
            204: components["responses"]["NoContent"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            500: components["responses"]["InternalError"];
        };
    };
    getDashboardAccess: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The tenant's name, in lower case. */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Link and token. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DashboardAccess"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalError"];
        };
    };
    listSubscriptions: {
        parameters: {
            query?: never;
            header?: {
                /** @description Languages for names and descriptions, with weights; without it the tenant's default language. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
            };
            path: {
                /** @description The tenant's name, in lower case. */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The catalogue. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventSubscriptionList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalError"];
        };
    };
    updateSubscriptions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The tenant's name, in lower case. */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubscriptionUpdateList"];
            };
        };
        responses: {
            /** @description One result for each item of the request. */
            207: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionUpdateResultList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            500: components["responses"]["InternalError"];
        };
    };
    getStatistics: {
        parameters: {
            query?: {
                /** @description First month to return. */
                fromYearMonth?: components["parameters"]["FromYearMonth"];
                /** @description Last month to return. */
                toYearMonth?: components["parameters"]["ToYearMonth"];
            };
            header?: never;
            path: {
                /** @description The tenant's name, in lower case. */
                tenant: components["parameters"]["Tenant"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The counts, and the limit for one month. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Statistics"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalError"];
        };
    };
}
