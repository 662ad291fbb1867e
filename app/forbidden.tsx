import type { Metadata } from "next";
import { Denied } from "@/components/outcome/denied";
import { currentViewer } from "@/lib/web/viewer";

export const metadata: Metadata = { title: "Not allowed" };

export default async function Forbidden() {
  const state = await currentViewer();
  return <Denied permission={null} viewer={state.status === "signed-in" ? state.viewer : null} />;
}
