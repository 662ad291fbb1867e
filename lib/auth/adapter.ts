import "server-only";
import { DrizzleAdapter } from "@auth/drizzle-adapter";
import { and, eq } from "drizzle-orm";
import type { Adapter, AdapterUser } from "next-auth/adapters";
import { database } from "@/db/client";
import { accounts, users } from "@/db/schema";
import type { ProviderConfig } from "@/lib/domain/oidc/provider-config";
import { isSubject } from "@/lib/domain/oidc/verify-id-token";

/**
 * The adapter as Auth.js sees it. Reading is real; the writes of a sign-in are held back, because Auth.js would make
 * them one by one: `signInWithOidc` makes them all in one transaction afterwards, tokens encrypted.
 */
export function authAdapter(provider: ProviderConfig | null): Adapter {
  return {
    ...readingAdapter(),
    /** By (issuer, subject): the provider's id is only a name in the configuration. */
    getUserByAccount: async ({ providerAccountId }) => {
      // Auth.js asks before anything is verified; what is no subject at all is not for the database to hear.
      if (provider === null || !isSubject(providerAccountId)) return null;
      const [user] = await database()
        .select({
          id: users.id,
          name: users.name,
          email: users.email,
          emailVerified: users.emailVerified,
          image: users.image,
        })
        .from(accounts)
        .innerJoin(users, eq(users.id, accounts.userId))
        .where(and(eq(accounts.issuer, provider.issuer), eq(accounts.subject, providerAccountId)));
      return user === undefined ? null : { ...user, email: user.email ?? "" };
    },
    /** An e-mail address never finds a user here: nothing is linked by it. */
    getUserByEmail: () => null,
    createUser: (user): AdapterUser => user,
    linkAccount: () => undefined,
  };
}

let made: Adapter | undefined;

/**
 * The adapter over our tables, made once: it describes the tables anew each time. It wants columns for tokens in its
 * accounts table. Ours has none, on purpose: every method that touches accounts is replaced above.
 */
function readingAdapter(): Adapter {
  return (made ??= DrizzleAdapter(database(), { usersTable: users, accountsTable: accounts as never }));
}
