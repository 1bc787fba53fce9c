-- What a step does to the indexes: its stage is in none any more, and requests that no permit waits for are not listed by permit.
DROP INDEX "cases_area";--> statement-breakpoint
DROP INDEX "requests_permit";--> statement-breakpoint
CREATE INDEX "cases_area" ON "cases" USING btree ("area");--> statement-breakpoint
CREATE INDEX "requests_permit" ON "requests" USING btree ("permit_no","status") WHERE "requests"."permit_no" is not null;--> statement-breakpoint
-- Room in each page, so that a case's next row finds a place beside the one that it replaces.
ALTER TABLE "cases" SET (fillfactor = 60);--> statement-breakpoint
-- Documents and scans are compressed already.
ALTER TABLE "contents" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
