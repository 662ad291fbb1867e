/** Runs once when the server starts: checks the configuration and names all of its faults at once. */
export async function register(): Promise<void> {
  if (process.env["NEXT_RUNTIME"] !== "nodejs") return;
  const { environment, EnvironmentError } = await import("@/lib/env");
  try {
    environment();
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    process.stderr.write(`\n${error.message}\n\n`);
    process.exit(1);
  }
  const { applyOutcomeStatus } = await import("@/lib/web/outcome-status");
  applyOutcomeStatus();
}
