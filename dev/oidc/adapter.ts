import type { Adapter, AdapterFactory, AdapterPayload } from "oidc-provider";
import type { Journal } from "./journal";

const endWithGrant = new Set(["AccessToken", "AuthorizationCode", "RefreshToken"]);

/** Stores the provider's models in the journal, each under `model:id`. */
export function journalAdapter(journal: Journal): AdapterFactory {
  const grants = new Map<string, Set<string>>();

  function remember(key: string, payload: AdapterPayload): void {
    const [model = ""] = key.split(":", 1);
    if (payload.grantId === undefined || !endWithGrant.has(model)) return;
    const members = grants.get(payload.grantId) ?? new Set();
    grants.set(payload.grantId, members.add(key));
  }

  for (const [key, payload] of journal.entries("")) remember(key, payload as AdapterPayload);

  return (model): Adapter => {
    const keyOf = (id: string) => `${model}:${id}`;
    const find = (id: string) => Promise.resolve(journal.get(keyOf(id)) as AdapterPayload | undefined);
    return {
      find,
      upsert(id, payload, expiresIn) {
        journal.set(keyOf(id), payload, expiresIn);
        if (model === "Session" && payload.uid !== undefined)
          journal.set(`SessionUid:${payload.uid}`, id, expiresIn);
        remember(keyOf(id), payload);
        return Promise.resolve();
      },
      findByUid(uid) {
        const id = journal.get(`SessionUid:${uid}`);
        return typeof id === "string" ? find(id) : Promise.resolve(undefined);
      },
      // Only the device flow has user codes, and it is switched off.
      findByUserCode: () => Promise.resolve(undefined),
      consume(id) {
        const consumed = Math.floor(Date.now() / 1000);
        journal.change(keyOf(id), (payload) => ({ ...(payload as AdapterPayload), consumed }));
        return Promise.resolve();
      },
      destroy(id) {
        journal.delete(keyOf(id));
        return Promise.resolve();
      },
      revokeByGrantId(grantId) {
        for (const key of grants.get(grantId) ?? []) journal.delete(key);
        grants.delete(grantId);
        return Promise.resolve();
      },
    };
  };
}
