import { customType } from "drizzle-orm/pg-core";

/** Bytes, such as a digest. */
export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });
