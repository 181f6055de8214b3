CREATE TABLE "gateway_sync"."request_budget" (
	"upstream" text PRIMARY KEY NOT NULL,
	"free_at" timestamp with time zone NOT NULL
);
