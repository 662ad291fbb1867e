import "server-only";
import { describeCause, log } from "@/lib/platform/log";

/**
 * A body that is made piece by piece, as fast as the client takes it. When a piece cannot be made the connection breaks, so
 * that nobody takes what came for all there is.
 */
export function streamText(pieces: AsyncGenerator<string>, requestId: string): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const piece = await pieces.next();
          if (piece.done === true) controller.close();
          else controller.enqueue(encoder.encode(piece.value));
        } catch (error) {
          log.error(
            { event: "download_broken", requestId, cause: describeCause(error) },
            "a download broke off",
          );
          controller.error(error);
        }
      },
      async cancel() {
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 1 },
  );
}
