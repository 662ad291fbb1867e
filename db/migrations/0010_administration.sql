DROP INDEX "users_created_at_idx";--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "suspended_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "suspended_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "suspension_reason" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "last_seen_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "accounts_provider_user_id_idx" ON "accounts" USING btree ("provider","user_id");--> statement-breakpoint
CREATE INDEX "users_created_at_id_idx" ON "users" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "users_shown_name_idx" ON "users" USING btree (lower(coalesce("name", "username", "email", '')),"id");--> statement-breakpoint
CREATE INDEX "users_last_seen_idx" ON "users" USING btree (coalesce("last_seen_at", '-infinity'::timestamp with time zone),"id");--> statement-breakpoint
CREATE INDEX "users_suspended_idx" ON "users" USING btree ("created_at","id") WHERE "users"."status" = 'suspended';--> statement-breakpoint
CREATE INDEX "users_unverified_idx" ON "users" USING btree ("created_at","id") WHERE "users"."email_verified_at" is null;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_suspension_reason_check" CHECK (char_length("users"."suspension_reason") between 1 and 500);--> statement-breakpoint
UPDATE "users" SET "suspended_at" = "updated_at" WHERE "status" = 'suspended';--> statement-breakpoint
UPDATE "users" SET "last_seen_at" = s.at FROM (SELECT "user_id", max("last_seen_at") AS at FROM "sessions" GROUP BY "user_id") s WHERE s."user_id" = "users"."id";
