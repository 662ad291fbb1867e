const style = `
:root { color-scheme: light dark; --ink: #1a1a1f; --soft: #55555f; --paper: #fff; --back: #f4f4f6; --line: #b9b9c2; --field: #75757f;
  --accent: #1f4fd8; --on-accent: #fff; --error: #b00020; --error-back: #fdecef; }
@media (prefers-color-scheme: dark) { :root { --ink: #f1f1f4; --soft: #b4b4be; --paper: #1c1c21; --back: #111114;
  --line: #5c5c68; --field: #8a8a96; --accent: #8fb0ff; --on-accent: #0c1430; --error: #ffb3bf; --error-back: #3d151c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 26rem; margin: 10vh auto 2rem; padding: 2rem; background: var(--paper); border: 1px solid var(--line);
  border-radius: 12px; }
@media (max-width: 30rem) { main { margin: 0; border: 0; border-radius: 0; min-height: 100vh; padding: 1.5rem; } }
.brand { margin: 0 0 1.5rem; color: var(--soft); font-weight: 600; }
h1 { margin: 0 0 .5rem; font-size: 1.5rem; line-height: 1.25; }
p { margin: .5rem 0; }
.soft { color: var(--soft); }
label { display: block; margin: 1rem 0 .25rem; font-weight: 600; }
input { width: 100%; padding: .625rem .75rem; border: 1px solid var(--field); border-radius: 8px; background: var(--paper);
  color: var(--ink); font: inherit; }
input[aria-invalid="true"] { border-color: var(--error); }
button, .button { display: block; width: 100%; margin-top: 1.5rem; padding: .75rem; border: 0; border-radius: 8px;
  background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; text-align: center; cursor: pointer; }
button.plain { margin-top: .75rem; background: transparent; color: var(--accent); border: 1px solid var(--line); }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.error { margin: 1rem 0; padding: .75rem; border-radius: 8px; background: var(--error-back); color: var(--error); }
.links { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; justify-content: space-between; margin-top: 1.5rem; }
`;

/** Makes text safe inside elements and quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}

/** One screen of the provider. `body` is HTML already; `title` and `brand` are text. No page holds a script. */
export function page(brand: string, title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${escapeHtml(title)} · ${escapeHtml(brand)}</title>
<style>${style}</style>
</head>
<body>
<main>
<p class="brand">${escapeHtml(brand)}</p>
${body}
</main>
</body>
</html>
`;
}

/**
 * Headers of every screen. Browsers apply form-action to the redirects that follow a submission too, so the origins
 * that people are sent back to are named.
 */
export function pageHeaders(formTargets: readonly string[]): Record<string, string> {
  return {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": [
      "default-src 'none'",
      "style-src 'unsafe-inline'",
      "img-src data:",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      `form-action ${["'self'", ...formTargets].join(" ")}`,
    ].join("; "),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  };
}
