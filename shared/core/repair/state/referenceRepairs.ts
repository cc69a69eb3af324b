import type { Run } from '../../../schema/run.ts'
import { tokensOf } from '../../../schema/pointer.ts'
import type { Breach } from '../../integrity/integrityRule.ts'
import { withoutCheckpoints } from '../lostCheckpoints.ts'
import { itemIndex, ofCheckpoint, withCheckpoint } from './parts.ts'
import type { Mended, StateRepair, StateRepairs } from './stateRepair.ts'

/** [R66] A checkpoint whose predecessor cannot be is the first of its branch. */
const asFirst: StateRepair = {
  rule: 'R66',
  confidence: 'likely',
  mend: ofCheckpoint((run, checkpoint, index) => {
    const sentence = `The checkpoint "${checkpoint.name}" follows none, because ${checkpoint.parent} cannot be before it.`
    return { run: withCheckpoint(run, index, { parent: null }), sentence }
  }),
}

/** What names something that is not there. */
export const referenceRepairs: StateRepairs = {
  I5: {
    rule: 'R66',
    confidence: 'likely',
    mend: (run) => ({
      run: { ...run, lineage: null },
      sentence: 'The run has no parent: it cannot have come from itself.',
    }),
  },
  I16: {
    rule: 'R67',
    confidence: 'likely',
    mend: ofCheckpoint((run, gone) => {
      const sentence = `The checkpoint "${gone.name}" leaves the list: record ${gone.seq}, at which it is, is not there.`
      return { run: withoutCheckpoints(run, [gone]), sentence }
    }),
  },
  I14: asFirst,
  I18: asFirst,
  I47: {
    rule: 'R67',
    confidence: 'likely',
    mend: (run, breach) => withoutDecision(run, itemIndex(breach), 'its record is not there'),
  },
  I19: { rule: 'R66', confidence: 'likely', mend: mendStepName },
}

const mendCheckpointStep = ofCheckpoint((run, checkpoint, index) => {
  const sentence = `The checkpoint "${checkpoint.name}" names no step, because the run has no ${checkpoint.step}.`
  return { run: withCheckpoint(run, index, { step: null }), sentence }
})

function mendStepName(run: Run, breach: Breach): Mended | null {
  if (tokensOf(breach.pointer)[0] === 'checkpoints') return mendCheckpointStep(run, breach)
  return withoutDecision(run, itemIndex(breach), 'the run has no such step')
}

function withoutDecision(run: Run, index: number, why: string): Mended | null {
  const gone = run.decisions[index]
  if (gone === undefined) return null
  const sentence = `The decision "${gone.decision}" about ${gone.step} leaves the list: ${why}.`
  return { run: { ...run, decisions: run.decisions.toSpliced(index, 1) }, sentence }
}
