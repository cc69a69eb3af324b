// Resuming one run: choices and decisions, the plan they lead to, the request, and what was then observed.
import { createStore, type StoreApi } from 'zustand/vanilla'
import { toAppError, type AppError } from '../../shared/errors.ts'
import type { Ref } from '../../shared/contract/call.ts'
import type { Client } from '../../shared/contract/contract.ts'
import type { RunDetail } from '../../shared/contract/runs.ts'
import type { ResumePlan } from '../../shared/core/resume/resumePlan.ts'
import { createReader } from './createReader.ts'
import {
  approval,
  approved,
  createPlanner,
  staleSentence,
  type After,
  type Planning,
} from './planning.ts'
import { failed, loading, ready, type Remote } from './remote.ts'
import { planInput, type ResumeAnswer, type ResumeChoices } from './resumeChoices.ts'
import { readLogTail, readWholeValues, type LogTail } from './resumeReading.ts'

/** Inputs or variables as they are recorded, read when a person asks to edit them. */
export type RecordedValues =
  | { readonly kind: 'unread' | 'loading' }
  | { readonly kind: 'failed'; readonly error: AppError }
  | { readonly kind: 'ready'; readonly text: string }

/** The last lines of a step's log. */
export type Evidence =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: AppError }
  | LogTail

export type ResumeWork =
  | { readonly kind: 'idle' }
  | { readonly kind: 'requested' }
  | { readonly kind: 'refused'; readonly error: AppError }
  /** Taken; `detail` is what was read back last, null before the first reading. */
  | {
      readonly kind: 'observed'
      readonly ref: Ref
      readonly detail: RunDetail | null
      readonly problem: AppError | null
    }

export type ResumeState = {
  readonly detail: Remote<RunDetail>
  readonly choices: ResumeChoices
  readonly planning: Planning<ResumePlan>
  readonly inputs: RecordedValues
  readonly variables: RecordedValues
  readonly evidence: { readonly [step: string]: Evidence }
  readonly notice: string | null
  readonly work: ResumeWork
  readonly open: () => () => void
  readonly retry: () => Promise<void>
  readonly choose: (change: Partial<Omit<ResumeChoices, 'answers'>>) => void
  readonly answer: (step: string, answer: ResumeAnswer) => void
  readonly readValues: (of: 'inputs' | 'variables') => Promise<void>
  /** The inputs of a fork are to be what those of the run are now; `layOut` makes their JSON readable. */
  readonly takeInputs: (layOut: (json: string) => string) => Promise<void>
  readonly apply: () => Promise<void>
  readonly readBack: () => Promise<void>
}
export type ResumeStore = StoreApi<ResumeState>

export type ResumeOptions = {
  readonly ref: Ref
  readonly from: string | null
  readonly after?: After
}

