CREATE TABLE "bulletin_rows" (
	"bulletin" text NOT NULL,
	"figure" text NOT NULL,
	"city" text NOT NULL,
	"part" text NOT NULL,
	"row" text NOT NULL,
	CONSTRAINT "bulletin_rows_bulletin_figure_city_part_row_pk" PRIMARY KEY("bulletin","figure","city","part","row")
);
--> statement-breakpoint
CREATE TABLE "bulletins" (
	"case_id" text PRIMARY KEY NOT NULL,
	"region" text NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	"frozen_at" timestamptz(3) NOT NULL,
	"former" text,
	"typical" jsonb NOT NULL,
	"issued_on" date
);
--> statement-breakpoint
CREATE TABLE "sampling_counts" (
	"campaign" text NOT NULL,
	"task" text NOT NULL,
	"organ" text NOT NULL,
	"kind" text NOT NULL,
	"as_of" date NOT NULL,
	"ours" integer NOT NULL,
	"platform" integer NOT NULL,
	"source" text NOT NULL,
	"entered_by" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	CONSTRAINT "sampling_counts_campaign_task_organ_kind_pk" PRIMARY KEY("campaign","task","organ","kind")
);
--> statement-breakpoint
CREATE TABLE "sampling_items" (
	"campaign" text NOT NULL,
	"permit_no" text NOT NULL,
	"kind" text NOT NULL,
	"issued_on" date NOT NULL,
	"round" integer NOT NULL,
	"position" integer NOT NULL,
	"twice" boolean NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"replaces" text,
	"reviews" jsonb NOT NULL,
	CONSTRAINT "sampling_items_campaign_permit_no_kind_issued_on_pk" PRIMARY KEY("campaign","permit_no","kind","issued_on")
);
--> statement-breakpoint
CREATE TABLE "sampling_population" (
	"campaign" text NOT NULL,
	"permit_no" text NOT NULL,
	"kind" text NOT NULL,
	"issued_on" date NOT NULL,
	"round" integer NOT NULL,
	"city" text NOT NULL,
	"permit_class" text NOT NULL,
	"industry" text NOT NULL,
	"organ" text NOT NULL,
	"supervising" text NOT NULL,
	"area" text NOT NULL,
	"unit_id" text NOT NULL,
	"version" integer NOT NULL,
	CONSTRAINT "sampling_population_campaign_permit_no_kind_issued_on_pk" PRIMARY KEY("campaign","permit_no","kind","issued_on")
);
--> statement-breakpoint
CREATE TABLE "sampling_rounds" (
	"campaign" text NOT NULL,
	"round" integer NOT NULL,
	"seed_hash" text NOT NULL,
	"committed_at" timestamptz(3) NOT NULL,
	"sealed_seed" "bytea" NOT NULL,
	"seed" text,
	"beacon_source" text,
	"beacon" text,
	"as_of" date,
	"population_hash" text,
	"frozen_at" timestamptz(3),
	"carry" jsonb,
	"shares" jsonb NOT NULL,
	"drawn_at" timestamptz(3),
	"published_at" timestamptz(3),
	CONSTRAINT "sampling_rounds_campaign_round_pk" PRIMARY KEY("campaign","round")
);
--> statement-breakpoint
CREATE INDEX "bulletin_rows_row" ON "bulletin_rows" USING btree ("row");--> statement-breakpoint
CREATE INDEX "sampling_items_round" ON "sampling_items" USING btree ("campaign","round","position");--> statement-breakpoint
CREATE INDEX "sampling_population_round" ON "sampling_population" USING btree ("campaign","round");