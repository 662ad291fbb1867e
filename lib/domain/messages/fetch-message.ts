import "server-only";
import type { MessageFailure } from "@/lib/shared/views";
import type { MessageKind } from "@/lib/shared/message-kinds";
import { failure, type Result } from "@/lib/shared/result";

export function fetchMessage(
  _ctx: unknown,
  _input: { kind: MessageKind },
): Promise<Result<{ readonly text: string }, { readonly code: MessageFailure; readonly permission?: string }>> {
  return Promise.resolve(failure({ code: "unreachable" }));
}
