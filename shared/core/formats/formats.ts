import type { ForeignFormatId, Format } from './format.ts'
import { marsys } from './marsys/marsys.ts'
import { multyagents } from './multyagents/multyagents.ts'

/** By id. A format without a row is recognised and shown as it is, and nothing else. */
export const formats: { readonly [id in ForeignFormatId]?: Format } = { marsys, multyagents }
