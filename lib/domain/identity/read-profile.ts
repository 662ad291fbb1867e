import "server-only";
import type { ProfileView } from "@/lib/shared/views";

export function readProfile(_ctx: unknown): Promise<ProfileView> {
  return Promise.resolve({ claims: {}, nickname: null, memberSince: new Date() });
}
