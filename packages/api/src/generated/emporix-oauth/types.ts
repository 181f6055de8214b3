// Made from specs/emporix-oauth.yaml by `pnpm generate`. Do not edit: change the source and run it again.

export interface paths {
    "/oauth/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get a service access token
         * @description Scopes that the key does not have are left out without an error: compare `scope` of the answer with what was asked
         *     for. Without `scope` the token has all scopes of the key.
         */
        post: operations["requestToken"];
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
        Fault: {
            detail?: components["schemas"]["FaultDetail"];
            faultstring: string;
        };
        FaultDetail: {
            errorcode?: string;
        };
        GatewayFault: {
            fault: components["schemas"]["Fault"];
        };
        OAuthError: {
            Error: string;
            ErrorCode: string;
        };
        Token: {
            access_token: string;
            /** @description Seconds until the token runs out. */
            expires_in: number;
            /** @description Always empty for services. */
            refresh_token?: string | null;
            /** @description Without meaning for services. */
            refresh_token_expires_in?: number;
            /** @description The scopes granted, and `tenant={tenant}` as the last word. */
            scope?: string;
            /** @description Without meaning for services. */
            session_idle_time?: number;
            token_type: string;
        };
        /** @description The gateway reports errors in two shapes. */
        TokenError: components["schemas"]["GatewayFault"] | components["schemas"]["OAuthError"];
        TokenRequest: {
            client_id: string;
            client_secret: string;
            /** @constant */
            grant_type: "client_credentials";
            /** @description Scopes separated by blanks; may begin with `tenant={tenant}`. */
            scope?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type Fault = components['schemas']['Fault'];
export type FaultDetail = components['schemas']['FaultDetail'];
export type GatewayFault = components['schemas']['GatewayFault'];
export type OAuthError = components['schemas']['OAuthError'];
export type Token = components['schemas']['Token'];
export type TokenError = components['schemas']['TokenError'];
export type TokenRequest = components['schemas']['TokenRequest'];
export type $defs = Record<string, never>;
export interface operations {
    requestToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description A token. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"];
                };
            };
            /** @description A parameter is missing or not supported. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenError"];
                };
            };
            /** @description The client id is unknown or the secret is wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenError"];
                };
            };
            /** @description The service failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenError"];
                };
            };
        };
    };
}
