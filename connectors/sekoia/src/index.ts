/**
 * The connector of Sekoia.io Intelligence Center: its contract with the types of what it takes and gives, and the layer
 * that makes it usable.
 */
export * from "./manifest.gen.ts"
export { SekoiaLive } from "./SekoiaLive.ts"
