import type { Run } from '../../../schema/run.ts'
import {
  earliest,
  latest,
  ofAttempt,
  ofCheckpoint,
  stepTimes,
  withAttempt,
  withCheckpoint,
} from './parts.ts'
import type { Mended, StateRepair, StateRepairs } from './stateRepair.ts'

/** [R70] Nothing happens before the run is created. */
const created: StateRepair = {
  rule: 'R70',
  confidence: 'likely',
  mend: (run) => {
    const known = [run.startedAt, run.updatedAt, ...(run.lineage === null ? stepTimes(run) : [])]
    const createdAt = earliest(known.filter((one) => one !== null))
    if (createdAt === null || createdAt >= run.createdAt) return null
    const sentence = `The run is created at ${createdAt}: the first time that anything of it tells.`
    return { run: { ...run, createdAt }, sentence }
  },
}

/** Times that cannot be in that order: each is moved as little as the others allow. */
export const timeRepairs: StateRepairs = {
  I52: created,
  I48: created,
  I7: created,
  I8: {
    rule: 'R70',
    confidence: 'likely',
    mend: ofAttempt((run, part) => {
      const { step, attempt } = part
      const sentence = `Attempt ${attempt.number} of ${step} ends when it started (${attempt.startedAt}): how long it took is not known.`
      return { run: withAttempt(run, part, { finishedAt: attempt.startedAt }), sentence }
    }),
  },
  I49: {
    rule: 'R70',
    confidence: 'likely',
    mend: ofAttempt((run, part) => {
      const { step, state, attempt: next } = part
      const index = part.index - 1
      const before = state.attempts[index]
      if (before === undefined) return null
      const finishedAt = next.startedAt
      const sentence = `Attempt ${before.number} of ${step} ends at ${finishedAt}, when attempt ${next.number} began.`
      return { run: withAttempt(run, { ...part, index }, { finishedAt }), sentence }
    }),
  },
  I51: {
    rule: 'R70',
    confidence: 'likely',
    mend: ofCheckpoint((run, checkpoint, index) => {
      const before = run.checkpoints.find(({ id }) => id === checkpoint.parent)
      if (before === undefined) return null
      const sentence = `The checkpoint "${checkpoint.name}" was made at ${before.at}, like the one that it follows: not before it.`
      return { run: withCheckpoint(run, index, { at: before.at }), sentence }
    }),
  },
  I6: {
    rule: 'R70',
    confidence: 'likely',
    mend: (run) => {
      const finishedAt = latest([...stepTimes(run), run.startedAt ?? run.createdAt])
      if (finishedAt === null) return null
      const sentence = `The run ends at ${finishedAt}: the last time that its steps tell.`
      return { run: { ...run, finishedAt }, sentence }
    },
  },
  I79: { rule: 'R71', confidence: 'likely', mend: mendFuture },
  I50: {
    rule: 'R70',
    confidence: 'certain',
    mend: (run) => {
      const times = [...stepTimes(run), ...run.checkpoints.map(({ at }) => at), run.finishedAt]
      const updatedAt = latest(times.filter((one) => one !== null))
      if (updatedAt === null || updatedAt <= run.updatedAt) return null
      const sentence =
        'The last change of the run is this repair: something of it is later than the change that it names.'
      return { run: { ...run, updatedAt }, sentence }
    },
  },
}

/** [R71] */
function mendFuture(run: Run, { pointer }: { readonly pointer: string }): Mended | null {
  const key = keys.find((one) => pointer === `/${one}`)
  if (key === undefined) return null
  const others = [
    ...stepTimes(run),
    ...keys.flatMap((one) => (one === key ? [] : (run[one] ?? []))),
  ]
  const known = others.filter((one) => one < (run[key] ?? ''))
  const at = key === 'createdAt' || key === 'startedAt' ? earliest(known) : latest(known)
  if (at === null) return null
  const sentence = `${key} is ${at} instead of ${run[key]}, which is still to come: the ${key === 'createdAt' || key === 'startedAt' ? 'first' : 'last'} time that anything else of the run tells.`
  return { run: { ...run, [key]: at }, sentence }
}

const keys = ['createdAt', 'startedAt', 'finishedAt', 'updatedAt'] as const
