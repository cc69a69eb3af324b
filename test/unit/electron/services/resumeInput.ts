import type { HandlerInput } from '../../../../shared/contract/contract.ts'
import type { RunId } from '../../../../shared/schema/ids.ts'
import type { Run } from '../../../../shared/schema/run.ts'

export type ResumeInput = HandlerInput<'resume.plan'>

/** A resume of a run of the workbench as it stands, with what is asked for besides. */
export function inputFor(run: Run | RunId, changes: Partial<ResumeInput> = {}): ResumeInput {
  const document = typeof run === 'string' ? run : run.id
  return {
    ref: { workspace: 'bench', format: 'unstuck', document, item: null },
    from: null,
    fork: false,
    inputs: null,
    decisions: {},
    definition: 'recorded',
    stopAfter: null,
    asOf: null,
    ...changes,
  }
}
