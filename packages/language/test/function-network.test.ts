import { isIP } from "node:net"
import { describe, expect, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import { networkFunctions } from "../src/expression/functions/NetworkFunctions.ts"
import { FunctionTable, holdsFor, oneOf, textOf, wholeNumber } from "./FunctionTable.ts"

const table = new FunctionTable(networkFunctions)

/** An address as its number of bits and their value: the reference that the properties are checked against. */
interface Bits {
  readonly size: 32 | 128
  readonly value: bigint
}

const byte = wholeNumber(0, 255)
const group = wholeNumber(0, 0xffff)
const groupsOf = (values: ReadonlyArray<number>, size: 8 | 16): bigint =>
  values.reduce((sum, value) => (sum << BigInt(size)) | BigInt(value), 0n)

const ipv4: Arbitrary.Arbitrary<Bits> = Arbitrary.array(byte, { minLength: 4, maxLength: 4 }).pipe(
  Arbitrary.map((bytes): Bits => ({ size: 32, value: groupsOf(bytes, 8) }))
)
/** With many zero groups, so that there is something to shorten. */
const ipv6: Arbitrary.Arbitrary<Bits> = Arbitrary.array(
  oneOf("zero", "any").pipe(Arbitrary.flatMap((kind) => (kind === "zero" ? Arbitrary.Constant(0) : group))),
  { minLength: 8, maxLength: 8 }
).pipe(Arbitrary.map((groups): Bits => ({ size: 128, value: groupsOf(groups, 16) })))

const shift = (value: bigint, by: number): bigint => value >> BigInt(by)
const dotted = (value: bigint): string => [24, 16, 8, 0].map((by) => shift(value, by) & 255n).join(".")
const hexGroups = (value: bigint): ReadonlyArray<string> =>
  [112, 96, 80, 64, 48, 32, 16, 0].map((by) => (shift(value, by) & 0xffffn).toString(16))
/** In full: no group is left out. */
const full = ({ size, value }: Bits): string => (size === 32 ? dotted(value) : hexGroups(value).join(":"))
const isMapped = ({ size, value }: Bits): boolean => size === 128 && shift(value, 32) === 0xffffn
/** The IPv4 address that a mapped one stands for. */
const unmapped = (bits: Bits): Bits => (isMapped(bits) ? { size: 32, value: bits.value & 0xffffffffn } : bits)

const networkOf = ({ size, value }: Bits, prefix: number): bigint => shift(value, size - prefix)

describe("the text of an address", () => {
  it.effect("is valid exactly when node:net says so, but for zones", () => {
    const piece = oneOf(
      ..."0 1 9 a F 10 255 256 fff ffff fffff 010 . : :: :: . : % / [ ] x -".split(" "),
      " ",
      ""
    )
    return holdsFor(
      textOf(piece, 0, 17),
      (text) => table.call("ip.isValid", text) === (isIP(text) !== 0 && !text.includes("%")),
      20_000
    )
  })

  it.effect("is valid exactly when node:net says so, also with one character changed", () => {
    const change = Arbitrary.all([wholeNumber(0, 45), oneOf(..."0:.f/% ".split(""))])
    const written = oneOf(ipv4, ipv6).pipe(
      Arbitrary.flatMap((bits) => bits),
      Arbitrary.map((bits) => (bits.value % 2n === 0n ? full(bits) : table.text("ip.normalize", full(bits))))
    )
    return holdsFor(
      Arbitrary.all([written, change]),
      ([text, [at, character]]) => {
        const changed = text.slice(0, at) + character + text.slice(at + 1)
        return table.call("ip.isValid", changed) === (isIP(changed) !== 0 && !changed.includes("%"))
      },
      5_000
    )
  })

  it.each([
    "",
    "10.0.0",
    "10.1",
    "167772161",
    "0x0a000001",
    "0x0a.0.0.1",
    "010.0.0.1",
    "10.0.0.01",
    "10.0.0.256",
    "10.0.0.1 ",
    " 10.0.0.1",
    "10.0.0.1\n",
    "10.0.0.1.",
    "10.0.0.0/8",
    "+10.0.0.1",
    "１０.0.0.1",
    "fe80::1%eth0",
    "fe80::1%1",
    "[::1]",
    ":",
    ":::",
    "::1::",
    "1::2::3",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7:8::",
    "::1:",
    ":1::",
    "12345::",
    "::ffff:10.0.0.256",
    "::ffff:010.0.0.1",
    "::10.0.0.1:1",
    "::/0",
    "example.com"
  ])("%j is not one", (text) => {
    expect(table.call("ip.isValid", text)).toBe(false)
    for (const name of ["Private", "Loopback", "LinkLocal", "Multicast", "Reserved", "Global"]) {
      expect(table.call(`ip.is${name}`, text)).toBe(false)
    }
    expect(table.failure("ip.version", text)).toMatchObject({ code: "SP1308" })
    expect(table.failure("ip.normalize", text)).toMatchObject({ code: "SP1308" })
  })

  it("that is refused is not in the message", () => {
    expect(table.failure("ip.normalize", "hunter2")?.message).toBe(
      "the text of 7 characters is not an IP address"
    )
    expect(table.failure("cidr.network", "hunter2")?.message).not.toContain("hunter2")
  })

  it("of a megabyte is refused", () => {
    for (const piece of ["1", "1.", ":", "1:", "ffff:", "%", "::ffff:"]) {
      expect(table.call("ip.isValid", piece.repeat(1_000_000 / piece.length))).toBe(false)
      expect(table.call("cidr.isValid", piece.repeat(1_000_000 / piece.length))).toBe(false)
    }
  })
})

describe("ip.normalize", () => {
  it("has the results of RFC 5952", () => {
    const results = [
      ["2001:0db8:0000:0000:0001:0000:0000:0001", "2001:db8::1:0:0:1"],
      ["2001:DB8::1", "2001:db8::1"],
      ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
      ["2001:0:0:1:0:0:0:1", "2001:0:0:1::1"],
      ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
      ["0:0:0:0:0:0:0:0", "::"],
      ["0:0:0:0:0:0:0:1", "::1"],
      ["1:0:0:0:0:0:0:0", "1::"],
      ["64:ff9b::192.0.2.33", "64:ff9b::c000:221"]
    ] as const
    for (const [text, expected] of results) expect(table.call("ip.normalize", text)).toBe(expected)
  })

  it.effect("writes IPv6 as the URL standard does, and IPv4-mapped addresses as IPv4", () =>
    holdsFor(
      ipv6,
      (bits) => {
        const host = new URL(`http://[${full(bits)}]/`).hostname.slice(1, -1)
        return table.call("ip.normalize", full(bits)) === (isMapped(bits) ? full(unmapped(bits)) : host)
      },
      5_000
    )
  )

  it.effect("gives the same text for every way to write an address", () =>
    holdsFor(oneOf(ipv4, ipv6).pipe(Arbitrary.flatMap((bits) => bits)), (bits) => {
      const text = table.text("ip.normalize", full(bits))
      const dottedTail =
        bits.size === 32
          ? `::FFFF:${dotted(bits.value)}`
          : `${hexGroups(bits.value).slice(0, 6).join(":")}:${dotted(bits.value & 0xffffffffn)}`
      return [text, full(bits).toUpperCase(), dottedTail].every(
        (other) => table.call("ip.normalize", other) === text
      )
    })
  )
})

describe("an IPv4-mapped IPv6 address", () => {
  it.effect("is judged as its IPv4 address by every function", () =>
    holdsFor(ipv4, ({ value }) => {
      const [plain, mapped] = [dotted(value), `::ffff:${dotted(value)}`]
      return networkFunctions
        .filter(({ name }) => name.startsWith("ip."))
        .every(({ name }) => table.call(name, mapped) === table.call(name, plain))
    })
  )

  it("is not the IPv4-compatible address, which is another one", () => {
    expect(table.call("ip.version", "::10.0.0.1")).toBe(6)
    expect(table.call("ip.isPrivate", "::10.0.0.1")).toBe(false)
    expect(table.call("ip.normalize", "::10.0.0.1")).toBe("::a00:1")
  })
})

/** Each row: the name of the predicate, addresses that it holds for, addresses next to them that it does not. */
const predicates: ReadonlyArray<readonly [string, ReadonlyArray<string>, ReadonlyArray<string>]> = [
  [
    "ip.isPrivate",
    [
      "10.0.0.0",
      "10.255.255.255",
      "172.16.0.0",
      "172.31.255.255",
      "192.168.0.0",
      "192.168.255.255",
      "fc00::",
      "fdff::1"
    ],
    [
      "9.255.255.255",
      "11.0.0.0",
      "172.15.255.255",
      "172.32.0.0",
      "192.167.255.255",
      "192.169.0.0",
      "fbff::1",
      "fe00::"
    ]
  ],
  ["ip.isLoopback", ["127.0.0.0", "127.255.255.255", "::1"], ["126.255.255.255", "128.0.0.0", "::", "::2"]],
  [
    "ip.isLinkLocal",
    ["169.254.0.0", "169.254.255.255", "fe80::", "febf:ffff::1"],
    ["169.253.255.255", "169.255.0.0", "fe7f::", "fec0::"]
  ],
  [
    "ip.isMulticast",
    ["224.0.0.0", "239.255.255.255", "ff00::", "ff02::fb", "ffff::"],
    ["223.255.255.255", "240.0.0.0", "feff::"]
  ],
  [
    "ip.isReserved",
    [
      "0.0.0.0",
      "0.255.255.255",
      "100.64.0.0",
      "100.127.255.255",
      "192.0.0.9",
      "192.0.2.1",
      "192.88.99.1",
      "198.18.0.0",
      "198.19.255.255",
      "198.51.100.255",
      "203.0.113.0",
      "240.0.0.0",
      "255.255.255.255",
      "::",
      "64:ff9b::808:808",
      "100::1",
      "2001::1",
      "2001:db8::1",
      "2002::1",
      "3fff:fff::1",
      "5f00::1"
    ],
    [
      "1.0.0.0",
      "100.63.255.255",
      "100.128.0.0",
      "198.20.0.0",
      "223.255.255.255",
      "224.0.0.1",
      "2001:200::1",
      "ff02::1"
    ]
  ],
  [
    "ip.isGlobal",
    [
      "1.1.1.1",
      "100.63.255.255",
      "192.0.0.9",
      "192.0.0.10",
      "192.31.196.1",
      "223.255.255.255",
      "2606:4700::1111",
      "2001:1::1",
      "2001:20::1",
      "2001:4860:4860::8888",
      "2620:4f:8000::1",
      "64:ff9b::808:808"
    ],
    [
      "0.0.0.0",
      "10.0.0.1",
      "100.64.0.0",
      "127.0.0.1",
      "192.0.0.8",
      "192.0.0.11",
      "192.88.99.1",
      "224.0.0.1",
      "255.255.255.255",
      "::",
      "::1",
      "::8.8.8.8",
      "64:ff9b:1::1",
      "100::1",
      "2001::1",
      "2001:1::4",
      "2001:db8::1",
      "2002:808:808::1",
      "4000::1",
      "fec0::1",
      "fc00::1",
      "fe80::1",
      "ff0e::1"
    ]
  ]
]

describe("a predicate", () => {
  it.each(predicates)("%s holds for its blocks and not beside them", (name, inside, outside) => {
    expect(inside.filter((text) => table.call(name, text) !== true)).toEqual([])
    expect(outside.filter((text) => table.call(name, text) !== false)).toEqual([])
  })

  it.effect("of another kind never holds for a global address", () =>
    holdsFor(oneOf(ipv4, ipv6).pipe(Arbitrary.flatMap((bits) => bits)), (bits) => {
      const text = full(bits)
      const is = (name: string): boolean => table.call(`ip.is${name}`, text) === true
      return !is("Global") || !(is("Private") || is("Loopback") || is("LinkLocal") || is("Multicast"))
    })
  )
})

describe("a network", () => {
  const blocks = oneOf(ipv4, ipv6).pipe(
    Arbitrary.flatMap((bits) => bits),
    Arbitrary.flatMap((bits) =>
      Arbitrary.all({
        bits: Arbitrary.Constant(bits),
        prefix: wholeNumber(0, bits.size),
        other: bits.size === 32 ? ipv4 : ipv6
      })
    ),
    Arbitrary.filter(({ bits, other }) => !isMapped(bits) && !isMapped(other))
  )
  /** `other` with the first bits of `bits`, so that it lies in networks more often than by chance. */
  const near = (bits: Bits, other: Bits, shared: number): Bits => {
    const rest = BigInt(bits.size - shared)
    return { size: bits.size, value: ((bits.value >> rest) << rest) | (other.value & ((1n << rest) - 1n)) }
  }

  it.effect("contains the addresses that share its prefix", () =>
    holdsFor(
      Arbitrary.all([blocks, wholeNumber(0, 128)]),
      ([{ bits, prefix, other }, shared]) => {
        const address = near(bits, other, Math.min(shared, bits.size))
        const expected = networkOf(bits, prefix) === networkOf(address, prefix)
        return (
          isMapped(address) ||
          table.call("cidr.contains", `${full(bits)}/${prefix}`, full(address)) === expected
        )
      },
      4_000
    )
  )

  it.effect("contains the networks whose every address it contains", () =>
    holdsFor(
      Arbitrary.all([blocks, wholeNumber(0, 128), wholeNumber(0, 128)]),
      ([{ bits, prefix, other }, shared, length]) => {
        const inner = near(bits, other, Math.min(shared, bits.size))
        const innerPrefix = Math.min(length, bits.size)
        if (isMapped(inner)) return true
        const expected = innerPrefix >= prefix && networkOf(bits, prefix) === networkOf(inner, prefix)
        const [outer, contained] = [`${full(bits)}/${prefix}`, `${full(inner)}/${innerPrefix}`]
        return table.call("cidr.contains", outer, contained) === expected
      },
      4_000
    )
  )

  it.effect("is written with the bits after its prefix cleared", () =>
    holdsFor(blocks, ({ bits, prefix }) => {
      const rest = BigInt(bits.size - prefix)
      const first = full({ size: bits.size, value: (bits.value >> rest) << rest })
      return (
        table.call("cidr.network", `${full(bits)}/${prefix}`) ===
          `${table.text("ip.normalize", first)}/${prefix}` &&
        table.call("cidr.prefixLength", `${full(bits)}/${prefix}`) === prefix
      )
    })
  )

  it("of IPv4-mapped addresses is the IPv4 network", () => {
    expect(table.call("cidr.network", "::ffff:10.1.2.3/104")).toBe("10.0.0.0/8")
    expect(table.call("cidr.prefixLength", "::ffff:10.1.2.3/128")).toBe(32)
    expect(table.call("cidr.contains", "10.0.0.0/8", "::ffff:10.1.2.3")).toBe(true)
    expect(table.call("cidr.contains", "::ffff:0:0/96", "10.1.2.3")).toBe(true)
  })

  it("of IPv6 contains no IPv4 address, and the other way round", () => {
    expect(table.call("cidr.contains", "::/0", "10.0.0.1")).toBe(false)
    expect(table.call("cidr.contains", "::/0", "::ffff:10.0.0.1")).toBe(false)
    expect(table.call("cidr.contains", "0.0.0.0/0", "2001:db8::1")).toBe(false)
    expect(table.call("cidr.contains", "0.0.0.0/0", "::/0")).toBe(false)
  })

  it.each(["", "10.0.0.0", "10.0.0.0/", "/8", "10.0.0.0/33", "10.0.0.0/08", "10.0.0.0/+8", "10.0.0.0/-1"])(
    "is not %j",
    (text) => {
      expect(table.call("cidr.isValid", text)).toBe(false)
      expect(table.failure("cidr.contains", text, "10.0.0.1")).toMatchObject({ code: "SP1308" })
      expect(table.failure("cidr.network", text)).toMatchObject({ code: "SP1308" })
    }
  )

  it.each(["::/129", "10.0.0.0/8/8", "10.0.0.0/255.0.0.0", "10/8", "fe80::%eth0/10", "10.0.0.0/8 "])(
    "is not %j either",
    (text) => {
      expect(table.call("cidr.isValid", text)).toBe(false)
    }
  )

  it("does not contain text that is neither an address nor a network", () => {
    for (const text of ["", "example.com", "10.0.0.1/99", "10.0.0", "010.0.0.1"]) {
      expect(table.call("cidr.contains", "10.0.0.0/8", text)).toBe(false)
    }
  })
})
