CREATE TABLE "audit_chain" (
	"position" bigint PRIMARY KEY NOT NULL,
	"event_id" bigint NOT NULL,
	"salt" "bytea",
	"address_digest" "bytea",
	"hash" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_seals" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_seals_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"position" bigint NOT NULL,
	"hash" "bytea" NOT NULL,
	"anchor" boolean DEFAULT false NOT NULL,
	"key_id" text NOT NULL,
	"code" "bytea" NOT NULL,
	"sealed_at" timestamp with time zone NOT NULL,
	"links" integer NOT NULL,
	"highest_id" bigint NOT NULL,
	"next_transaction" bigint NOT NULL,
	"linked_through" bigint NOT NULL
);
--> statement-breakpoint
DROP INDEX "audit_events_at_idx";--> statement-breakpoint
DROP INDEX "audit_events_subject_id_at_idx";--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "actor_name" text;--> statement-breakpoint
CREATE UNIQUE INDEX "audit_chain_event_id_key" ON "audit_chain" USING btree ("event_id");--> statement-breakpoint
CREATE UNIQUE INDEX "audit_seals_position_key" ON "audit_seals" USING btree ("position");--> statement-breakpoint
CREATE UNIQUE INDEX "audit_seals_anchor_key" ON "audit_seals" USING btree ("anchor") WHERE "audit_seals"."anchor";--> statement-breakpoint
CREATE INDEX "audit_events_at_id_idx" ON "audit_events" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "audit_events_actor_id_at_id_idx" ON "audit_events" USING btree ("actor_id","at","id");--> statement-breakpoint
CREATE INDEX "audit_events_subject_id_at_id_idx" ON "audit_events" USING btree ("subject_id","at","id");--> statement-breakpoint
CREATE INDEX "audit_events_event_at_id_idx" ON "audit_events" USING btree ("event","at","id");--> statement-breakpoint
CREATE INDEX "audit_events_address_at_id_idx" ON "audit_events" USING btree ("address","at","id");