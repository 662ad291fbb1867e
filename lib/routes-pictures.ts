import { onHost } from "@/lib/shared/base-path";

/** Where an uploaded picture is beneath the application's root, which is how it is stored. */
export function picturePath(id: string): string {
  return `/pictures/${id}`;
}

/** The address of a picture as it is stored: one that was uploaded here, or one elsewhere. */
export function pictureAddress(stored: string | null): string | null {
  return stored?.startsWith("/") === true ? onHost(stored) : stored;
}
