import "server-only";

/** What a mail says; text and HTML are made of it. */
export interface MailContent {
  readonly subject: string;
  /** What a mailbox shows beside the subject. */
  readonly preview: string;
  readonly heading: string;
  readonly paragraphs: readonly string[];
  /** A code to type, in its groups. */
  readonly code?: string;
  readonly action?: { readonly label: string; readonly href: string };
  /** Why the person got this, and what to do if it was not them. */
  readonly notes: readonly string[];
}

export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export function renderMail(content: MailContent): RenderedMail {
  return { subject: content.subject, text: asText(content), html: asHtml(content) };
}

function asText({ heading, paragraphs, code, action, notes }: MailContent): string {
  const parts = [
    heading,
    ...paragraphs,
    ...(code === undefined ? [] : [`    ${code}`]),
    ...(action === undefined ? [] : [`${action.label}:\n${action.href}`]),
    "-- \nGatehouse",
    ...notes,
  ];
  return `${parts.join("\n\n")}\n`;
}

const font =
  "font-family:Geist,ui-sans-serif,system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** The colours of globals.css, as mail programs know them. Programs without a dark theme of their own show the light one. */
const darkStyle = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
a { text-underline-offset: 3px; }
@media (max-width: 480px) { .card { padding: 24px 20px !important; } }
@media (prefers-color-scheme: dark) {
  .canvas { background-color: #0d0f13 !important; }
  .card { background-color: #15181d !important; border-color: #2b2e35 !important; }
  .ink { color: #edeef2 !important; }
  .muted { color: #a6abb3 !important; }
  .accent { color: #95b7fb !important; }
  .sunken { background-color: #1e2228 !important; }
  .button { background-color: #95b7fb !important; color: #0a1326 !important; }
}`;

function asHtml({ subject, preview, heading, paragraphs, code, action, notes }: MailContent): string {
  const body = [
    `<h1 class="ink" style="margin:0;${font};font-size:22px;line-height:1.3;font-weight:600;letter-spacing:-0.01em;color:#161b24">${unbroken(heading)}</h1>`,
    ...paragraphs.map((text) => paragraph(text, "ink", "#161b24", 16)),
    ...(code === undefined ? [] : [codeBlock(code)]),
    ...(action === undefined ? [] : [button(action)]),
  ].join("\n");
  const small = notes.map((text) => paragraph(text, "muted", "#535862", 13)).join("\n");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title>
<style>${darkStyle}</style>
</head>
<body class="canvas" style="margin:0;padding:0;background-color:#fafbfc">
<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(preview)}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="canvas" style="background-color:#fafbfc"><tr><td align="center" style="padding:32px 16px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:520px">
<tr><td class="ink" style="padding:0 4px 16px;${font};font-size:16px;font-weight:600;letter-spacing:-0.01em;color:#161b24">Gatehouse</td></tr>
<tr><td class="card" style="padding:32px;background-color:#ffffff;border:1px solid #e0e2e6;border-radius:12px">
${body}
</td></tr>
<tr><td style="padding:12px 4px 0">
${small}
</td></tr>
</table>
</td></tr></table>
</body>
</html>
`;
}

function paragraph(text: string, tone: string, color: string, size: number): string {
  return `<p class="${tone}" style="margin:${size > 14 ? "16" : "8"}px 0 0;${font};font-size:${String(size)}px;line-height:1.55;color:${color}">${escapeHtml(text)}</p>`;
}

function codeBlock(code: string): string {
  return `<p class="ink sunken" style="margin:24px 0 0;padding:16px 0 16px 0.12em;border-radius:8px;background-color:#f1f2f5;text-align:center;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:28px;line-height:1.2;font-weight:600;letter-spacing:0.12em;color:#161b24">${escapeHtml(code)}</p>`;
}

function button({ label, href }: NonNullable<MailContent["action"]>): string {
  const address = escapeHtml(href);
  const link = `<p style="margin:24px 0 0"><a href="${address}" class="button" style="display:inline-block;padding:12px 20px;border-radius:8px;background-color:#2954bc;color:#ffffff;${font};font-size:16px;line-height:1.25;font-weight:500;text-decoration:none">${escapeHtml(label)}</a></p>`;
  // A page that anybody finds needs no address to copy.
  if (new URL(href).search === "") return link;
  return `${link}
<p class="muted" style="margin:20px 0 0;${font};font-size:13px;line-height:1.55;color:#535862">If the button does nothing, open this address:<br><a href="${address}" class="accent" style="color:#2954bc;word-break:break-all">${address}</a></p>`;
}

/** A heading whose words with a hyphen stay on one line. */
function unbroken(text: string): string {
  return escapeHtml(text).replace(/\w+-\w+/g, '<span style="white-space:nowrap">$&</span>');
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
