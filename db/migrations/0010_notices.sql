CREATE TABLE "contacts" (
	"owner" text NOT NULL,
	"ordinal" integer NOT NULL,
	"name" text NOT NULL,
	"mail" text,
	"phone" text,
	CONSTRAINT "contacts_owner_ordinal_pk" PRIMARY KEY("owner","ordinal")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"message_id" text NOT NULL,
	"channel" text NOT NULL,
	"owner" text NOT NULL,
	"ordinal" integer NOT NULL,
	"day" date,
	"queued_at" timestamptz(3) NOT NULL,
	"status" text NOT NULL,
	"reason" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"leased_until" timestamptz(3),
	"begun" boolean DEFAULT false NOT NULL,
	"late" boolean DEFAULT false NOT NULL,
	"sent_at" timestamptz(3),
	"passed_on" boolean DEFAULT false NOT NULL,
	"address" text,
	"subject" text,
	"body" text
);
--> statement-breakpoint
CREATE TABLE "outbox_notices" (
	"outbox_id" text NOT NULL,
	"notice_id" text NOT NULL,
	CONSTRAINT "outbox_notices_outbox_id_notice_id_pk" PRIMARY KEY("outbox_id","notice_id")
);
--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "late" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "settled_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "subject" text;--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "body" text;--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "reported" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_message" ON "outbox" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "outbox_open" ON "outbox" USING btree ("status","leased_until");--> statement-breakpoint
CREATE INDEX "outbox_day" ON "outbox" USING btree ("day","owner");--> statement-breakpoint
CREATE INDEX "outbox_notices_notice" ON "outbox_notices" USING btree ("notice_id");--> statement-breakpoint
CREATE INDEX "notices_queued" ON "notices" USING btree ("queued_at","id");