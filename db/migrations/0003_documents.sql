-- Contents are kept as the bytes that they are: what JSON held as text or base64 is moved over.
ALTER TABLE "contents" ADD COLUMN "bytes" "bytea";--> statement-breakpoint
UPDATE "contents" SET "bytes" = coalesce(convert_to("body"->>'text', 'UTF8'), decode("body"->>'base64', 'base64'));--> statement-breakpoint
ALTER TABLE "contents" ALTER COLUMN "bytes" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "content_id" text;--> statement-breakpoint
ALTER TABLE "contents" DROP COLUMN "body";