export function createResumeStore(client: Client, options: ResumeOptions): ResumeStore {
  return createStore<ResumeState>()((set, get) => {
    const { ref } = options
    const input = () => planInput(ref, get().choices)
    const planner = createPlanner<ResumePlan>({
      ...(options.after ? { after: options.after } : {}),
      plan: (signal) => client.call('resume.plan', input(), { signal }),
      show: (planning) => {
        set({ planning })
        if (planning.kind !== 'ready' || planning.isRefreshing) return
        void readAllEvidence(planning.planned.plan)
        dropNeedless(planning.planned.plan)
      },
    })
    /** An answer to what is no longer asked would forbid the plan. */
    const dropNeedless = (plan: ResumePlan) => {
      const { choices } = get()
      const asked = new Set<string>(
        plan.steps.flatMap((row) => (row.options.length > 0 ? [row.step] : [])),
      )
      const kept = Object.entries(choices.answers).filter(([step]) => asked.has(step))
      if (kept.length === Object.keys(choices.answers).length) return
      set({ choices: { ...choices, answers: Object.fromEntries(kept) } })
      planner.soon()
    }
    const readAllEvidence = async (plan: ResumePlan) => {
      const steps = plan.steps.filter((row) => row.options.length > 0)
      const unread = steps.filter((row) => get().evidence[row.step] === undefined)
      await Promise.all(unread.map((row) => readEvidence(row.step, row.was ?? row.step)))
    }
    const showEvidence = (step: string, evidence: Evidence) =>
      set({ evidence: { ...get().evidence, [step]: evidence } })
    /** `recorded`: the name under which the run has its logs. */
    const readEvidence = async (step: string, recorded: string) => {
      showEvidence(step, { kind: 'loading' })
      try {
        showEvidence(step, await readLogTail(client, ref, recorded))
      } catch (cause) {
        const error = toAppError(cause)
        const isAbsent = error.code === 'not-found'
        showEvidence(step, isAbsent ? { kind: 'none' } : { kind: 'failed', error })
      }
    }
    const load = async () => {
      try {
        set({ detail: ready(await client.call('run.get', { ref, leaveOut: ['forks'] })) })
      } catch (error) {
        set({ detail: failed(get().detail, error) })
      }
      await planner.now()
    }
    const watch = createReader(async () => {
      const { work } = get()
      if (work.kind !== 'observed') return
      try {
        const detail = await client.call('run.get', { ref: work.ref, leaveOut: ['forks'] })
        set({ work: { ...work, detail, problem: null } })
      } catch (error) {
        set({ work: { ...work, problem: toAppError(error) } })
      }
    })
    const isWatched = (run: string) => {
      const { work } = get()
      return work.kind === 'observed' && work.ref.document === run
    }
    const subscribe = () => [
      client.on('run.progressed', ({ run }) => {
        if (isWatched(run)) void watch()
      }),
      client.on('runs.changed', ({ runs }) => {
        if (runs === null || runs.some(isWatched)) void watch()
      }),
      // Whether steps may be executed is part of the plan.
      client.on('workspace.changed', () => {
        if (get().work.kind === 'idle' && get().planning.kind !== 'loading') planner.soon()
      }),
    ]
    return {
      detail: loading,
      choices: {
        from: options.from,
        fork: false,
        definition: 'recorded',
        definitionFile: '',
        stopAfter: null,
        answers: {},
        inputsText: null,
        variables: null,
        mapping: {},
        acceptLoss: false,
      },
      planning: { kind: 'loading' },
      inputs: { kind: 'unread' },
      variables: { kind: 'unread' },
      evidence: {},
      notice: null,
      work: { kind: 'idle' },
      open: () => {
        const stops = [...subscribe(), planner.close]
        void load()
        return () => stops.forEach((stop) => stop())
      },
      retry: load,
      choose: (change) => {
        // From another checkpoint the questions and the variables are others.
        const anew = change.from === undefined ? {} : { answers: {}, variables: null }
        set({ choices: { ...get().choices, ...change, ...anew }, notice: null })
        if (change.from !== undefined)
          set({ inputs: { kind: 'unread' }, variables: { kind: 'unread' } })
        planner.soon()
      },
      answer: (step, answer) => {
        const { choices } = get()
        set({
          choices: { ...choices, answers: { ...choices.answers, [step]: answer } },
          notice: null,
        })
        planner.soon()
      },
      readValues: async (of) => {
        const show = (values: RecordedValues) =>
          set(of === 'inputs' ? { inputs: values } : { variables: values })
        show({ kind: 'loading' })
        try {
          const checkpoint = get().choices.from
          show({ kind: 'ready', text: await readWholeValues(client, { ref, checkpoint, of }) })
        } catch (error) {
          show({ kind: 'failed', error: toAppError(error) })
        }
      },
      takeInputs: async (layOut) => {
        await get().readValues('inputs')
        if (get().inputs.kind !== 'ready') return
        try {
          const now = await readWholeValues(client, { ref, checkpoint: null, of: 'inputs' })
          get().choose({ inputsText: layOut(now) })
        } catch (error) {
          set({ inputs: { kind: 'failed', error: toAppError(error) } })
        }
      },
      apply: async () => {
        const planned = approved(get().planning)
        if (planned === null || get().work.kind === 'requested') return
        set({ work: { kind: 'requested' }, notice: null })
        try {
          const taken = await client.call('resume.apply', { ...input(), ...approval(planned) })
          set({ work: { kind: 'observed', ref: taken.ref, detail: null, problem: null } })
          await watch()
        } catch (cause) {
          const error = toAppError(cause)
          const isStale = error.code === 'stale'
          set({ notice: isStale ? staleSentence(error) : null })
          set({ work: isStale ? { kind: 'idle' } : { kind: 'refused', error } })
          await load()
        }
      },
      readBack: watch,
    }
  })
}
