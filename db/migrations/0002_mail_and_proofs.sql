CREATE TABLE "mail_outbox" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"recipient" text NOT NULL,
	"kind" text NOT NULL,
	"content_sealed" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"useful_until" timestamp with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"maybe_sent" boolean DEFAULT false NOT NULL,
	"delivered_at" timestamp with time zone,
	"gave_up_at" timestamp with time zone,
	"gave_up_reason" text,
	CONSTRAINT "mail_outbox_content_check" CHECK (("mail_outbox"."content_sealed" is null) = ("mail_outbox"."delivered_at" is not null or "mail_outbox"."gave_up_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "one_time_proofs" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"purpose" text NOT NULL,
	"holder" text NOT NULL,
	"user_id" uuid,
	"email" text,
	"secret_digest" "bytea" NOT NULL,
	"browser_digest" "bytea",
	"attempts" integer DEFAULT 0 NOT NULL,
	"max_attempts" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"consumed_at" timestamp with time zone,
	CONSTRAINT "one_time_proofs_attempts_check" CHECK ("one_time_proofs"."attempts" between 0 and "one_time_proofs"."max_attempts"),
	CONSTRAINT "one_time_proofs_secret_digest_check" CHECK (octet_length("one_time_proofs"."secret_digest") = 32)
);
--> statement-breakpoint
ALTER TABLE "one_time_proofs" ADD CONSTRAINT "one_time_proofs_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "mail_outbox_due_idx" ON "mail_outbox" USING btree ("next_attempt_at") WHERE "mail_outbox"."delivered_at" is null and "mail_outbox"."gave_up_at" is null;--> statement-breakpoint
CREATE INDEX "mail_outbox_recipient_idx" ON "mail_outbox" USING btree (lower("recipient"),"kind","created_at");--> statement-breakpoint
CREATE INDEX "mail_outbox_created_at_idx" ON "mail_outbox" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "one_time_proofs_purpose_holder_key" ON "one_time_proofs" USING btree ("purpose","holder");--> statement-breakpoint
CREATE UNIQUE INDEX "one_time_proofs_secret_digest_key" ON "one_time_proofs" USING btree ("secret_digest");--> statement-breakpoint
CREATE INDEX "one_time_proofs_user_id_idx" ON "one_time_proofs" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "one_time_proofs_expires_at_idx" ON "one_time_proofs" USING btree ("expires_at");