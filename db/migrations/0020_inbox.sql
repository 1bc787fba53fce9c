DROP INDEX "tasks_open";--> statement-breakpoint
DROP INDEX "tasks_inbox";--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "due" date;--> statement-breakpoint
UPDATE "tasks" SET "due" = "clocks"."due" FROM "clocks" WHERE "clocks"."case_id" = "tasks"."case_id" AND "clocks"."id" = "tasks"."clock";--> statement-breakpoint
CREATE INDEX "tasks_inbox" ON "tasks" USING btree ("status","organ",coalesce("due", 'infinity'::date),"id","role");