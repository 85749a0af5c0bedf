import { Refusal, Reply } from "../server/Reply.ts"

/** Failures in the service's form: a message and a code. Codes that nobody published are invented. */
export const sekoiaReplies = {
  invalidToken: failure(401, "The token is invalid", "T300"),
  expiredToken: failure(401, "The token has expired", "T301"),
  revokedToken: failure(401, "Token revoked", "T302"),
  forbidden: failure(403, "The permission is missing", "INTHREAT0403"),
  unknownObject: failure(404, "Unknown object", "INTHREAT0404"),
  unknownCollection: failure(404, "IOC Collection not found", "INTHREAT2500"),
  methodNotAllowed: failure(405, "Method not allowed", "INTHREAT0405")
} as const

/** Ends a request with 400. */
export const invalid = (message: string): Refusal => new Refusal(failure(400, message, "INTHREAT0400"))

function failure(status: number, message: string, code: string): Reply {
  return Reply.json({ message, code }, { status })
}
