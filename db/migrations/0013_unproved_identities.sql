ALTER TABLE "users" ADD COLUMN "has_identity" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "unproved_identity" boolean GENERATED ALWAYS AS (has_identity and email_verified_at is null) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "users_unproved_identity_idx" ON "users" USING btree ("created_at","id") WHERE "users"."unproved_identity";--> statement-breakpoint
CREATE FUNCTION "note_identities"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE users u SET has_identity = NOT u.has_identity
  WHERE u.id IN (SELECT user_id FROM changed)
    AND u.has_identity <> EXISTS (SELECT FROM accounts a WHERE a.user_id = u.id);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "accounts_inserted" AFTER INSERT ON "accounts"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_identities();--> statement-breakpoint
CREATE TRIGGER "accounts_deleted" AFTER DELETE ON "accounts"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_identities();--> statement-breakpoint
UPDATE "users" SET "has_identity" = true WHERE "id" IN (SELECT "user_id" FROM "accounts");--> statement-breakpoint
ANALYZE "users";
