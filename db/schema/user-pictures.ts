import { pgTable, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { bytea } from "./bytea";
import { users } from "./users";

/** A picture that a person uploaded, as the application has drawn it anew. */
export const userPictures = pgTable(
  "user_pictures",
  {
    userId: uuid("user_id")
      .primaryKey()
      .references(() => users.id, { onDelete: "cascade" }),
    /** Part of the picture's address; another picture has another one. */
    id: uuid("id").notNull().defaultRandom(),
    /** WebP. */
    content: bytea("content").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [uniqueIndex("user_pictures_id_key").on(table.id)],
);
