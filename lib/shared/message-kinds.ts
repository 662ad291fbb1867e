/** The messages that the external API serves under `/api/messages/{kind}`. */
export const messageKinds = ["public", "protected", "admin"] as const;

export type MessageKind = (typeof messageKinds)[number];
