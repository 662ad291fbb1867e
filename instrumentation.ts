/** Runs once when the server starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { prepareServer } = await import("@/lib/web/prepare-server");
    prepareServer();
    const { startMailDelivery } = await import("@/lib/web/mail-delivery");
    startMailDelivery();
    const { startHousekeeping } = await import("@/lib/web/housekeeping");
    startHousekeeping();
  }
}
