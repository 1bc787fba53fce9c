CREATE TABLE "credentials" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"password" text,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp (3) with time zone,
	"refresh_token_expires_at" timestamp (3) with time zone,
	"scope" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"user_id" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "sessions_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"username" text NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "users_username_unique" UNIQUE("username"),
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "verifications" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"procedure" text NOT NULL,
	"revision" integer NOT NULL,
	"stage" text NOT NULL,
	"outcome" text,
	"pack_id" text NOT NULL,
	"area" text NOT NULL,
	"organs" jsonb NOT NULL,
	"unit_id" text NOT NULL,
	"permit_no" text,
	"facts" jsonb NOT NULL,
	"opened_at" timestamptz(3) NOT NULL,
	"closed_at" timestamptz(3),
	"next" jsonb,
	"next_at" timestamptz(3),
	"ledger_count" integer NOT NULL,
	"ledger_head" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "clocks" (
	"case_id" text NOT NULL,
	"id" text NOT NULL,
	"limit" text NOT NULL,
	"events" jsonb NOT NULL,
	"state" text NOT NULL,
	"due" date,
	"promised_due" date,
	"lapse_at" timestamptz(3),
	"next_at" timestamptz(3),
	"next" jsonb,
	"promised" integer,
	"estimated" text NOT NULL,
	CONSTRAINT "clocks_case_id_id_pk" PRIMARY KEY("case_id","id")
);
--> statement-breakpoint
CREATE TABLE "requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"idempotency_key" text NOT NULL,
	"actor" jsonb NOT NULL,
	"actor_id" text NOT NULL,
	"name" text NOT NULL,
	"case_id" text NOT NULL,
	"permit_no" text,
	"body" jsonb NOT NULL,
	"body_hash" text NOT NULL,
	"received_at" timestamptz(3) NOT NULL,
	"status" text NOT NULL,
	"answer" jsonb,
	"attempts" integer DEFAULT 0 NOT NULL,
	"leased_until" timestamptz(3)
);
--> statement-breakpoint
CREATE TABLE "steps" (
	"case_id" text NOT NULL,
	"revision" integer NOT NULL,
	"cause" text NOT NULL,
	"step" jsonb NOT NULL,
	CONSTRAINT "steps_case_id_revision_pk" PRIMARY KEY("case_id","revision")
);
--> statement-breakpoint
CREATE TABLE "tasks" (
	"id" text PRIMARY KEY NOT NULL,
	"case_id" text NOT NULL,
	"kind" text NOT NULL,
	"round" integer NOT NULL,
	"role" text NOT NULL,
	"organ" text NOT NULL,
	"assignee" text,
	"status" text NOT NULL,
	"clock" text,
	"opened_at" timestamptz(3) NOT NULL,
	"closed_at" timestamptz(3),
	"closed_by" text,
	"outcome" text,
	"form" jsonb
);
--> statement-breakpoint
CREATE TABLE "content_uploads" (
	"content_id" text NOT NULL,
	"user_id" text NOT NULL,
	CONSTRAINT "content_uploads_content_id_user_id_pk" PRIMARY KEY("content_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "covers" (
	"user_id" text NOT NULL,
	"covered_by" text NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	CONSTRAINT "covers_user_id_covered_by_from_day_pk" PRIMARY KEY("user_id","covered_by","from_day")
);
--> statement-breakpoint
CREATE TABLE "grants" (
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	"organ" text NOT NULL,
	CONSTRAINT "grants_user_id_role_organ_pk" PRIMARY KEY("user_id","role","organ")
);
--> statement-breakpoint
CREATE TABLE "sign_in_failures" (
	"username" text PRIMARY KEY NOT NULL,
	"count" integer NOT NULL,
	"last_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "calendar_years" (
	"year" integer NOT NULL,
	"edition" integer NOT NULL,
	"document" text,
	"estimated" boolean NOT NULL,
	"days" jsonb NOT NULL,
	CONSTRAINT "calendar_years_year_edition_pk" PRIMARY KEY("year","edition")
);
--> statement-breakpoint
CREATE TABLE "contents" (
	"id" text PRIMARY KEY NOT NULL,
	"media_type" text NOT NULL,
	"body" jsonb NOT NULL,
	"stored_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "document_numbers" (
	"organ" text NOT NULL,
	"series" text NOT NULL,
	"year" integer NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "document_numbers_organ_series_year_pk" PRIMARY KEY("organ","series","year")
);
--> statement-breakpoint
CREATE TABLE "documents" (
	"id" text PRIMARY KEY NOT NULL,
	"case_id" text NOT NULL,
	"kind" text NOT NULL,
	"organ" text NOT NULL,
	"number" text,
	"state" text NOT NULL,
	"params" jsonb NOT NULL,
	"drafted_at" timestamptz(3) NOT NULL,
	"sealing" jsonb,
	"served_on" date,
	"service" jsonb,
	"void_reason" text
);
--> statement-breakpoint
CREATE TABLE "holds" (
	"permit_no" text NOT NULL,
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"placed_at" timestamptz(3) NOT NULL,
	"released_at" timestamptz(3),
	CONSTRAINT "holds_permit_no_id_pk" PRIMARY KEY("permit_no","id")
);
--> statement-breakpoint
CREATE TABLE "ledger" (
	"case_id" text NOT NULL,
	"sequence" integer NOT NULL,
	"revision" integer NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"recorded_at" timestamptz(3) NOT NULL,
	"event" text NOT NULL,
	"cause" text NOT NULL,
	"actor" jsonb NOT NULL,
	"article" text,
	"params" jsonb NOT NULL,
	"zh" text NOT NULL,
	"en" text NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	"position" bigserial NOT NULL,
	CONSTRAINT "ledger_case_id_sequence_pk" PRIMARY KEY("case_id","sequence")
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" text PRIMARY KEY NOT NULL,
	"case_id" text NOT NULL,
	"template" text NOT NULL,
	"step" text NOT NULL,
	"recipient" text NOT NULL,
	"channel" text NOT NULL,
	"params" jsonb NOT NULL,
	"queued_at" timestamptz(3) NOT NULL,
	"status" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "permit_versions" (
	"permit_no" text NOT NULL,
	"version" integer NOT NULL,
	"kind" text NOT NULL,
	"content_id" text NOT NULL,
	"case_id" text NOT NULL,
	"platform" jsonb,
	"at" timestamptz(3) NOT NULL,
	CONSTRAINT "permit_versions_permit_no_version_pk" PRIMARY KEY("permit_no","version")
);
--> statement-breakpoint
CREATE TABLE "permits" (
	"permit_no" text PRIMARY KEY NOT NULL,
	"unit_id" text NOT NULL,
	"permit_class" text NOT NULL,
	"area" text NOT NULL,
	"state" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "units" (
	"id" text PRIMARY KEY NOT NULL,
	"credit_code" text NOT NULL,
	"name" text NOT NULL,
	"area" text NOT NULL,
	"contact" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "credentials_user" ON "credentials" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "verifications_identifier" ON "verifications" USING btree ("identifier");--> statement-breakpoint
CREATE INDEX "cases_open_next" ON "cases" USING btree ("next_at");--> statement-breakpoint
CREATE INDEX "cases_permit" ON "cases" USING btree ("permit_no");--> statement-breakpoint
CREATE INDEX "cases_unit" ON "cases" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "cases_area" ON "cases" USING btree ("area","stage");--> statement-breakpoint
CREATE INDEX "clocks_due" ON "clocks" USING btree ("state","due");--> statement-breakpoint
CREATE UNIQUE INDEX "requests_key" ON "requests" USING btree ("actor_id","idempotency_key");--> statement-breakpoint
CREATE INDEX "requests_open" ON "requests" USING btree ("status","received_at");--> statement-breakpoint
CREATE INDEX "requests_case" ON "requests" USING btree ("case_id","status");--> statement-breakpoint
CREATE INDEX "requests_permit" ON "requests" USING btree ("permit_no","status");--> statement-breakpoint
CREATE UNIQUE INDEX "steps_cause" ON "steps" USING btree ("case_id","cause");--> statement-breakpoint
CREATE INDEX "tasks_inbox" ON "tasks" USING btree ("status","organ","role");--> statement-breakpoint
CREATE INDEX "tasks_assignee" ON "tasks" USING btree ("assignee","status");--> statement-breakpoint
CREATE INDEX "tasks_case" ON "tasks" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "covers_by" ON "covers" USING btree ("covered_by","to_day");--> statement-breakpoint
CREATE INDEX "grants_holders" ON "grants" USING btree ("organ","role");--> statement-breakpoint
CREATE UNIQUE INDEX "documents_number" ON "documents" USING btree ("number");--> statement-breakpoint
CREATE INDEX "documents_case" ON "documents" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "ledger_at" ON "ledger" USING btree ("at");--> statement-breakpoint
CREATE INDEX "ledger_position" ON "ledger" USING btree ("position");--> statement-breakpoint
CREATE UNIQUE INDEX "notices_once" ON "notices" USING btree ("case_id","template","step","recipient","channel");--> statement-breakpoint
CREATE INDEX "notices_status" ON "notices" USING btree ("status","queued_at");--> statement-breakpoint
CREATE INDEX "permits_unit" ON "permits" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "permits_end" ON "permits" USING btree ("valid_to","state");