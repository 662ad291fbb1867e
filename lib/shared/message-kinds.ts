/** The messages that the external API serves under `/api/messages/{kind}`. */
export const messageKinds = ["public", "protected", "admin"] as const;

export type MessageKind = (typeof messageKinds)[number];

export function isMessageKind(value: string): value is MessageKind {
  return (messageKinds as readonly string[]).includes(value);
}
