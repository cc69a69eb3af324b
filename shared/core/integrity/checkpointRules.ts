import { itemParent } from '../../schema/itemStep.ts'
import { ownValue } from '../../schema/json.ts'
import type { Checkpoint, StepState } from '../../schema/run.ts'
import { pointer } from '../../schema/pointer.ts'
import type { IntegrityRule } from './integrityRule.ts'

/** Checkpoints form a tree over records that exist. */
export const checkpointRules: readonly IntegrityRule[] = [
  {
    id: 'I14',
    scope: 'references',
    sentence: 'A checkpoint follows one that is there.',
    severity: 'error',
    remedy: 'Repair takes the wrong name out; until then resume from another checkpoint.',
    check: ({ checkpoints }) => {
      const ids = new Set<string>(checkpoints.map(({ id }) => id))
      return checkpoints.flatMap(({ name, parent }, index) => {
        if (parent === null || ids.has(parent)) return []
        const sentence = `The checkpoint "${name}" follows ${parent}, which is not there.`
        return [{ pointer: pointer('checkpoints', index, 'parent'), sentence }]
      })
    },
  },
  {
    id: 'I15',
    scope: 'references',
    sentence: 'No two checkpoints have the same id.',
    severity: 'error',
    remedy: 'Tell them apart by their sequence numbers.',
    check: ({ checkpoints }) => {
      const seen = new Set<string>()
      return checkpoints.flatMap(({ id }, index) => {
        if (!seen.has(id)) {
          seen.add(id)
          return []
        }
        const sentence = `Two checkpoints have the id ${id}.`
        return [{ pointer: pointer('checkpoints', index, 'id'), sentence }]
      })
    },
  },
  {
    id: 'I16',
    scope: 'references',
    sentence: 'No checkpoint lies beyond the last record.',
    severity: 'error',
    remedy: 'Repair the run: records seem to be lost.',
    check: ({ checkpoints, journal }) =>
      checkpoints.flatMap(({ name, seq }, index) => {
        if (seq <= journal.seq) return []
        const sentence = `The checkpoint "${name}" is at record ${seq}, but the state ends at record ${journal.seq}.`
        return [{ pointer: pointer('checkpoints', index, 'seq'), sentence }]
      }),
  },
  {
    id: 'I17',
    scope: 'progress',
    sentence: 'Progress does not fall along a branch of checkpoints.',
    severity: 'info',
    remedy: null,
    check: ({ checkpoints, steps }) => {
      // Items become steps of the run when they are known: then there is more to be done than before.
      if (Object.keys(steps).some((step) => itemParent(step) !== null)) return []
      const byId = new Map<string, Checkpoint>(checkpoints.map((one) => [one.id, one]))
      return checkpoints.flatMap(({ name, parent, progress }, index) => {
        const before = parent === null ? undefined : byId.get(parent)
        if (before === undefined || progress >= before.progress) return []
        const sentence = `From checkpoint "${before.name}" to "${name}" the progress fell from ${percent(before.progress)} to ${percent(progress)}.`
        return [{ pointer: pointer('checkpoints', index, 'progress'), sentence }]
      })
    },
  },
  {
    id: 'I18',
    scope: 'references',
    sentence: 'A checkpoint comes after the one that it follows.',
    severity: 'error',
    remedy: 'Repair takes the wrong name out; until then resume from another checkpoint.',
    check: ({ checkpoints }) => {
      const byId = new Map<string, Checkpoint>(checkpoints.map((one) => [one.id, one]))
      return checkpoints.flatMap(({ name, seq, parent }, index) => {
        const before = parent === null ? undefined : byId.get(parent)
        if (before === undefined || before.seq < seq) return []
        const sentence = `The checkpoint "${name}" (record ${seq}) follows "${before.name}", which came later (record ${before.seq}).`
        return [{ pointer: pointer('checkpoints', index, 'parent'), sentence }]
      })
    },
  },
  {
    id: 'I19',
    scope: 'references',
    sentence: 'Checkpoints and decisions are about steps of the run.',
    severity: 'warning',
    remedy: 'Repair takes what names a missing step out of the lists.',
    check: ({ checkpoints, decisions, steps }) => {
      const isUnknown = (step: string | null) =>
        step !== null && ownValue<StepState>(steps, step) === undefined
      const named = checkpoints.map(({ step, name }, index) => ({
        step,
        sentence: `The checkpoint "${name}" was made by ${step}, which is no step of the run.`,
        pointer: pointer('checkpoints', index, 'step'),
      }))
      const decided = decisions.map(({ step }, index) => ({
        step,
        sentence: `There is a decision about ${step}, which is no step of the run.`,
        pointer: pointer('decisions', index, 'step'),
      }))
      return [...named, ...decided]
        .filter(({ step }) => isUnknown(step))
        .map((breach) => ({ pointer: breach.pointer, sentence: breach.sentence }))
    },
  },
]

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
