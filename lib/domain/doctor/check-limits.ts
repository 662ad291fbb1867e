import "server-only";
import { count, ok, warning } from "./finding";
import { countSpent } from "@/lib/domain/rate-limits/counter";
import type { Finding } from "@/lib/shared/diagnosis";

/** Who cannot sign in at this moment because of wrong passwords. */
export async function checkLimits(): Promise<readonly Finding[]> {
  const [accounts, networks, everywhere] = await Promise.all([
    countSpent("sign_in_account"),
    countSpent("sign_in_address"),
    countSpent("sign_in_global"),
  ]);
  return judgeLimits({ accounts, networks, underAttack: everywhere > 0 });
}

interface Limited {
  readonly accounts: number;
  readonly networks: number;
  readonly underAttack: boolean;
}

export function judgeLimits({ accounts, networks, underAttack }: Limited): readonly Finding[] {
  return [
    ok("locked", `${count(accounts, "account is", "accounts are")} locked now for wrong passwords`),
    ok("refused", `${count(networks, "network is", "networks are")} refused now for wrong passwords`),
    underAttack
      ? warning(
          "attack",
          "very many sign-ins fail everywhere at this moment: each network is allowed few",
          "Somebody tries passwords. Look at authn_login_fail in the log, and block what stands out before the site.",
        )
      : ok("attack", "sign-ins fail no more than usual"),
  ];
}
