"use client";

import { useLayoutEffect, useRef, useState, type ReactNode } from "react";
import type { SessionLeft, SessionOwner } from "@/lib/shared/session-left";
import { LogInAgain } from "./log-in-again";
import { SessionEnding } from "./session-ending";
import { useSessionDeadline } from "./use-session-deadline";

const title = "session-dialog-title";
const text = "session-dialog-text";

/**
 * Keeps a page in step with its session: warns before it ends, lets the person stay, and lets them log in again where
 * they are once it has ended, with everything they typed still there. Scripts off, the next click finds out.
 */
export function SessionGuard({ owner, left }: { owner: SessionOwner; left: SessionLeft }) {
  const { state, renewed } = useSessionDeadline(owner.userId, left);
  const [lost, setLost] = useState(false);
  const phase = lost ? "ended" : state.phase;

  const goOn = (said: SessionLeft) => {
    setLost(false);
    renewed(said);
  };
  if (phase === "running") return null;
  return (
    <Dialog key={phase} opaque={phase === "ended"}>
      {phase === "ended" ? (
        <LogInAgain owner={owner} titleId={title} textId={text} onLoggedIn={goOn} />
      ) : (
        <SessionEnding
          {...state}
          titleId={title}
          textId={text}
          onExtended={goOn}
          onEnded={() => {
            setLost(true);
          }}
        />
      )}
    </Dialog>
  );
}

/** A dialog that one leaves by what it offers; what is behind it is hidden when `opaque`. */
function Dialog({ opaque, children }: { opaque: boolean; children: ReactNode }) {
  const ref = useRef<HTMLDialogElement>(null);
  // Before the dialog goes, or the focus would not find its way back.
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      role="alertdialog"
      aria-labelledby={title}
      aria-describedby={text}
      onCancel={(event) => {
        event.preventDefault();
      }}
      // Browsers let a second Escape through.
      onClose={() => ref.current?.showModal()}
      className={`m-auto w-[calc(100%-2rem)] max-w-md rounded-card border border-line bg-surface p-5 text-ink shadow-menu sm:p-6 ${opaque ? "backdrop:bg-canvas" : "backdrop:bg-canvas/80"}`}
    >
      {children}
    </dialog>
  );
}
