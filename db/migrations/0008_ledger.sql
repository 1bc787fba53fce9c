CREATE TABLE "ledger_anchor_heads" (
	"case_id" text NOT NULL,
	"anchor" integer NOT NULL,
	"count" integer NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "ledger_anchor_heads_case_id_anchor_pk" PRIMARY KEY("case_id","anchor")
);
--> statement-breakpoint
CREATE TABLE "ledger_anchors" (
	"number" integer PRIMARY KEY NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"cases" integer NOT NULL,
	"entries" bigint NOT NULL,
	"root" text NOT NULL,
	"previous" text NOT NULL,
	"key_id" text NOT NULL,
	"signature" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ledger_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"public_key" text NOT NULL,
	"noted_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "origin" jsonb;