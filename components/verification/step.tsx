import type { ReactNode } from "react";
import { paths } from "@/lib/routes";
import { CredentialCard } from "../credentials/credential-card";
import { TextLink } from "../ui/text-link";

interface StepProps {
  title: string;
  status?: ReactNode;
  children: ReactNode;
}

/** What somebody who is signed in is asked or told about an e-mail address. */
export function Step({ title, status, children }: StepProps) {
  return (
    <CredentialCard
      title={title}
      status={<div role="status">{status}</div>}
      providers={[]}
      footer={<TextLink href={paths.profile}>Go to your profile</TextLink>}
    >
      <div className="space-y-4 wrap-anywhere">{children}</div>
    </CredentialCard>
  );
}
