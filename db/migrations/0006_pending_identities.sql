CREATE TABLE "pending_identities" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"token_digest" "bytea" NOT NULL,
	"user_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"claims" jsonb NOT NULL,
	"tokens_sealed" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "pending_identities_token_digest_check" CHECK (octet_length("pending_identities"."token_digest") = 32),
	CONSTRAINT "pending_identities_subject_length_check" CHECK (char_length("pending_identities"."subject") between 1 and 255)
);
--> statement-breakpoint
ALTER TABLE "pending_identities" ADD CONSTRAINT "pending_identities_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "pending_identities_token_digest_key" ON "pending_identities" USING btree ("token_digest");--> statement-breakpoint
CREATE UNIQUE INDEX "pending_identities_issuer_subject_key" ON "pending_identities" USING btree ("issuer","subject");--> statement-breakpoint
CREATE INDEX "pending_identities_user_id_idx" ON "pending_identities" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "pending_identities_expires_at_idx" ON "pending_identities" USING btree ("expires_at");