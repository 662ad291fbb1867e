"use server";

export async function endSession(_form: FormData): Promise<void> {
  await Promise.resolve();
}

export async function endOtherSessions(): Promise<void> {
  await Promise.resolve();
}
