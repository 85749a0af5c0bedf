import { connectionsJsonSchema, manifestJsonSchema } from "@sallyport/runtime"
import { jsonText } from "../JsonOutput.ts"
import { StandardStreams } from "../StandardStreams.ts"

/** Prints the JSON Schema of a kind of file. */
export const schema = ({ subject }: { readonly subject: "manifest" | "connections" }) =>
  StandardStreams.use(({ out }) => out(jsonText(schemas[subject]())))

const schemas = {
  manifest: manifestJsonSchema,
  connections: connectionsJsonSchema
}
