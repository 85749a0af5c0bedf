import type { SeededRandom } from "../random/SeededRandom.ts"
import type { ReceivedRequest } from "../server/ReceivedRequest.ts"
import type { ServerClock } from "../server/ServerClock.ts"
import { Mailbox } from "./Mailbox.ts"
import { refused } from "./ThreatWindsReplies.ts"

/** A session: usable once it is verified, until it ends. */
export interface Session {
  readonly id: string
  readonly bearer: string
  readonly verificationCodeID: string
  readonly verified: boolean
  /** Seconds since 1970. */
  readonly expireAt: number
}

/** A key pair: usable once it is verified, until it ends. */
export interface Keypair {
  readonly id: string
  readonly name: string
  readonly key: string
  readonly secret: string
  readonly verificationCodeID: string
  readonly verified: boolean
  /** Seconds since 1970. */
  readonly expireAt: number
}

/** How requests may prove who they are from. */
export type Proof = "none" | "bearer" | "key pair" | "any"

/** Who a request is from. */
export type Caller = { readonly session: Session } | { readonly keypair: Keypair } | undefined

/** What the simulated account is. */
export interface AccountOptions {
  readonly email: string
  readonly roles: ReadonlyArray<string>
  readonly sessionSeconds: number
}

/** The one account of the simulated service, with its sessions and key pairs. */
export class Accounts {
  readonly mailbox: Mailbox
  readonly email: string
  /** Change it to see what is refused without a role. */
  roles: ReadonlyArray<string>
  readonly userID: string
  readonly #sessionSeconds: number
  readonly #clock: ServerClock
  readonly #random: SeededRandom
  readonly #sessions = new Map<string, Session>()
  readonly #keypairs = new Map<string, Keypair>()

  constructor(clock: ServerClock, random: SeededRandom, options: AccountOptions) {
    this.#clock = clock
    this.#random = random
    this.mailbox = new Mailbox(random)
    this.email = options.email
    this.roles = options.roles
    this.userID = random.uuid()
    this.#sessionSeconds = options.sessionSeconds
  }

  /** All sessions, those that ended too. */
  get sessions(): ReadonlyArray<Session> {
    return [...this.#sessions.values()]
  }

  /** All key pairs. */
  get keypairs(): ReadonlyArray<Keypair> {
    return [...this.#keypairs.values()]
  }

  /** Adds a session that is verified already. */
  addSession(bearer: string, seconds: number): Session {
    return this.#putSession({
      id: this.#random.uuid(),
      bearer,
      verificationCodeID: "",
      verified: true,
      expireAt: this.#clock.seconds + seconds
    })
  }

  /** Adds a key pair that is verified already. */
  addKeypair(key: string, secret: string, days: number): Keypair {
    return this.#putKeypair({
      id: this.#random.uuid(),
      name: "simulated",
      key,
      secret,
      verificationCodeID: "",
      verified: true,
      expireAt: this.#clock.seconds + days * secondsOfDay
    })
  }

  /** Opens a session and mails its code. */
  openSession(email: string): Session {
    if (email !== this.email) throw refused(404, "user not found", "not found")
    const { verificationCodeID } = this.mailbox.send(email)
    return this.#putSession({
      id: this.#random.uuid(),
      bearer: this.#random.hex(64),
      verificationCodeID,
      verified: false,
      expireAt: this.#clock.seconds + this.#sessionSeconds
    })
  }

  /** Makes a key pair and mails its code. */
  createKeypair(name: string, days: number): Keypair {
    const { verificationCodeID } = this.mailbox.send(this.email)
    return this.#putKeypair({
      id: this.#random.uuid(),
      name,
      key: this.#random.hex(32),
      secret: this.#random.hex(64),
      verificationCodeID,
      verified: false,
      expireAt: this.#clock.seconds + days * secondsOfDay
    })
  }

  /** Verifies what was opened with that code; a wrong one changes nothing. */
  verify(kind: "session" | "keypair", verificationCodeID: string, code: string): void {
    const mail = this.mailbox.all.find((sent) => sent.verificationCodeID === verificationCodeID)
    if (mail === undefined) throw refused(404, "verification code not found", "not found")
    if (mail.code !== code) throw refused(400, "incorrect verification code", "invalid request")
    const waits = (thing: Session | Keypair): boolean => thing.verificationCodeID === verificationCodeID
    const session = kind === "session" ? this.sessions.find(waits) : undefined
    const keypair = kind === "keypair" ? this.keypairs.find(waits) : undefined
    if (session !== undefined) this.#putSession({ ...session, verified: true })
    else if (keypair !== undefined) this.#putKeypair({ ...keypair, verified: true })
    else throw refused(404, "verification code not found", "not found")
  }

  /** Lets a session begin its time anew. */
  extend(session: Session): void {
    this.#putSession({ ...session, expireAt: this.#clock.seconds + this.#sessionSeconds })
  }

  /** Ends a session. */
  closeSession(id: string): void {
    if (!this.#sessions.delete(id)) throw refused(404, "session not found", "not found")
  }

  /** Deletes a key pair. */
  deleteKeypair(id: string): void {
    if (!this.#keypairs.delete(id)) throw refused(404, "key pair not found", "not found")
  }

  /** Who a request is from; ends it when that is not shown as it must be, or without the role. */
  demand(request: ReceivedRequest, proof: Proof, role: string | undefined): Caller {
    for (const name of ["user-id", "groups"])
      if (request.header(name) !== undefined)
        throw refused(400, `${name} is added by the gateway`, "invalid request")
    if (proof === "none") return undefined
    const authorization = request.header("authorization")
    const key = request.header("api-key")
    if (authorization !== undefined && key !== undefined)
      throw refused(400, "a bearer and a key pair exclude each other", "invalid request")
    const caller = this.#callerOf(authorization, key, request.header("api-secret"), proof)
    if (role !== undefined && !this.roles.includes(role))
      throw refused(403, `unauthorized: the role ${role} is required`, "forbidden")
    return caller
  }

  #callerOf(
    authorization: string | undefined,
    key: string | undefined,
    secret: string | undefined,
    proof: Proof
  ): Exclude<Caller, undefined> {
    if (authorization !== undefined && proof !== "key pair") {
      const bearer = /^Bearer (.+)$/i.exec(authorization)?.[1]
      if (bearer === undefined) throw refused(401, "incorrect authorization header", "unauthorized")
      const session = this.sessions.find((known) => known.bearer === bearer)
      return { session: this.#usable(session) }
    }
    if (key !== undefined && proof !== "bearer")
      return {
        keypair: this.#usable(this.keypairs.find((known) => known.key === key && known.secret === secret))
      }
    throw refused(401, "authentication required", "unauthorized")
  }

  #usable<A extends Session | Keypair>(thing: A | undefined): A {
    if (thing === undefined) throw refused(401, "unauthorized", "unauthorized")
    if (!thing.verified) throw refused(403, "unauthorized: not verified", "forbidden")
    if (thing.expireAt <= this.#clock.seconds) throw refused(401, "unauthorized: expired", "unauthorized")
    return thing
  }

  #putSession(session: Session): Session {
    this.#sessions.set(session.id, session)
    return session
  }

  #putKeypair(keypair: Keypair): Keypair {
    this.#keypairs.set(keypair.id, keypair)
    return keypair
  }
}

const secondsOfDay = 86_400
