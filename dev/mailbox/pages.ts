import { escapeHtml } from "../oidc/pages/layout";
import type { Mail } from "./store";

const style = `
:root { color-scheme: light dark; --ink: #1a1a1f; --soft: #55555f; --back: #fff; --line: #b9b9c2; --accent: #1f4fd8; }
@media (prefers-color-scheme: dark) { :root { --ink: #f1f1f4; --soft: #b4b4be; --back: #17171b; --line: #5c5c68;
  --accent: #8fb0ff; } }
body { max-width: 52rem; margin: 0 auto; padding: 1.5rem; background: var(--back); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
ul { list-style: none; padding: 0; }
li { padding: .75rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
.soft { color: var(--soft); }
dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem 1rem; overflow-wrap: anywhere; }
dt { color: var(--soft); } dd { margin: 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: 1rem; border: 1px solid var(--line); border-radius: 8px; }
iframe { box-sizing: border-box; width: 100%; height: 36rem; border: 1px solid var(--line); border-radius: 8px; background: #fff; }
button { padding: .5rem 1rem; border: 1px solid var(--line); border-radius: 8px; background: transparent;
  color: var(--accent); font: inherit; cursor: pointer; }
`;

/** The list of mails, newest first. */
export function listPage(mails: readonly Mail[]): string {
  const rows = mails.map(
    (mail) => `<li><a href="/mail/${mail.id}">${escapeHtml(mail.subject || "(no subject)")}</a><br>
<span class="soft">to ${escapeHtml(mail.envelope.to.join(", "))} · ${time(mail.receivedAt)}</span></li>`,
  );
  const body =
    rows.length === 0
      ? "<p>No mail yet. Whatever the application sends appears here; reload the page to see it.</p>"
      : `<form method="post" action="/clear"><button type="submit">Delete all</button></form><ul>${rows.join("\n")}</ul>`;
  return document("Mailbox", `<h1>Mailbox</h1>${body}`);
}

/** One mail. Its HTML is shown without scripts, forms or links into this page. */
export function mailPage(mail: Mail): string {
  const subject = mail.subject || "(no subject)";
  const frame =
    mail.html === null
      ? ""
      : `<h2>As HTML</h2><iframe sandbox="allow-popups allow-popups-to-escape-sandbox" title="The mail as HTML" src="/mail/${mail.id}/html"></iframe>`;
  return document(
    subject,
    `<p><a href="/">All mails</a></p><h1>${escapeHtml(subject)}</h1>
<dl><dt>From</dt><dd>${escapeHtml(mail.from)}</dd><dt>To</dt><dd>${escapeHtml(mail.to.join(", "))}</dd>
<dt>Received</dt><dd>${time(mail.receivedAt)}</dd></dl>
<h2>As text</h2><pre>${linked(mail.text)}</pre>${frame}
<p><a href="/mail/${mail.id}/source">Source</a></p>`,
  );
}

/** Shown for any other address. */
export function missingPage(): string {
  return document("Not found", '<h1>Not found</h1><p>There is no such mail. <a href="/">All mails</a></p>');
}

function linked(text: string): string {
  return escapeHtml(text).replace(
    /https?:\/\/[^\s<>&]+(?:&#38;[^\s<>&]+)*/g,
    (url) => `<a href="${url}">${url}</a>`,
  );
}

function time(iso: string): string {
  return `<time datetime="${iso}">${iso.slice(0, 19).replace("T", " ")} UTC</time>`;
}

function document(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><link rel="icon" href="data:,"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Development mailbox</title><style>${style}</style></head>
<body><main>${body}</main></body>
</html>
`;
}
