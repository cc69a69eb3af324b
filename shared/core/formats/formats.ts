import { awf } from './awf/awf.ts'
import type { ForeignFormatId, Format } from './format.ts'
import { taskRunner } from './taskRunner/taskRunner.ts'

/** By id. A format without a row is recognised and shown as it is, and nothing else. */
export const formats: { readonly [id in ForeignFormatId]?: Format } = {
  awf,
  'task-runner': taskRunner,
}
