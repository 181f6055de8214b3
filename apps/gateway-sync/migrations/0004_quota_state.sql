CREATE TABLE "gateway_sync"."notification" (
	"id" text PRIMARY KEY NOT NULL,
	"instance" text NOT NULL,
	"tenant" text NOT NULL,
	"subject" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"payload" jsonb NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone,
	"outcome" text
);
--> statement-breakpoint
ALTER TABLE "gateway_sync"."tenant_record" ADD COLUMN "quota_state" jsonb;--> statement-breakpoint
CREATE UNIQUE INDEX "notification_subject" ON "gateway_sync"."notification" USING btree ("instance","tenant","subject");--> statement-breakpoint
CREATE INDEX "notification_due" ON "gateway_sync"."notification" USING btree ("instance","due_at");--> statement-breakpoint
CREATE INDEX "notification_retention" ON "gateway_sync"."notification" USING btree ("at");