import type { ReactNode } from "react";
import { linkTokenParameter } from "@/lib/routes";
import { Button } from "../ui/button";

/** The button that uses up the link of a mail; opening the link alone uses nothing. */
export function TokenForm({
  action,
  token,
  children,
}: {
  action: (form: FormData) => Promise<void>;
  token: string;
  children: ReactNode;
}) {
  return (
    <form action={action}>
      <input type="hidden" name={linkTokenParameter} value={token} />
      <Button variant="primary" wide>
        {children}
      </Button>
    </form>
  );
}
