import type { JournalRecord } from '../../schema/journal.ts'
import { ownValue } from '../../schema/json.ts'
import type { Checkpoint, Run, StepState, StepStatus } from '../../schema/run.ts'
import { countsOf, createDraft, type DraftListener } from './draft.ts'
import { advance } from './transition.ts'

/** What of a run does not grow with its steps and its history. */
export type RunFacts = Pick<
  Run,
  | 'id'
  | 'workflow'
  | 'status'
  | 'createdAt'
  | 'place'
  | 'inputs'
  | 'lineage'
  | 'annotations'
  | 'journal'
>

/**
 * A run that grows record by record. What a record costs does not depend on how many steps, checkpoints and decisions the
 * run has; nor does asking. Whatever is handed out is a value: later records do not change it.
 */
export type RunDraft = {
  readonly add: (item: JournalRecord) => void
  readonly facts: () => RunFacts
  readonly step: (step: string) => StepState | null
  readonly variables: () => Run['variables']
  readonly lastCheckpoint: () => Checkpoint | null
  /** How many steps have each status. */
  readonly counts: () => Readonly<Record<StepStatus, number>>
  /** The whole run. The next record copies what it changes of it, once, so this is not for every step. */
  readonly snapshot: () => Run
}

export function createRunDraft(run: Run, listener: DraftListener | null = null): RunDraft {
  const draft = createDraft(run, listener)
  return {
    add: (item) => advance(draft, item),
    // Its type leaves out the containers, which are changed in place.
    facts: () => draft.run,
    step: (step) => ownValue<StepState>(draft.run.steps, step) ?? null,
    variables: () => {
      draft.owned.delete('variables')
      return draft.run.variables
    },
    lastCheckpoint: () => draft.run.checkpoints.at(-1) ?? null,
    counts: () => ({ ...countsOf(draft) }),
    snapshot: () => {
      draft.owned.clear()
      return { ...draft.run }
    },
  }
}
