CREATE TABLE "import_findings" (
	"import_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"kind" text NOT NULL,
	"row" integer NOT NULL,
	"column" text NOT NULL,
	"value" text NOT NULL,
	"code" text NOT NULL,
	"reason" text NOT NULL,
	CONSTRAINT "import_findings_import_id_number_pk" PRIMARY KEY("import_id","number")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"file_hash" text NOT NULL,
	"requested_by" text,
	"areas" jsonb,
	"content_id" text,
	"dry_run" boolean NOT NULL,
	"status" text NOT NULL,
	"problem" jsonb,
	"started_at" timestamptz(3) NOT NULL,
	"finished_at" timestamptz(3),
	"rows" integer DEFAULT 0 NOT NULL,
	"permits" integer,
	"done" integer DEFAULT 0 NOT NULL,
	"accepted" integer DEFAULT 0 NOT NULL,
	"rejected" integer DEFAULT 0 NOT NULL,
	"unchanged" integer DEFAULT 0 NOT NULL,
	"states" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"findings" integer DEFAULT 0 NOT NULL,
	"leased_until" timestamptz(3)
);
--> statement-breakpoint
CREATE INDEX "import_findings_row" ON "import_findings" USING btree ("import_id","row","number");--> statement-breakpoint
CREATE INDEX "imports_file" ON "imports" USING btree ("file_hash");--> statement-breakpoint
CREATE INDEX "imports_status" ON "imports" USING btree ("status","started_at");--> statement-breakpoint
CREATE INDEX "units_credit_code" ON "units" USING btree ("credit_code");