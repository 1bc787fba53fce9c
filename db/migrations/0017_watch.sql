CREATE TABLE "standing_jobs" (
	"job" text PRIMARY KEY NOT NULL,
	"leased_until" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "watch_findings" (
	"kind" text NOT NULL,
	"id" text NOT NULL,
	"since" timestamptz(3) NOT NULL,
	"found_at" timestamptz(3) NOT NULL,
	"gone_at" timestamptz(3),
	"told" boolean DEFAULT false NOT NULL,
	CONSTRAINT "watch_findings_kind_id_pk" PRIMARY KEY("kind","id")
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"id" text PRIMARY KEY NOT NULL,
	"subscription_id" uuid NOT NULL,
	"case_id" text NOT NULL,
	"position" bigint NOT NULL,
	"body" text NOT NULL,
	"status" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"outcome" text,
	"settled_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "webhook_subscriptions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"secret" text NOT NULL,
	"events" jsonb,
	"organ" text NOT NULL,
	"scope" jsonb NOT NULL,
	"state" text NOT NULL,
	"position" bigint NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE INDEX "watch_findings_standing" ON "watch_findings" USING btree ("kind","since") WHERE "watch_findings"."gone_at" is null;--> statement-breakpoint
CREATE INDEX "watch_findings_untold" ON "watch_findings" USING btree ("kind") WHERE not "watch_findings"."told";--> statement-breakpoint
CREATE INDEX "webhook_deliveries_due" ON "webhook_deliveries" USING btree ("due_at") WHERE "webhook_deliveries"."status" = 'waiting';--> statement-breakpoint
CREATE INDEX "webhook_deliveries_unsettled" ON "webhook_deliveries" USING btree ("subscription_id","case_id","position") WHERE "webhook_deliveries"."status" in ('waiting', 'dead');--> statement-breakpoint
CREATE INDEX "webhook_deliveries_list" ON "webhook_deliveries" USING btree ("subscription_id","status","position");