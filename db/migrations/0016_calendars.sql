CREATE TABLE "calendar_changes" (
	"year" integer NOT NULL,
	"edition" integer NOT NULL,
	"case_id" text NOT NULL,
	"clock" text NOT NULL,
	"limit" text NOT NULL,
	"organ" text NOT NULL,
	"area" text NOT NULL,
	"unit_id" text NOT NULL,
	"officer" text,
	"due_before" date,
	"due_after" date,
	"promised_before" date,
	"promised_after" date,
	CONSTRAINT "calendar_changes_year_edition_case_id_clock_pk" PRIMARY KEY("year","edition","case_id","clock")
);
--> statement-breakpoint
CREATE TABLE "calendar_publications" (
	"year" integer NOT NULL,
	"edition" integer NOT NULL,
	"document" text NOT NULL,
	"days" jsonb NOT NULL,
	"hash" text NOT NULL,
	"status" text NOT NULL,
	"proposed_by" text,
	"proposed_at" timestamptz(3) NOT NULL,
	"confirmed_by" text,
	"confirmed_at" timestamptz(3),
	"published_at" timestamptz(3),
	"cursor" text DEFAULT '' NOT NULL,
	"cases" integer DEFAULT 0 NOT NULL,
	"tried" integer DEFAULT 0 NOT NULL,
	"changed" integer DEFAULT 0 NOT NULL,
	"woken" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "calendar_publications_year_edition_pk" PRIMARY KEY("year","edition")
);
--> statement-breakpoint
CREATE TABLE "calendar_wakes" (
	"year" integer NOT NULL,
	"edition" integer NOT NULL,
	"case_id" text NOT NULL,
	CONSTRAINT "calendar_wakes_year_edition_case_id_pk" PRIMARY KEY("year","edition","case_id")
);
--> statement-breakpoint
CREATE INDEX "calendar_publications_status" ON "calendar_publications" USING btree ("status");