import "server-only";
import { groupMilliseconds } from "./bounds";
import { checkApi } from "./check-api";
import { checkAudit } from "./check-audit";
import { checkBreachedPasswords } from "./check-breached-passwords";
import { checkDatabase } from "./check-database";
import { checkLimits } from "./check-limits";
import { checkMail } from "./check-mail";
import { checkOwnKeys } from "./check-own-keys";
import { checkProvider } from "./check-provider";
import { checkTasks } from "./check-tasks";
import { describeSettings } from "./describe-settings";
import { count, failed, ok, warning } from "./finding";
import { secretHider } from "./hide-secrets";
import { providerConfigs, type ProviderConfig } from "@/lib/domain/oidc/provider-config";
import { environment, ownUrl, type EnvironmentError } from "@/lib/env";
import { DeadlineError, withDeadline } from "@/lib/platform/deadline";
import { describeCause, log } from "@/lib/platform/log";
import { nameCommands } from "@/lib/platform/own-commands";
import { apiPaths, paths } from "@/lib/routes";
import { statusOf, worstOf, type CheckGroup, type Diagnosis, type Finding } from "@/lib/shared/diagnosis";

interface Examination {
  readonly group: string;
  readonly title: string;
  readonly check: () => Promise<readonly Finding[]>;
  readonly register?: Readonly<Record<string, string>>;
}

/** Looks at everything at once, each part within {@link groupMilliseconds}. It changes nothing, here or elsewhere. */
export async function examine(): Promise<Diagnosis> {
  const parts: readonly Examination[] = [
    { group: "configuration", title: "Configuration", check: () => Promise.resolve([sound()]) },
    { group: "database", title: "Database", check: checkDatabase },
    ...providerConfigs().map((provider) => ({
      group: `provider:${provider.id}`,
      title: `Provider "${provider.name}" (${provider.id})`,
      check: () => checkProvider(provider),
      register: registrationOf(provider),
    })),
    { group: "api", title: "Messages API", check: checkApi },
    { group: "mail", title: "Mail", check: checkMail },
    { group: "keys", title: "Keys", check: checkOwnKeys },
    { group: "audit", title: "Audit log", check: checkAudit },
    { group: "tasks", title: "Housekeeping", check: checkTasks },
    { group: "limits", title: "Limits", check: checkLimits },
    { group: "passwords", title: "Passwords", check: checkBreachedPasswords },
  ];
  return toDiagnosis(forWantOfDatabase(await Promise.all(parts.map(examinePart))), describeSettings());
}

/** What there is to say of a configuration with which nothing can be looked at. */
export function faultyConfiguration({ faults }: EnvironmentError): Diagnosis {
  const fix = "See docs/configuration.md. The rest is checked once these are mended.";
  const findings = faults.map(({ name, message }) => failed("variable", `${name}: ${message}`, fix));
  return toDiagnosis([{ group: "configuration", title: "Configuration", findings, register: {} }], []);
}

function sound(): Finding {
  const { providers } = environment();
  return ok("variables", `no fault in it; served at ${ownUrl()}, ${count(providers.length, "provider")}`);
}

/** What a provider has to be told of us. */
function registrationOf({ id }: ProviderConfig): Readonly<Record<string, string>> {
  const { AUTH_URL } = environment();
  return {
    callback: AUTH_URL + apiPaths.callback(id),
    "post-logout": AUTH_URL + paths.signedOut,
    "back-channel logout": AUTH_URL + apiPaths.backchannelLogout(id),
    "initiate login": AUTH_URL + paths.initiateLogin,
  };
}

async function examinePart({ check, register = {}, ...named }: Examination): Promise<CheckGroup> {
  return { ...named, register, findings: await findingsOf(named.group, check) };
}

async function findingsOf(group: string, check: Examination["check"]): Promise<readonly Finding[]> {
  try {
    return await withDeadline(check(), groupMilliseconds);
  } catch (error) {
    if (error instanceof DeadlineError)
      return [failed("deadline", error.message, "Something that is asked here hangs: look at it by hand.")];
    log.error({ event: "check_failed", group, cause: describeCause(error) }, "a check could not be made");
    return [
      failed("unexpected", "this could not be checked", "See check_failed in the log, and the database."),
    ];
  }
}

/** Where the database fails, what needs it is no trouble of its own. */
function forWantOfDatabase(groups: readonly CheckGroup[]): readonly CheckGroup[] {
  const database = groups.find(({ group }) => group === "database");
  if (database === undefined || statusOf(database) !== "failed") return groups;
  const missed = warning(
    "unexpected",
    "not looked at, for want of the database",
    "Mend the database first, then look again.",
  );
  return groups.map((group) => ({
    ...group,
    findings: group.findings.map((finding) => (finding.check === "unexpected" ? missed : finding)),
  }));
}

function toDiagnosis(groups: readonly CheckGroup[], settings: Diagnosis["settings"]): Diagnosis {
  const diagnosis: Diagnosis = {
    version: 1,
    status: worstOf(groups.map(statusOf)),
    at: new Date().toISOString(),
    groups,
    settings,
  };
  const hide = secretHider();
  const withoutSecrets = (_: string, value: unknown) =>
    typeof value === "string" ? nameCommands(hide(value)) : value;
  return JSON.parse(JSON.stringify(diagnosis), withoutSecrets) as Diagnosis;
}
