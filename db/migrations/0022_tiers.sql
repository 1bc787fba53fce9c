CREATE TABLE "check_results" (
	"case_id" text NOT NULL,
	"content_id" text NOT NULL,
	"permit_no" text,
	"version" integer,
	"checked_on" date NOT NULL,
	"readable" boolean NOT NULL,
	"findings" jsonb NOT NULL,
	"acts" jsonb NOT NULL,
	CONSTRAINT "check_results_case_id_content_id_pk" PRIMARY KEY("case_id","content_id")
);
--> statement-breakpoint
CREATE TABLE "review_campaigns" (
	"campaign" text PRIMARY KEY NOT NULL,
	"page" integer NOT NULL,
	"listed" integer NOT NULL,
	"opened" integer NOT NULL,
	"done" integer NOT NULL,
	"problems" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "review_items" (
	"case_id" text PRIMARY KEY NOT NULL,
	"campaign" text NOT NULL,
	"ordinal" integer NOT NULL,
	"tier" text NOT NULL,
	"permit_no" text NOT NULL,
	"version" integer NOT NULL,
	"unit_id" text NOT NULL,
	"area" text NOT NULL,
	"kind" text,
	"issued_on" date,
	"organ" text NOT NULL,
	"second" boolean NOT NULL,
	"institutions" jsonb NOT NULL,
	"state" text NOT NULL,
	"outcome" text,
	"problems" integer,
	"reviewer" text,
	"done_at" timestamptz(3)
);
--> statement-breakpoint
CREATE INDEX "check_results_permit" ON "check_results" USING btree ("permit_no","version");--> statement-breakpoint
CREATE UNIQUE INDEX "review_items_ordinal" ON "review_items" USING btree ("campaign","ordinal");--> statement-breakpoint
CREATE INDEX "review_items_permit" ON "review_items" USING btree ("permit_no");--> statement-breakpoint
CREATE INDEX "review_items_listed" ON "review_items" USING btree ("campaign","ordinal") WHERE "review_items"."state" = 'listed';