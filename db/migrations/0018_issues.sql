CREATE SEQUENCE "public"."issue_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "issues" (
	"case_id" text PRIMARY KEY NOT NULL,
	"permit_no" text NOT NULL,
	"subject" text NOT NULL,
	"place" text NOT NULL,
	"tier" text NOT NULL,
	"campaign" text,
	"unit_id" text NOT NULL,
	"area" text NOT NULL,
	"organ" text NOT NULL,
	"severity" text NOT NULL,
	"category" text NOT NULL,
	"responsible" text NOT NULL,
	"found_on" date NOT NULL,
	"overdue" integer NOT NULL,
	"reopened" integer NOT NULL,
	"recurrence_of" text,
	"closed_on" date
);
--> statement-breakpoint
CREATE INDEX "issues_problem" ON "issues" USING btree ("permit_no","subject","place");--> statement-breakpoint
CREATE INDEX "issues_campaign" ON "issues" USING btree ("tier","campaign");--> statement-breakpoint
CREATE INDEX "issues_area" ON "issues" USING btree ("area");--> statement-breakpoint
CREATE INDEX "issues_unit" ON "issues" USING btree ("unit_id");