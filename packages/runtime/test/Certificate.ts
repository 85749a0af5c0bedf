import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto"
import { isIPv4 } from "node:net"

/** A certificate with its key, made when a test runs: no key is stored and none expires in the repository. */
export interface Certificate {
  readonly cert: string
  readonly key: string
}

/** What a certificate says. */
export interface CertificateOptions {
  readonly name: string
  /** Host names and IPv4 addresses. */
  readonly hosts?: ReadonlyArray<string>
  readonly notBefore?: Date
  readonly notAfter?: Date
  /** Who signs it. Absent: itself. */
  readonly issuer?: CertificateAuthority
}

/** A certificate that can sign others. */
export interface CertificateAuthority extends Certificate {
  readonly name: string
  readonly privateKey: KeyObject
}

/** An X.509 v3 certificate (RFC 5280 §4.1) with an EC key. */
export function makeCertificate(options: CertificateOptions): CertificateAuthority {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
  const signature = sequence(oid("06082a8648ce3d040302"))
  const issuer = options.issuer ?? { name: options.name, privateKey }
  const body = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    signature,
    distinguishedName(issuer.name),
    sequence(
      time(options.notBefore ?? new Date(Date.UTC(2001, 0, 1))),
      time(options.notAfter ?? new Date(Date.UTC(2099, 0, 1)))
    ),
    distinguishedName(options.name),
    publicKey.export({ format: "der", type: "spki" }),
    tagged(0xa3, sequence(basicConstraints(options.hosts === undefined), ...alternativeNames(options.hosts)))
  )
  const signed = sign("sha256", body, issuer.privateKey)
  const der = sequence(body, signature, tagged(0x03, Buffer.concat([Buffer.from([0]), signed])))
  const lines = der.toString("base64").match(/.{1,64}/gu) ?? []
  return {
    name: options.name,
    privateKey,
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ format: "pem", type: "pkcs8" }).toString()
  }
}

function tagged(tag: number, ...parts: ReadonlyArray<Buffer>): Buffer {
  const content = Buffer.concat(parts)
  const length =
    content.length < 128
      ? Buffer.from([content.length])
      : Buffer.from([0x82, content.length >> 8, content.length & 255])
  return Buffer.concat([Buffer.from([tag]), length, content])
}

function sequence(...parts: ReadonlyArray<Buffer>): Buffer {
  return tagged(0x30, ...parts)
}

function integer(bytes: Buffer): Buffer {
  return tagged(0x02, bytes)
}

function oid(hex: string): Buffer {
  return Buffer.from(hex, "hex")
}

function distinguishedName(name: string): Buffer {
  return sequence(tagged(0x31, sequence(oid("0603550403"), tagged(0x0c, Buffer.from(name)))))
}

function time(date: Date): Buffer {
  const text = date.toISOString().replace(/[-:T]|\.\d+/gu, "")
  return tagged(0x18, Buffer.from(text))
}

function basicConstraints(authority: boolean): Buffer {
  const flag = Buffer.from("0101ff", "hex")
  return sequence(oid("0603551d13"), flag, tagged(0x04, sequence(...(authority ? [flag] : []))))
}

function alternativeNames(hosts: ReadonlyArray<string> | undefined): ReadonlyArray<Buffer> {
  if (hosts === undefined) return []
  const names = hosts.map((host) =>
    isIPv4(host)
      ? tagged(0x87, Buffer.from(host.split(".").map(Number)))
      : tagged(0x82, Buffer.from(host, "ascii"))
  )
  return [sequence(oid("0603551d11"), tagged(0x04, sequence(...names)))]
}
