import type {
  ResumePlan,
  ResumeStep,
  ResumeStepAction,
} from '../../../shared/core/resume/resumePlan.ts'
import type { Tone } from '../../ui/statusLooks.ts'

export type DecisionKind = ResumeStep['options'][number]

/** What each answer means for a step in doubt, in one sentence. */
export const decisionTexts: {
  readonly [K in DecisionKind]: { readonly label: string; readonly meaning: string }
} = {
  reuse: {
    label: 'Reuse its result',
    meaning: 'The step is not run: what it returned in the original run is used again.',
  },
  happened: {
    label: 'It happened',
    meaning: 'Its effect is there: the step counts as succeeded with the output you give.',
  },
  rerun: {
    label: 'Run it again',
    meaning: 'It did not happen, or repeating it does no harm: the step runs from its beginning.',
  },
  skip: {
    label: 'Skip it',
    meaning: 'The step is left out: the plan shows what becomes of the steps that need it.',
  },
  stop: {
    label: 'Stop here',
    meaning: 'Nothing is started: look outside what happened, then come back.',
  },
}

export const sideEffectTexts: {
  readonly [K in ResumeStep['sideEffects']]: {
    readonly word: string
    readonly tone: Tone
    readonly meaning: string
  }
} = {
  none: { word: 'none', tone: 'neutral', meaning: 'Declared: may run any number of times.' },
  idempotent: {
    word: 'idempotent',
    tone: 'good',
    meaning: 'Declared: repeating it changes nothing.',
  },
  external: { word: 'external', tone: 'warn', meaning: 'Declared: repeating it may do harm.' },
  undeclared: {
    word: 'undeclared',
    tone: 'warn',
    meaning: 'The workflow does not say, so it is treated as external.',
  },
}

/** What will happen, in one sentence. */
export function planSentence(plan: ResumePlan): string {
  if (plan.byProgram)
    return plan.mode === 'fork' ? 'A new thread; no node runs.' : 'Nothing is run here.'
  const parts = phrases.flatMap(({ count, one, many }) => {
    const n = plan.steps.filter(count).length
    return n === 0 ? [] : [`${n} ${n === 1 ? one : many}`]
  })
  const what = parts.length === 0 ? 'nothing is left to do' : parts.join(', ')
  const more = plan.unlisted === 0 ? '' : ` ${plan.unlisted} more steps are not listed.`
  const where = plan.mode === 'fork' ? 'In a fork: ' : ''
  const until = plan.stopAfter === null ? '' : ` It stops after ${plan.stopAfter}.`
  return `${where}${where === '' ? capital(what) : what}.${more}${until}`
}

const phrases: readonly {
  readonly count: (step: ResumeStep) => boolean
  readonly one: string
  readonly many: string
}[] = [
  { count: does('reuse'), one: 'step is reused', many: 'steps are reused' },
  { count: does('adopt'), one: 'result is adopted', many: 'results are adopted' },
  { count: does('await'), one: 'is waited for', many: 'are waited for' },
  {
    count: (step) => step.action === 'run' && step.status !== 'pending',
    one: 'runs again',
    many: 'run again',
  },
  { count: (step) => step.action === 'run' && step.status === 'pending', one: 'runs', many: 'run' },
  { count: does('skip'), one: 'is skipped', many: 'are skipped' },
  { count: does('ask'), one: 'needs a decision', many: 'need a decision' },
  { count: does('blocked'), one: 'is blocked', many: 'are blocked' },
]

function does(action: ResumeStepAction): (step: ResumeStep) => boolean {
  return (step) => step.action === action
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
