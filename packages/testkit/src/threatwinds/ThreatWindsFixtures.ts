import { type JsonObject, textOf } from "../json/JsonText.ts"
import { SeededRandom } from "../random/SeededRandom.ts"
import { patternValues } from "../stix/PatternValues.ts"
import { type StixFixtureOptions, stixFixtureStream } from "../stix/StixFixtures.ts"

/**
 * Reports of entities as ingest takes them: those of every second value of a type in `stixFixtures` of the same options, so that
 * some of what a feed brings is known and some is not; and a few that are well known and good.
 */
export function threatWindsFixtures(options: StixFixtureOptions = {}): ReadonlyArray<JsonObject> {
  const random = new SeededRandom(`${options.seed ?? "sallyport"} threatwinds`)
  const counts = new Map<string, number>()
  const reports: Array<JsonObject> = [
    { type: "domain", attributes: { domain: "example.com" }, reputation: 2 },
    { type: "cve", attributes: { cve: "cve-2021-44228", text: "log4shell" }, reputation: -3 }
  ]
  for (const object of stixFixtureStream(options)) {
    const [value, ...others] =
      object.type === "indicator" ? patternValues(textOf(object, "pattern") ?? "") : []
    const type = value === undefined ? undefined : entityTypes.get(value.type)
    if (value === undefined || type === undefined || others.length > 0) continue
    if (value.value.includes("/") && type === "ip") continue
    const count = (counts.get(type) ?? 0) + 1
    counts.set(type, count)
    if (count % 2 === 0) continue
    reports.push({
      type,
      attributes: { [type]: value.value, ...(type === "ip" ? { asn: 64_500, country: "Exampleland" } : {}) },
      reputation: random.pick([-3, -2, -1]),
      tags: [random.pick(["scanner", "phishing", "botnet", "c2-server"])],
      correlate: type === "ip" ? ["asn"] : [],
      associations: [{ mode: "association", type: "malware", attributes: { malware: "umbral loader" } }]
    })
  }
  return reports
}

const entityTypes: ReadonlyMap<string, string> = new Map([
  ["ipv4-addr", "ip"],
  ["ipv6-addr", "ip"],
  ["domain-name", "domain"],
  ["url", "url"],
  ["file", "sha256"],
  ["email-addr", "email-address"]
])
