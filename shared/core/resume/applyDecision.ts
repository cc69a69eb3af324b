import { assertNever } from '../../assert.ts'
import type { ResumeDecision, ResumeStep } from './resumePlan.ts'

/**
 * [S14] The row after a person said what happened. A row that needs no decision, and one for which something stands by
 * default while nobody decides, stay as they are.
 */
export function applyDecision(row: ResumeStep, decision: ResumeDecision | null): ResumeStep {
  if (decision === null || !row.options.includes(decision.kind)) return row
  const decided = { ...row, rule: 'S14', decision, byDefault: false }
  const { step } = row
  switch (decision.kind) {
    case 'reuse': {
      const reason = `You say that the result of ${step} in the original run is reused.`
      return { ...decided, action: 'reuse', reason }
    }
    case 'happened': {
      const reason = `You say that ${step} happened: the output that you give is used.`
      return { ...decided, action: 'reuse', reason }
    }
    case 'rerun':
      return { ...decided, action: 'run', reason: `You say that ${step} is to run again.` }
    case 'skip':
      return { ...decided, action: 'skip', reason: `You say that ${step} is to be skipped.` }
    case 'stop':
      return {
        ...decided,
        action: 'blocked',
        reason: `You say that the run is to stop at ${step}.`,
      }
    default:
      return assertNever(decision)
  }
}
