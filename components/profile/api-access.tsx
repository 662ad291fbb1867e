import type { ApiAccessView } from "@/lib/shared/api-access";
import { Badge } from "../ui/badge";
import { Code } from "../ui/code";
import { Timestamp } from "../ui/timestamp";
import { Fact, Facts } from "./facts";

const states = {
  ready: { tone: "success", text: "Ready" },
  delayed: { tone: "warning", text: "Waiting for the provider" },
  expired: { tone: "warning", text: "Run out" },
  disconnected: { tone: "warning", text: "Not connected" },
} as const;

/** What this site may ask the external API for in the person's name. The token itself is never shown. */
export function ApiAccess({ access }: { access: ApiAccessView }) {
  const { tone, text } = states[access.state];
  return (
    <div className="border-y border-line">
      <Facts>
        <Fact label="State">
          <Badge tone={tone}>{text}</Badge>
        </Fact>
        <Fact label="API">{access.api}</Fact>
        <Fact label="Audience">
          <Code>{access.audience}</Code>
        </Fact>
        <Fact label="Tokens issued by">{access.issuer.name}</Fact>
        <Fact label="Scopes">
          {access.scopes.length === 0 ? (
            <span className="text-muted">None</span>
          ) : (
            <span className="flex flex-wrap gap-x-4 gap-y-1">
              {access.scopes.map((scope) => (
                <Code key={scope}>{scope}</Code>
              ))}
            </span>
          )}
        </Fact>
        <Fact label="Token ends">
          {access.expiresAt ? (
            <Timestamp at={access.expiresAt} />
          ) : (
            <span className="text-muted">Not said</span>
          )}
        </Fact>
        <Fact label="Last renewed">
          {access.renewedAt ? <Timestamp at={access.renewedAt} /> : <span className="text-muted">Never</span>}
        </Fact>
      </Facts>
    </div>
  );
}
