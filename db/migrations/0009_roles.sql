CREATE TABLE "roles" (
	"name" text PRIMARY KEY NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"permissions" text[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "roles_name_check" CHECK ("roles"."name" ~ '^[a-z][a-z0-9-]{1,38}$'),
	CONSTRAINT "roles_description_length_check" CHECK (char_length("roles"."description") <= 200),
	CONSTRAINT "roles_permissions_check" CHECK ("roles"."permissions" <@ array['read:messages', 'read:admin-messages', 'read:overview', 'read:users', 'create:users', 'update:users', 'suspend:users', 'delete:users', 'export:users', 'end:sessions', 'read:roles', 'manage:roles', 'grant:roles', 'read:audit', 'export:audit', 'read:system']),
	CONSTRAINT "roles_built_in_check" CHECK ("roles"."name" not in ('user', 'admin') or "roles"."permissions" = '{}')
);
--> statement-breakpoint
INSERT INTO "roles" ("name", "description") VALUES ('user', 'Everybody with an account'), ('admin', 'Runs this site');--> statement-breakpoint
ALTER TABLE "user_roles" DROP CONSTRAINT "user_roles_role_check";--> statement-breakpoint
ALTER TABLE "user_roles" ADD CONSTRAINT "user_roles_role_roles_name_fk" FOREIGN KEY ("role") REFERENCES "public"."roles"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "user_roles_role_idx" ON "user_roles" USING btree ("role","user_id");