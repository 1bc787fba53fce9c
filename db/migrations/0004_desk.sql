CREATE TABLE "rates" (
	"key" text PRIMARY KEY NOT NULL,
	"points" integer NOT NULL,
	"expire" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "clocks" ADD COLUMN "yellow_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "clocks" ADD COLUMN "red_at" timestamptz(3);--> statement-breakpoint
CREATE INDEX "cases_open" ON "cases" USING btree ("id") WHERE "cases"."outcome" is null;--> statement-breakpoint
CREATE INDEX "tasks_open" ON "tasks" USING btree ("organ","role") WHERE "tasks"."status" = 'open';--> statement-breakpoint
CREATE INDEX "documents_drafted" ON "documents" USING btree ("drafted_at","id");