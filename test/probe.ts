import { overload, string, int, type Param } from "@sallyport/language"
const text: Param<string> = { name: "text", type: string, accepts: (v): v is string => typeof v === "string" }
const n: Param<number> = { name: "n", type: int, accepts: (v): v is number => typeof v === "number" }
export const o = overload([text, n], string, (s, i, c) => {
  c.spend(1)
  return s.slice(i)
})
