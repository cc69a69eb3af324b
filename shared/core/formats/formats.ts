import { awf } from './awf/awf.ts'
import type { ForeignFormatId, Format } from './format.ts'
import { marsys } from './marsys/marsys.ts'
import { multyagents } from './multyagents/multyagents.ts'
import { taskRunner } from './taskRunner/taskRunner.ts'
import { tapps } from './tapps/tapps.ts'

/** By id. A format without a row is recognised and shown as it is, and nothing else. */
export const formats: { readonly [id in ForeignFormatId]?: Format } = {
  multyagents,
  tapps,
  marsys,
  awf,
  'task-runner': taskRunner,
}
