CREATE TABLE "gateway_sync"."audit_record" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "gateway_sync"."audit_record_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tenant" text NOT NULL,
	"instance" text NOT NULL,
	"actor" text NOT NULL,
	"reconcile_id" text NOT NULL,
	"trigger" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"outcome" text NOT NULL,
	"checksum" text NOT NULL,
	"resource" text NOT NULL,
	"type" text NOT NULL,
	"action_id" text NOT NULL,
	"name" text NOT NULL,
	"reason" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"secrets" jsonb NOT NULL,
	"status" text NOT NULL,
	"code" integer,
	"message" text
);
--> statement-breakpoint
CREATE TABLE "gateway_sync"."owned_thing" (
	"tenant" text NOT NULL,
	"resource" text NOT NULL,
	"key" text NOT NULL,
	"instance" text NOT NULL,
	"first_owned_at" timestamp (3) with time zone NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL,
	"version" bigint,
	"settings" jsonb NOT NULL,
	"fingerprints" jsonb NOT NULL,
	"pending" boolean NOT NULL,
	CONSTRAINT "owned_thing_tenant_resource_key_pk" PRIMARY KEY("tenant","resource","key")
);
--> statement-breakpoint
CREATE TABLE "gateway_sync"."quota_reading" (
	"tenant" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"month" text NOT NULL,
	"used" double precision NOT NULL,
	"limit" double precision,
	"percent" double precision,
	"crossed" jsonb NOT NULL,
	CONSTRAINT "quota_reading_tenant_at_pk" PRIMARY KEY("tenant","at")
);
--> statement-breakpoint
CREATE TABLE "gateway_sync"."setting" (
	"name" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL
);
--> statement-breakpoint
CREATE INDEX "audit_record_history" ON "gateway_sync"."audit_record" USING btree ("tenant","id");--> statement-breakpoint
CREATE INDEX "audit_record_retention" ON "gateway_sync"."audit_record" USING btree ("at");--> statement-breakpoint
CREATE INDEX "quota_reading_retention" ON "gateway_sync"."quota_reading" USING btree ("at");