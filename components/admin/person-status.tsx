import type { PersonStatus } from "@/lib/shared/people";
import { Badge } from "../ui/badge";

/** What is out of the ordinary about an account; nothing for one that is as it should be. */
export function StatusBadge({ status }: { status: PersonStatus }) {
  switch (status) {
    case "active":
      return null;
    case "suspended":
      return <Badge tone="warning">Suspended</Badge>;
    case "deleting":
      return <Badge tone="warning">To be deleted</Badge>;
  }
}
