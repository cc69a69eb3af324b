import { pointer as pointerTo } from '../../schema/pointer.ts'
import type { Breach, IntegrityRule } from './integrityRule.ts'

const clock =
  'The clock of the machine was changed, or the document was edited by hand. Repair moves such times as little as it can.'

/** Times that cannot be in that order. */
export const timeRules: readonly IntegrityRule[] = [
  {
    id: 'I6',
    scope: 'times',
    sentence: 'A run ends after it started.',
    severity: 'warning',
    remedy: clock,
    check: (run) => isBefore('The run', '/finishedAt', run),
  },
  {
    id: 'I7',
    scope: 'times',
    sentence: 'A run changes after it was created.',
    severity: 'warning',
    remedy: clock,
    check: ({ createdAt, updatedAt }) => {
      if (updatedAt >= createdAt) return []
      const sentence = `The run was last changed (${updatedAt}) before it was created (${createdAt}).`
      return [{ pointer: '/updatedAt', sentence }]
    },
  },
  {
    id: 'I8',
    scope: 'times',
    sentence: 'An attempt ends after it started.',
    severity: 'warning',
    remedy: clock,
    check: (_, steps) =>
      steps.flatMap(({ step, state, pointer }) =>
        state.attempts.flatMap((attempt, index) =>
          isBefore(
            `Attempt ${attempt.number} of ${step}`,
            pointer('attempts', index, 'finishedAt'),
            attempt,
          ),
        ),
      ),
  },
  {
    id: 'I48',
    scope: 'times',
    sentence: 'A run starts after it was created.',
    severity: 'warning',
    remedy: clock,
    check: ({ createdAt, startedAt }) => {
      if (startedAt === null || startedAt >= createdAt) return []
      const sentence = `The run started (${startedAt}) before it was created (${createdAt}).`
      return [{ pointer: '/startedAt', sentence }]
    },
  },
  {
    id: 'I49',
    scope: 'times',
    sentence: 'An attempt begins after the one before it ended.',
    severity: 'warning',
    remedy: clock,
    check: (_, steps) =>
      steps.flatMap(({ step, state, pointer }) =>
        state.attempts.flatMap(({ number, startedAt }, index) => {
          const before = state.attempts[index - 1]?.finishedAt ?? null
          if (before === null || startedAt >= before) return []
          const sentence = `Attempt ${number} of ${step} began (${startedAt}) before the one before it ended (${before}).`
          return [{ pointer: pointer('attempts', index, 'startedAt'), sentence }]
        }),
      ),
  },
  {
    id: 'I50',
    scope: 'times',
    sentence: 'Nothing in a run is later than its last change, by more than a second.',
    severity: 'warning',
    remedy: clock,
    check: ({ updatedAt, finishedAt, checkpoints }, steps) => {
      const limit = new Date(Date.parse(updatedAt) + toleratedMs).toISOString()
      const isLate = (at: string | null): at is string => at !== null && at > limit
      const say = (what: string, at: string) =>
        `The run was last changed at ${updatedAt}, but ${what} at ${at}.`
      const end = isLate(finishedAt)
        ? [{ pointer: '/finishedAt', sentence: say('it ended', finishedAt) }]
        : []
      const attempts = steps.flatMap(({ step, state, pointer }) =>
        state.attempts.flatMap(({ number, finishedAt: at }, index) => {
          if (!isLate(at)) return []
          const sentence = say(`attempt ${number} of ${step} ended`, at)
          return [{ pointer: pointer('attempts', index, 'finishedAt'), sentence }]
        }),
      )
      const made = checkpoints.flatMap(({ name, at }, index) => {
        if (!isLate(at)) return []
        const sentence = say(`the checkpoint "${name}" was made`, at)
        return [{ pointer: pointerTo('checkpoints', index, 'at'), sentence }]
      })
      return [...end, ...attempts, ...made]
    },
  },
  {
    id: 'I51',
    scope: 'times',
    sentence: 'A checkpoint is made after the one that it follows.',
    severity: 'warning',
    remedy: clock,
    check: ({ checkpoints }) => {
      const times = new Map<string, string>(checkpoints.map(({ id, at }) => [id, at]))
      return checkpoints.flatMap(({ name, parent, at }, index) => {
        const before = parent === null ? undefined : times.get(parent)
        if (before === undefined || at >= before) return []
        const sentence = `The checkpoint "${name}" (${at}) was made before the one that it follows (${before}).`
        return [{ pointer: pointerTo('checkpoints', index, 'at'), sentence }]
      })
    },
  },
  {
    id: 'I52',
    scope: 'times',
    sentence: 'No attempt of a run that took nothing over began before the run was created.',
    severity: 'warning',
    remedy: clock,
    check: ({ createdAt, lineage }, steps) => {
      if (lineage !== null) return []
      return steps.flatMap(({ step, state, pointer }) => {
        const index = state.attempts.findIndex(({ startedAt }) => startedAt < createdAt)
        const early = state.attempts[index]
        if (early === undefined) return []
        const sentence = `Attempt ${early.number} of ${step} began (${early.startedAt}) before the run was created (${createdAt}).`
        return [{ pointer: pointer('attempts', index, 'startedAt'), sentence }]
      })
    },
  },
]

/** Some programs say when they ended after they said when they last changed. */
const toleratedMs = 1000

function isBefore(
  what: string,
  pointer: string,
  times: { readonly startedAt: string | null; readonly finishedAt: string | null },
): readonly Breach[] {
  const { startedAt, finishedAt } = times
  if (startedAt === null || finishedAt === null || finishedAt >= startedAt) return []
  const sentence = `${what} finished (${finishedAt}) before it started (${startedAt}).`
  return [{ pointer, sentence }]
}
