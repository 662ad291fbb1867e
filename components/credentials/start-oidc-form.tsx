import { postPaths, returnToParameter } from "@/lib/routes";
import type { StartParameters } from "@/lib/shared/start-parameters";
import { HiddenFields } from "../ui/hidden-fields";
import { Button } from "../ui/button";

interface StartOidcFormProps {
  provider: { readonly id: string };
  intent: "sign-in" | "sign-up" | "confirm" | "link";
  returnTo: string | null;
  label: string;
  /** What to ask the provider for besides. */
  parameters?: StartParameters | undefined;
  variant?: "primary" | "secondary";
  wide?: boolean;
}

/** One button that goes to an identity provider. A POST form: a prefetch or a crawler never starts a sign-in. */
export function StartOidcForm({
  provider,
  intent,
  returnTo,
  label,
  parameters = {},
  variant,
  wide,
}: StartOidcFormProps) {
  return (
    <form method="post" action={postPaths.startOidc(provider.id)}>
      <input type="hidden" name="intent" value={intent} />
      {returnTo === null ? null : <input type="hidden" name={returnToParameter} value={returnTo} />}
      <HiddenFields values={parameters} />
      <Button variant={variant} wide={wide}>
        {label}
      </Button>
    </form>
  );
}
