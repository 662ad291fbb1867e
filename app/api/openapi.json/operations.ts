import "server-only";
import { z } from "zod";
import type { Operation } from "@/lib/web/api-operation";
import type { Operations } from "@/lib/web/describe-api";
import { authenticate } from "../authenticate/operation";
import { readMe } from "../me/operation";
import { readMessage } from "../messages/[kind]/operation";
import { extendOwnSession } from "../session/operation";
import { refreshTokens, revokeToken } from "../token/operations";
import { changeOwnAccount, deleteOwnAccount, readOwnAccount } from "../users/me/operations";
import { changeUser, deleteUser, readUser } from "../users/[id]/operations";
import { inviteUser } from "../users/invitations/operations";
import { listUsers, signUpByApi } from "../users/operations";

const readDocument = {
  summary: "This document.",
  access: "open",
  data: z.record(z.string(), z.unknown()),
  bare: true,
  errors: [],
} as const satisfies Operation;

/** Every operation of our API, each from beside its route handler. A test compares them with the handlers. */
export const operations: Operations = {
  "/api/openapi.json": { get: readDocument },
  "/api/authenticate": { post: authenticate },
  "/api/session": { post: extendOwnSession },
  "/api/token/refresh": { post: refreshTokens },
  "/api/token/revoke": { post: revokeToken },
  "/api/users": { get: listUsers, post: signUpByApi },
  "/api/users/me": { get: readOwnAccount, patch: changeOwnAccount, delete: deleteOwnAccount },
  "/api/users/invitations": { post: inviteUser },
  "/api/users/{id}": { get: readUser, patch: changeUser, delete: deleteUser },
  "/api/me": { get: readMe },
  "/api/messages/{kind}": { get: readMessage },
};
