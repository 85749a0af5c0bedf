import type { CodeWriter } from "./CodeWriter.ts"
import type { ComprehensionNode, TypedNode } from "./TypedNode.ts"

/**
 * A macro as a plain loop in a function of its own. Every element takes steps of the budget, so no loop outlives it.
 */
export const compileComprehension = (writer: CodeWriter, node: ComprehensionNode): string => {
  const range = writer.code(node.range)
  const locals = node.second === undefined ? [node.first] : [node.first, node.second]
  const call = writer.lift(["r"], () => {
    const loop = writer.within(locals, () => loopBody(writer, node))
    const { after, before } = surroundings(writer, node)
    return `${before}${loopHead(writer, node)}${loop}}${after}`
  })
  return call([range])
}

const loopHead = (writer: CodeWriter, node: ComprehensionNode): string => {
  const step = `if((c.left-=${node.cost})<0)c.exhausted(${writer.site(node)});`
  const first = `l${node.first}`
  const list = listOf(writer, node)
  const head = `const a=${list};for(let i=0;i<a.length;i++){${step}`
  if (node.second === undefined) return `${head}const ${first}=a[i];`
  const second = `l${node.second}`
  if (node.on === "list") return `${head}const ${first}=i,${second}=a[i];`
  const value = node.on === "object" ? `r[${first}]` : writer.call("entryValue", ["r", first], node)
  return `${head}const ${first}=a[i],${second}=${value};`
}

/** What the loop counts over. */
const listOf = (writer: CodeWriter, node: ComprehensionNode): string => {
  if (node.on === "list") return "r"
  if (node.on === "object") return writer.call("keys", ["r"], node)
  return writer.call(node.second === undefined ? "elements" : "indices", ["r"], node)
}

const loopBody = (writer: CodeWriter, node: ComprehensionNode): string => {
  const predicate = node.predicate === undefined ? undefined : writer.code(node.predicate)
  if (node.macro === "all" || node.macro === "exists")
    return decide(writer, node, node.predicate, predicate ?? "true")
  const body = node.body === undefined ? "" : writer.code(node.body)
  const keep = keepOf(writer, node, body)
  return predicate === undefined ? keep : `if(${predicate}){${keep}}`
}

/** One element may decide although another one failed. */
const decide = (
  writer: CodeWriter,
  node: ComprehensionNode,
  predicate: TypedNode | undefined,
  code: string
): string => {
  const isExists = node.macro === "exists"
  const test = `if(${isExists ? code : `!${code}`})return ${isExists}`
  if (predicate?.fallible !== true) return test
  return `try{${test}}catch(x){const y=${writer.helper("absorb")}(x);e??=y}`
}

const keepOf = (writer: CodeWriter, node: ComprehensionNode, body: string): string => {
  switch (node.macro) {
    case "exists_one":
      return "n++"
    case "filter":
      return `o.push(l${node.first})`
    case "transformMap":
      return node.on === "object"
        ? `o[l${node.first}]=${body}`
        : writer.call("putKey", ["o", `l${node.first}`, body], node)
    case "transformMapEntry":
      return writer.call("putEntry", ["o", body], node)
    default:
      return `o.push(${body})`
  }
}

const surroundings = (
  writer: CodeWriter,
  node: ComprehensionNode
): { readonly before: string; readonly after: string } => {
  switch (node.macro) {
    case "all":
    case "exists": {
      const fails = node.predicate?.fallible === true
      const result = `return ${node.macro === "all"}`
      return fails
        ? { before: "let e;", after: `if(e!==undefined)throw e;${result}` }
        : { before: "", after: result }
    }
    case "exists_one":
      return { before: "let n=0;", after: "return n===1" }
    case "transformMap":
    case "transformMapEntry":
      return { before: "const o={__proto__:null};", after: "return o" }
    case "sortBy":
      return { before: "const o=[];", after: `return ${writer.call("sortedBy", ["a", "o"], node)}` }
    default:
      return { before: "const o=[];", after: "return o" }
  }
}
