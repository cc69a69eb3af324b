// The resume of many runs before it begins: what would be done, what is decided once for all, and how quickly.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { CallInput, Client } from '../../shared/contract/contract.ts'
import { parseQuery } from '../../shared/core/query/parseQuery.ts'
import type {
  BatchDecision,
  BatchQuestion,
  ResumeBatchPlan,
} from '../../shared/core/batch/resumeBatchPlan.ts'
import { toAppError, type AppError } from '../../shared/errors.ts'
import { StepId } from '../../shared/schema/ids.ts'
import { approval, approved, createPlanner, staleSentence, type Planning } from './planning.ts'
import { decisionOf, type ResumeAnswer } from './resumeChoices.ts'
import type { Route } from './route.ts'

export type ManyChoices = {
  readonly definition: 'recorded' | 'current'
  readonly stopAfter: string
  /** By `questionKey`. */
  readonly answers: { readonly [question: string]: ResumeAnswer }
  readonly canary: string
  readonly parallel: string
  readonly isGuarded: boolean
  readonly reason: string
}

export type ResumeManyState = {
  readonly choices: ManyChoices
  readonly planning: Planning<ResumeBatchPlan>
  readonly notice: string | null
  readonly isStarting: boolean
  readonly error: AppError | null
  readonly open: () => () => void
  readonly choose: (change: Partial<ManyChoices>) => void
  readonly answer: (question: BatchQuestion, answer: ResumeAnswer) => void
  readonly replan: () => Promise<void>
  readonly stopPlan: () => void
  /** Resolves with the batch that was started; null where none was. */
  readonly start: () => Promise<string | null>
}
export type ResumeManyStore = StoreApi<ResumeManyState>

type ManyRoute = Route & { readonly kind: 'resumeMany' }

export function createResumeManyStore(
  client: Client,
  route: ManyRoute,
  nowMs: number,
): ResumeManyStore {
  const which = whichOf(route, nowMs)
  return createStore<ResumeManyState>()((set, get) => {
    const planner = createPlanner<ResumeBatchPlan>({
      plan: (signal, onProgress) =>
        client.call(
          'resume.batch.plan',
          { ...which, ...optionsOf(get().choices), limit: rowsShown },
          { signal, onProgress },
        ),
      show: (planning) => set({ planning }),
    })
    return {
      choices: first,
      planning: { kind: 'loading' },
      notice: null,
      isStarting: false,
      error: null,
      open: () => {
        void planner.now()
        return planner.close
      },
      choose: (change) => {
        set({ choices: { ...get().choices, ...change }, notice: null })
        const isPlanned = 'definition' in change || 'stopAfter' in change || 'answers' in change
        if (isPlanned) planner.soon()
      },
      answer: (question, answer) => {
        const answers = { ...get().choices.answers, [questionKey(question)]: answer }
        get().choose({ answers })
      },
      replan: planner.now,
      stopPlan: planner.stop,
      start: async () => {
        const { choices, planning, isStarting } = get()
        const planned = approved(planning)
        const pace = paceOf(choices)
        if (planned === null || pace === null || isStarting) return null
        set({ isStarting: true, error: null, notice: null })
        try {
          const reason = choices.reason.trim() === '' ? null : choices.reason.trim()
          const about = { title: titleOf(route), reason }
          const asked = { ...which, ...optionsOf(choices), ...pace, ...approval(planned), ...about }
          return (await client.call('resume.batch.start', asked)).batch
        } catch (cause) {
          const error = toAppError(cause)
          if (error.code === 'stale') {
            set({ notice: staleSentence(error) })
            void planner.now()
          } else set({ error })
          return null
        } finally {
          set({ isStarting: false })
        }
      },
    }
  })
}

/** The rest of a long list is counted by its reasons. */
export const rowsShown = 200

const first: ManyChoices = {
  definition: 'recorded',
  stopAfter: '',
  answers: {},
  canary: '1',
  parallel: '4',
  isGuarded: true,
  reason: '',
}

export function questionKey({ workflow, step }: Pick<BatchQuestion, 'workflow' | 'step'>): string {
  return JSON.stringify([workflow, step])
}

function whichOf(
  { view, text, runs, except }: ManyRoute,
  nowMs: number,
): Pick<CallInput<'resume.batch.plan'>, 'view' | 'text' | 'filter' | 'documents' | 'except'> {
  const { terms, words } = parseQuery(text, nowMs)
  const filter = terms.map(({ condition }) => condition)
  const documents = runs === null ? null : [...runs]
  return { view, text: words, filter, documents, except: [...except] }
}

export function titleOf({ view, text, runs }: ManyRoute): string {
  if (runs !== null) return runs.length === 1 ? (runs[0] ?? '') : `${runs.length} chosen runs`
  return (
    [...(view === 'all' ? [] : [view]), ...(text === '' ? [] : [text])].join(' · ') || 'all runs'
  )
}

/** Answers that are not valid yet are left out. */
export function optionsOf({ definition, stopAfter, answers }: ManyChoices) {
  const decisions = Object.entries(answers).flatMap(([key, answer]): BatchDecision[] => {
    const [workflow, step] = JSON.parse(key) as [string, string] // as `questionKey` writes it
    const decision = decisionOf(answer)
    return decision === null ? [] : [{ workflow, step: StepId.parse(step), decision }]
  })
  const step = StepId.safeParse(stopAfter.trim())
  return { definition, stopAfter: step.success ? step.data : null, decisions }
}

/** Null: a number is none, or out of its range. */
export function paceOf({ canary, parallel, isGuarded }: ManyChoices) {
  const numbers = { canary: wholeIn(canary, 0, 1_000), parallel: wholeIn(parallel, 1, 64) }
  if (numbers.canary === null || numbers.parallel === null) return null
  const guard = isGuarded ? { failures: 3, of: 10 } : null
  return { canary: numbers.canary, parallel: numbers.parallel, guard }
}

export function wholeIn(text: string, least: number, most: number): number | null {
  const value = /^\d{1,6}$/.test(text.trim()) ? Number(text) : NaN
  return value >= least && value <= most ? value : null
}
