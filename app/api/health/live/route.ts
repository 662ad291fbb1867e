import { connection } from "next/server";
import { jsonAnswer } from "@/lib/web/api-answer";

/** The process answers. Touches nothing: what is away does not come back by a restart of this. */
export async function GET(): Promise<Response> {
  await connection();
  return jsonAnswer({ status: "live" });
}
