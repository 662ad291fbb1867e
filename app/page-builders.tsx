import type { ReactNode } from "react";
import { Denied } from "@/components/outcome/denied";
import { Outcome } from "@/components/outcome/outcome";
import { Unverified } from "@/components/outcome/unverified";
import { PermissionDenied } from "@/lib/domain/access/require-permission";
import type { Viewer } from "@/lib/shared/views";
import { decidePage, pageDenied, pageFailure, type PageDenial, type PageFailure } from "@/lib/web/page";
import type { SearchParams } from "./search-params";

interface PageProps {
  readonly searchParams: SearchParams;
  /** What the folder in brackets stands for. */
  readonly params: Promise<Readonly<Record<string, string>>>;
}

/**
 * A page for those whom the route policy lets in: the only way a gated page is made. Everybody else gets the login page,
 * a 403 that names the permission, or an outcome with a reference; all of them without scripts too.
 */
export function gatedPage(path: string, render: (viewer: Viewer, props: PageProps) => Promise<ReactNode>) {
  return async function GatedPage(props: PageProps): Promise<ReactNode> {
    const access = await decidePage(path);
    if (access.kind === "failed") return <Failed {...access} />;
    if (access.kind !== "allowed") return <Refused {...access} />;
    const { viewer } = access;
    return guarded(path, async () => {
      try {
        return await render(viewer, props);
      } catch (error) {
        if (!(error instanceof PermissionDenied)) throw error;
        return <Refused {...await pageDenied(viewer, error, path)} />;
      }
    });
  };
}

function Refused(denial: PageDenial) {
  return denial.kind === "denied" ? <Denied {...denial} /> : <Unverified {...denial} />;
}

/** A page for everyone, with the same answer to what goes wrong. */
export function openPage(path: string, render: (props: PageProps) => Promise<ReactNode>) {
  return (props: PageProps): Promise<ReactNode> => guarded(path, () => render(props));
}

async function guarded(path: string, work: () => Promise<ReactNode>): Promise<ReactNode> {
  try {
    return await work();
  } catch (error) {
    return <Failed {...await pageFailure(error, path)} />;
  }
}

/** An outcome in the place of a page. */
export function Failed({ code, reference, from }: PageFailure) {
  return <Outcome code={code} reference={reference} from={from} />;
}
