CREATE TABLE "figure_progress" (
	"id" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"position" bigint DEFAULT 0 NOT NULL,
	"sessions_counted_at" timestamp with time zone,
	CONSTRAINT "figure_progress_id_check" CHECK ("figure_progress"."id")
);
--> statement-breakpoint
CREATE TABLE "hourly_figures" (
	"hour" timestamp with time zone NOT NULL,
	"event" text NOT NULL,
	"method" text NOT NULL,
	"outcome" text NOT NULL,
	"count" bigint NOT NULL,
	CONSTRAINT "hourly_figures_hour_event_method_outcome_pk" PRIMARY KEY("hour","event","method","outcome")
);
--> statement-breakpoint
DROP INDEX "sessions_user_id_live_idx";--> statement-breakpoint
CREATE INDEX "sessions_user_id_live_idx" ON "sessions" USING btree ("user_id","last_seen_at","expires_at","idle_timeout_seconds") WHERE "sessions"."revoked_at" is null;