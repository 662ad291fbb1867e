/** Why no mail was sent, for the person who asked for one. Both say nothing about who is here. */
export const mailRefusals = {
  capped: "Five mails went to this address within the last hour. Look for the newest, or try again later.",
  off: "This site sends no mail. The people who run it can help.",
} as const;
