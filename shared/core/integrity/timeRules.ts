import type { Breach, IntegrityRule } from './integrityRule.ts'
import { stepsOf } from './stepsOf.ts'

const clock = 'The clock of the machine was changed, or the document was edited by hand.'

/** Times that cannot be in that order. */
export const timeRules: readonly IntegrityRule[] = [
  {
    id: 'I6',
    severity: 'warning',
    remedy: clock,
    check: (run) => isBefore('The run', '/finishedAt', run),
  },
  {
    id: 'I7',
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
    severity: 'warning',
    remedy: clock,
    check: (run) =>
      stepsOf(run).flatMap(({ step, state, pointer }) =>
        state.attempts.flatMap((attempt, index) =>
          isBefore(
            `Attempt ${attempt.number} of ${step}`,
            pointer('attempts', index, 'finishedAt'),
            attempt,
          ),
        ),
      ),
  },
]

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
