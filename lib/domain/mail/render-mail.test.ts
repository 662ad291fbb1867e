import { describe, expect, it } from "vitest";
import { renderMail } from "./render-mail";

const evil = `<script>alert(1)</script>"'&`;
const rendered = renderMail({
  subject: evil,
  preview: evil,
  heading: evil,
  paragraphs: [evil, "Second."],
  code: "123 456",
  action: { label: evil, href: `https://app.example.org/x?token=t&a="b"` },
  notes: [evil],
});

describe("a mail", () => {
  it("says the same as text and as HTML", () => {
    for (const part of ["123 456", "Second.", "https://app.example.org/x?token=t"]) {
      expect(rendered.text).toContain(part);
      expect(rendered.html).toContain(part);
    }
  });

  it("shows what people chose as text", () => {
    expect(rendered.html).not.toContain("<script");
    expect(rendered.html).not.toContain('a="b"');
    expect(rendered.html.match(/&#60;script&#62;/g)?.length).toBeGreaterThanOrEqual(5);
  });

  it("writes out an address that nobody could type, and no other", () => {
    const withAction = (href: string) =>
      renderMail({
        ...{ subject: "S", preview: "P", heading: "H", paragraphs: [], notes: [] },
        action: { label: "Go", href },
      });
    const hint = "If the button does nothing";
    expect(withAction("https://app.example.org/x?token=t").html).toContain(hint);
    expect(withAction("https://app.example.org/login").html).not.toContain(hint);
    expect(withAction("https://app.example.org/login").text).toContain("https://app.example.org/login");
  });

  it("fetches nothing from anywhere", () => {
    expect(rendered.html).not.toMatch(/<img|<link|@import|url\(|src=/i);
  });
});
