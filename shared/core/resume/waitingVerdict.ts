import { ownValue } from '../../schema/json.ts'
import type { ChildRun, ResumeInput } from './resumeInput.ts'
import type { StepCase } from './stepCase.ts'
import type { Verdict } from './verdict.ts'

/** [S7] A retry is made now. [S33] What waits for anything else goes on waiting for the very same. */
export function waitingVerdict(input: ResumeInput, { step, state }: StepCase): Verdict {
  const on = state.waitingOn
  const goesOn = (what: string): Verdict => {
    return { action: 'await', rule: 'S33', reason: `${step} goes on waiting ${what}.` }
  }
  switch (on?.kind) {
    case 'retry': {
      const reason = `${step} waited for its attempt ${on.attempt}: that is made now.`
      return { action: 'run', rule: 'S7', reason }
    }
    case 'time':
      return goesOn(`until ${on.until}, and is done if that is past`)
    case 'gate': {
      const limit = on.until ? `, until ${on.until}` : ''
      return goesOn(`for ${on.who === null ? 'an approval' : `the approval of ${on.who}`}${limit}`)
    }
    case 'items':
      return goesOn(`for its ${on.total} items`)
    case 'run':
      return goesOn(`for the run ${on.run}${childWords(ownValue(input.children ?? {}, step))}`)
    default:
      return { action: 'run', rule: 'S7', reason: `${step} waited: it runs now.` }
  }
}

function childWords(child: ChildRun | undefined): string {
  if (child === undefined) return ''
  if (child.open.length === 0) return ` (${child.status}), which goes on with it`
  return ` (${child.status}), which needs a decision about ${child.open.join(', ')}`
}
