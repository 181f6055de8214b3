// Made from specs/emporix-oauth.yaml by `pnpm generate`. Do not edit: change the source and run it again.

export {};
