import type { ReceivedRequest } from "../server/ReceivedRequest.ts"
import { Reply } from "../server/Reply.ts"
import type { Accounts, Keypair, Session } from "./Accounts.ts"
import { acknowledged, invalid, refused } from "./ThreatWindsReplies.ts"
import { bodyOf, requiredText, type ThreatWindsRoute } from "./ThreatWindsRoute.ts"

/** Sessions and key pairs. */
export function authRoutes(accounts: Accounts): ReadonlyArray<ThreatWindsRoute> {
  const base = "/api/auth/v2"
  const verify = (request: ReceivedRequest, kind: "session" | "keypair"): Reply => {
    const body = bodyOf(request)
    accounts.verify(kind, requiredText(body, "verificationCodeID"), requiredText(body, "code"))
    return acknowledged
  }
  return [
    {
      method: "POST",
      path: `${base}/session`,
      proof: "none",
      handle: (request) => {
        const session = accounts.openSession(requiredText(bodyOf(request), "email"))
        const { bearer, expireAt, id, verificationCodeID } = session
        const client = { ip: "198.51.100.20", userAgent: request.header("user-agent") ?? "" }
        return Reply.json({ bearer, sessionID: id, expireAt, verificationCodeID, ...client }, { status: 202 })
      }
    },
    {
      method: "PUT",
      path: `${base}/session/verification`,
      proof: "none",
      handle: (request) => verify(request, "session")
    },
    {
      method: "GET",
      path: `${base}/session`,
      proof: "bearer",
      handle: (_, _parameters, caller) => {
        const { expireAt, id, verified } = sessionOf(caller)
        return Reply.json({
          sessionID: id,
          userID: accounts.userID,
          alias: accounts.email.split("@")[0] ?? "",
          fullName: "Robin Example",
          expireAt,
          verified,
          roles: accounts.roles,
          groups: ["public"]
        })
      }
    },
    {
      method: "PUT",
      path: `${base}/session/extend`,
      proof: "bearer",
      handle: (_, _parameters, caller) => {
        accounts.extend(sessionOf(caller))
        return acknowledged
      }
    },
    {
      method: "DELETE",
      path: `${base}/session/{id}`,
      proof: "bearer",
      handle: (_, parameters) => {
        accounts.closeSession(parameters.get("id"))
        return acknowledged
      }
    },
    {
      method: "GET",
      path: `${base}/sessions`,
      proof: "bearer",
      handle: (_, _parameters, caller) => {
        const own = sessionOf(caller)
        const sessions = accounts.sessions.map(({ expireAt, id, verified }) => ({
          sessionID: id,
          expireAt,
          verified,
          current: id === own.id
        }))
        return Reply.json({ sessions })
      }
    },
    {
      method: "POST",
      path: `${base}/keypair`,
      proof: "bearer",
      handle: (request) => {
        const body = bodyOf(request)
        const days = body["days"]
        if (typeof days !== "number" || !(days >= 1)) throw invalid("days must be a positive number")
        const pair = accounts.createKeypair(requiredText(body, "name"), days)
        const { secret, verificationCodeID } = pair
        return Reply.json({ ...keypairJson(pair), apiSecret: secret, verificationCodeID }, { status: 202 })
      }
    },
    {
      method: "PUT",
      path: `${base}/keypair/verification`,
      proof: "bearer",
      handle: (request) => verify(request, "keypair")
    },
    {
      method: "GET",
      path: `${base}/keypair`,
      proof: "key pair",
      handle: (_, _parameters, caller) => {
        if (caller === undefined || !("keypair" in caller)) throw refused(401, "unauthorized", "unauthorized")
        const owner = {
          userID: accounts.userID,
          userName: "Robin Example",
          userAlias: accounts.email.split("@")[0] ?? "",
          roles: accounts.roles,
          groups: ["public"]
        }
        return Reply.json({ ...keypairJson(caller.keypair), ...owner })
      }
    },
    {
      method: "GET",
      path: `${base}/keypairs`,
      proof: "bearer",
      handle: () => Reply.json({ keys: accounts.keypairs.map(keypairJson) })
    },
    {
      method: "DELETE",
      path: `${base}/keypair/{id}`,
      proof: "bearer",
      handle: (_, parameters) => {
        accounts.deleteKeypair(parameters.get("id"))
        return acknowledged
      }
    }
  ]
}

/** The Go client reads the time of key pairs as text, and so it is sent here. */
const keypairJson = ({ expireAt, id, key, name, verified }: Keypair) => ({
  apiKey: key,
  keyID: id,
  keyName: name,
  expireAt: String(expireAt),
  verified
})

function sessionOf(caller: Parameters<ThreatWindsRoute["handle"]>[2]): Session {
  if (caller === undefined || !("session" in caller)) throw refused(401, "unauthorized", "unauthorized")
  return caller.session
}
