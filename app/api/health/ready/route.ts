import { connection } from "next/server";
import { jsonAnswer } from "@/lib/web/api-answer";
import { readiness } from "@/lib/web/readiness";

/** Whether to send requests here. What is wrong stands in the log. */
export async function GET(): Promise<Response> {
  await connection();
  const { status } = await readiness();
  return jsonAnswer({ status }, status === "unavailable" ? 503 : 200);
}
