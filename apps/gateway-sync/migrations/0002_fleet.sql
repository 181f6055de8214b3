CREATE TABLE "gateway_sync"."file_generation" (
	"instance" text NOT NULL,
	"file" text NOT NULL,
	"generation" bigint NOT NULL,
	CONSTRAINT "file_generation_instance_file_pk" PRIMARY KEY("instance","file")
);
--> statement-breakpoint
CREATE TABLE "gateway_sync"."replica" (
	"id" text PRIMARY KEY NOT NULL,
	"instance" text NOT NULL,
	"generation" bigint NOT NULL,
	"version" text NOT NULL,
	"beat_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "gateway_sync"."tenant_record" (
	"instance" text NOT NULL,
	"tenant" text NOT NULL,
	"format" integer,
	"record" jsonb,
	"memory" jsonb,
	"report" jsonb,
	"pause" jsonb,
	"quota" jsonb,
	"changed_in" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	CONSTRAINT "tenant_record_instance_tenant_pk" PRIMARY KEY("instance","tenant")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "file_generation_order" ON "gateway_sync"."file_generation" USING btree ("instance","generation");--> statement-breakpoint
CREATE INDEX "replica_instance" ON "gateway_sync"."replica" USING btree ("instance");--> statement-breakpoint
CREATE INDEX "tenant_record_changes" ON "gateway_sync"."tenant_record" USING btree ("instance","changed_in");