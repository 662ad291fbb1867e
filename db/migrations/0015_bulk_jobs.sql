CREATE TABLE "bulk_job_people" (
	"job_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"outcome" text,
	"at" timestamp with time zone,
	CONSTRAINT "bulk_job_people_job_id_user_id_pk" PRIMARY KEY("job_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "bulk_jobs" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"actor_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"request_id" text NOT NULL,
	"address" text,
	"kind" text NOT NULL,
	"role" text,
	"reason" text,
	"suspended_until" timestamp with time zone,
	"total" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"lease_until" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"stopped" text,
	CONSTRAINT "bulk_jobs_reason_check" CHECK (char_length("bulk_jobs"."reason") between 1 and 500)
);
--> statement-breakpoint
ALTER TABLE "bulk_job_people" ADD CONSTRAINT "bulk_job_people_job_id_bulk_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."bulk_jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_job_people" ADD CONSTRAINT "bulk_job_people_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_jobs" ADD CONSTRAINT "bulk_jobs_actor_id_users_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bulk_job_people_open_idx" ON "bulk_job_people" USING btree ("job_id","user_id") WHERE "bulk_job_people"."outcome" is null;--> statement-breakpoint
CREATE INDEX "bulk_job_people_user_id_idx" ON "bulk_job_people" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "bulk_jobs_open_idx" ON "bulk_jobs" USING btree ("created_at") WHERE "bulk_jobs"."finished_at" is null;--> statement-breakpoint
CREATE INDEX "bulk_jobs_finished_at_idx" ON "bulk_jobs" USING btree ("finished_at");--> statement-breakpoint
CREATE INDEX "bulk_jobs_actor_id_idx" ON "bulk_jobs" USING btree ("actor_id");