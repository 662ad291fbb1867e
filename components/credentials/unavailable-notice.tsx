import { Notice } from "../ui/notice";

/** Said wherever somebody could log in, while the records cannot be asked. */
export function UnavailableNotice() {
  return (
    <Notice tone="warning">
      <p className="font-medium">Nobody can log in right now</p>
      <p>We cannot reach our records. Nothing is lost: try again in a minute.</p>
    </Notice>
  );
}
