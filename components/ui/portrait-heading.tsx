import type { ComponentProps, ReactNode } from "react";
import { Avatar } from "./avatar";

/** Who a page is about: picture and name, what is beneath the name, and badges in a row. */
export function PortraitHeading({
  person,
  beneath,
  badges,
}: {
  person: ComponentProps<typeof Avatar>["viewer"];
  beneath?: ReactNode;
  badges: ReactNode;
}) {
  return (
    <div className="mb-8 flex items-center gap-5 max-sm:items-start">
      <Avatar viewer={person} size="large" />
      <div className="min-w-0">
        <h1 className="text-2xl font-semibold tracking-tight wrap-anywhere sm:text-3xl">
          {person.displayName}
        </h1>
        {beneath}
        <p className="mt-2 flex flex-wrap gap-2 empty:hidden">{badges}</p>
      </div>
    </div>
  );
}
