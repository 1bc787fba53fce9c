CREATE TABLE "class_reviews" (
	"id" uuid PRIMARY KEY NOT NULL,
	"year" integer NOT NULL,
	"area" text NOT NULL,
	"requested_by" text NOT NULL,
	"status" text NOT NULL,
	"started_at" timestamptz(3) NOT NULL,
	"finished_at" timestamptz(3),
	"reached" text DEFAULT '' NOT NULL,
	"holders" integer DEFAULT 0 NOT NULL,
	"mismatches" integer DEFAULT 0 NOT NULL,
	"unreadable" integer DEFAULT 0 NOT NULL,
	"leased_until" timestamptz(3)
);
--> statement-breakpoint
CREATE TABLE "clean_up_items" (
	"batch" text NOT NULL,
	"permit_no" text NOT NULL,
	"unit_id" text NOT NULL,
	"valid_to" date NOT NULL,
	"checked" boolean NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"cancellation_id" text,
	CONSTRAINT "clean_up_items_batch_permit_no_pk" PRIMARY KEY("batch","permit_no")
);
--> statement-breakpoint
CREATE TABLE "registration_versions" (
	"registration_no" text NOT NULL,
	"version" integer NOT NULL,
	"kind" text NOT NULL,
	"content_id" text NOT NULL,
	"platform" jsonb NOT NULL,
	"at" timestamptz(3) NOT NULL,
	CONSTRAINT "registration_versions_registration_no_version_pk" PRIMARY KEY("registration_no","version")
);
--> statement-breakpoint
CREATE TABLE "registrations" (
	"registration_no" text PRIMARY KEY NOT NULL,
	"unit_id" text NOT NULL,
	"area" text NOT NULL,
	"state" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "class_reviews_year" ON "class_reviews" USING btree ("year","area");--> statement-breakpoint
CREATE INDEX "clean_up_items_permit" ON "clean_up_items" USING btree ("permit_no");--> statement-breakpoint
CREATE INDEX "registrations_unit" ON "registrations" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "registrations_end" ON "registrations" USING btree ("valid_to","registration_no");