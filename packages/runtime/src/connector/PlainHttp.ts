import * as Context from "effect/Context"

/** Whether connections may use plain http to other machines. Default: no, to this machine only. */
export const PlainHttp = Context.Reference<boolean>("@sallyport/runtime/connector/PlainHttp", {
  defaultValue: () => false
})
