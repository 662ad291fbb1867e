import type { Metadata } from "next";
import { SessionItem } from "@/components/sessions/session-item";
import { wayOf } from "@/components/sessions/way-of";
import { Button } from "@/components/ui/button";
import { ItemList } from "@/components/ui/item-list";
import { PageHeading } from "@/components/ui/page-heading";
import { StatusNotice } from "@/components/ui/status-notice";
import { listSessions } from "@/lib/domain/sessions/list-sessions";
import { paths, sessionNotices, type SessionNotice } from "@/lib/routes";
import { personContext } from "@/lib/web/context";
import { gatedPage } from "../../page-builders";
import { endOtherSessions, endSession } from "./actions";

export const metadata: Metadata = { title: "Sessions" };

const notices: Readonly<Record<SessionNotice, string>> = {
  ended: "The session has ended.",
  "others-ended": "All other sessions have ended.",
};

export default gatedPage(paths.sessions, async (viewer, { searchParams }) => {
  const sessions = await listSessions(await personContext(viewer));
  const { notice: code } = await searchParams;
  const notice = sessionNotices.find((name) => name === code);
  const others = sessions.filter(({ current }) => !current).length;
  return (
    <>
      <PageHeading title="Sessions">
        Every place where you are signed in. A session that you end here stops at its next click. Of where a
        device is we know its network address alone, and show the first part of it; we ask nobody about it.
      </PageHeading>
      <StatusNotice>{notice && notices[notice]}</StatusNotice>
      <h2 id="devices" className="sr-only">
        Devices
      </h2>
      <ItemList labelledBy="devices">
        {sessions.map((session) => (
          <SessionItem
            key={session.id}
            session={session}
            way={wayOf(session.method, session.providerName)}
            current={session.current}
            end={endSession}
          />
        ))}
      </ItemList>
      {others > 0 ? (
        <form action={endOtherSessions} className="mt-6">
          <Button variant="danger">End all other sessions</Button>
        </form>
      ) : (
        <p className="mt-6 text-sm text-muted">You are signed in nowhere else.</p>
      )}
    </>
  );
});
