/** `@sallyport/importer`: modules of Sekoia.io's automation-library as manifests, with everything that is lost. */

export type { ImportedModule, UnreadableFile } from "./ImportedModule.ts"
export { ImportError } from "./ImportError.ts"
export { countLosses, type Loss, type LossCount, type LossKind, type LossSeverity } from "./Loss.ts"
export type { ModuleFile, ModuleFolder } from "./module/ModuleFolder.ts"
export { convertModule } from "./ModuleConversion.ts"
export { importSekoiaModule } from "./SekoiaModule.ts"
