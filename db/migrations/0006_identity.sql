CREATE TABLE "audit_log" (
	"position" bigserial PRIMARY KEY NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"category" text NOT NULL,
	"action" text NOT NULL,
	"actor_id" text,
	"subject" text NOT NULL,
	"request_id" text,
	"detail" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "disabled_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "audit_actor" ON "audit_log" USING btree ("actor_id","position");--> statement-breakpoint
CREATE INDEX "audit_subject" ON "audit_log" USING btree ("subject","position");--> statement-breakpoint
CREATE UNIQUE INDEX "credentials_account" ON "credentials" USING btree ("provider_id","account_id");