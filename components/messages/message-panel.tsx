import type { ReactNode } from "react";
import { loginPath } from "@/lib/routes";
import type { Result } from "@/lib/shared/result";
import type { StartParameters } from "@/lib/shared/start-parameters";
import type { MessageError, Viewer } from "@/lib/shared/views";
import { StartOidcForm } from "../credentials/start-oidc-form";
import { ButtonLink } from "../ui/button";
import { Card } from "../ui/card";
import { Code } from "../ui/code";
import { Notice } from "../ui/notice";
import { messageFailures } from "./message-failures";

interface MessagePanelProps {
  result: Result<{ readonly text: string }, MessageError>;
  /** The page that shows the panel: where "Try again" and a new sign-in lead. */
  path: string;
  viewer: Viewer | null;
}

/** A message of the external API, or why there is none and what helps. */
export function MessagePanel({ result, path, viewer }: MessagePanelProps) {
  if (result.ok) {
    return (
      <Card className="p-6 sm:p-8">
        <p className="text-sm text-muted">The message service says</p>
        <p className="mt-2 text-lg font-medium wrap-anywhere">{result.value.text}</p>
      </Card>
    );
  }
  const { code, permission, stepUp } = result.error;
  const { tone, title, sentence, remedy } = messageFailures[code];
  return (
    <Notice tone={tone}>
      <h2 className="text-base font-medium">{title}</h2>
      <p className="mt-1">{sentence}</p>
      {permission ? (
        <p className="mt-1">
          It asks for the permission <Code>{permission}</Code>, which an administrator can grant.
        </p>
      ) : null}
      {remedy === "none" ? null : <div className="mt-4 mb-1">{remedyFor(remedy, path, viewer, stepUp)}</div>}
    </Notice>
  );
}

function remedyFor(
  remedy: "try-again" | "sign-in",
  path: string,
  viewer: Viewer | null,
  stepUp: StartParameters | undefined,
): ReactNode {
  if (remedy === "sign-in" && viewer?.provider) {
    const { provider } = viewer;
    return (
      <StartOidcForm
        provider={provider}
        intent="sign-in"
        returnTo={path}
        parameters={stepUp}
        label={`Sign in again with ${provider.name}`}
      />
    );
  }
  if (remedy === "sign-in" && viewer === null) {
    return <ButtonLink href={loginPath(path)}>Log in</ButtonLink>;
  }
  return <ButtonLink href={path}>Try again</ButtonLink>;
}
