// What a person wants to be different in runs, before it is done: staged per run, planned by the host with every change.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Ref } from '../../shared/contract/call.ts'
import type { Client } from '../../shared/contract/contract.ts'
import { isStepEdit, type Edit, type StepEdit } from '../../shared/core/edit/edit.ts'
import type { EditPlan } from '../../shared/core/edit/editPlan.ts'
import { toAppError, type AppError } from '../../shared/errors.ts'
import { pointer } from '../../shared/schema/pointer.ts'
import { isNative } from './makeRef.ts'
import { approval, approved, createPlanner, type Planning } from './planning.ts'

export type StagedEdit = { readonly id: string; readonly edit: Edit }

export type EditWork =
  | { readonly kind: 'idle' }
  | { readonly kind: 'requested' }
  | { readonly kind: 'failed'; readonly error: AppError }
  | {
      readonly kind: 'applied'
      readonly seq: number
      readonly isObserved: boolean
      readonly next: NextStep | null
    }
  | { readonly kind: 'undone'; readonly seq: number; readonly isObserved: boolean }

/** [L272] What goes on with the run as it is now: what is completed begins anew, at its first checkpoint. */
export type NextStep =
  | { readonly kind: 'resume' }
  | { readonly kind: 'fork'; readonly from: string | null }

/** The edits of one run that wait. */
export type StagedRun = {
  readonly ref: Ref
  /**
   * The last record that the run had when the first of them was staged, or when they were rebased; of another engine's
   * document its revision.
   */
  readonly base: number | string
  readonly edits: readonly StagedEdit[]
  readonly planning: Planning<EditPlan>
  readonly reason: string
  readonly work: EditWork
}

/** A step and what is to be said of it, before it is staged. */
export type AskedStep = {
  readonly document: string
  readonly step: string
  readonly kind: StepEdit['kind']
}

export type EditState = {
  readonly runs: { readonly [document: string]: StagedRun }
  readonly asked: AskedStep | null
  readonly ask: (asked: AskedStep | null) => void
  /** An edit of the same value or step takes the place of the one before it. */
  readonly stage: (ref: Ref, base: StagedRun['base'], edit: Edit) => void
  readonly takeBack: (document: string, id: string) => void
  readonly discard: (document: string) => void
  /** From here on the edits are about the run as it is; of another engine's document, of this revision. */
  readonly rebase: (document: string, rev?: string) => void
  readonly replan: (document: string) => Promise<void>
  readonly setReason: (document: string, reason: string) => void
  readonly apply: (document: string) => Promise<void>
  readonly undo: (document: string) => Promise<void>
  /** Plans again what changes elsewhere; returns what stops it. */
  readonly open: () => () => void
}
export type EditStore = StoreApi<EditState>

export function createEditStore(client: Client): EditStore {
  let lastId = 0
  const planners = new Map<string, ReturnType<typeof createPlanner<EditPlan>>>()
  return createStore<EditState>()((set, get) => {
    const put = (document: string, change: Partial<StagedRun>) => {
      const run = get().runs[document]
      if (run !== undefined) set({ runs: { ...get().runs, [document]: { ...run, ...change } } })
    }
    const plannerOf = (document: string) => {
      const known = planners.get(document)
      if (known !== undefined) return known
      const planner = createPlanner<EditPlan>({
        plan: (signal) => client.call('edit.plan', inputOf(get().runs[document]), { signal }),
        show: (planning) => put(document, { planning }),
      })
      planners.set(document, planner)
      return planner
    }
    const replace = (document: string, edits: readonly StagedEdit[]) => {
      put(document, { edits, work: { kind: 'idle' } })
      // What another engine's files become is planned by their own screen.
      if (edits.length > 0 && isOfRun(get().runs[document])) void plannerOf(document).now()
    }
    const carry = async (document: string, call: (run: StagedRun) => Promise<EditWork>) => {
      const run = get().runs[document]
      if (run === undefined || run.work.kind === 'requested') return
      put(document, { work: { kind: 'requested' } })
      try {
        put(document, { work: await call(run) })
      } catch (error) {
        put(document, { work: { kind: 'failed', error: toAppError(error) } })
        if (toAppError(error).code === 'stale') await plannerOf(document).now()
      }
    }
    return {
      runs: {},
      asked: null,
      ask: (asked) => set({ asked }),
      stage: (ref, base, edit) => {
        const { document } = ref
        const before = get().runs[document]
        const isFirst = before === undefined || before.edits.length === 0
        lastId += 1
        const staged = { id: String(lastId), edit }
        const run: StagedRun = isFirst ? { ...empty, ref, base } : before
        set({ runs: { ...get().runs, [document]: run } })
        replace(document, withEdit(run.edits, staged))
      },
      takeBack: (document, id) => {
        const edits = get().runs[document]?.edits ?? []
        replace(
          document,
          edits.filter((one) => one.id !== id),
        )
      },
      discard: (document) => replace(document, []),
      rebase: (document, rev) => {
        if (rev !== undefined) return put(document, { base: rev })
        const planning = get().runs[document]?.planning
        const now = planning?.kind === 'ready' ? planning.planned.plan.meanwhile?.now : undefined
        if (now === undefined) return
        put(document, { base: now })
        void plannerOf(document).now()
      },
      replan: (document) => plannerOf(document).now(),
      setReason: (document, reason) => put(document, { reason }),
      apply: (document) =>
        carry(document, async (run) => {
          const planned = approved(run.planning)
          if (planned === null) return { kind: 'idle' }
          const input = { ...inputOf(run), ...approval(planned), reason: run.reason }
          const { seq, observed } = await client.call('edit.apply', input)
          const next = await readNext(client, run.ref)
          put(document, { edits: [], reason: '' })
          return { kind: 'applied', seq, isObserved: observed, next }
        }),
      undo: (document) =>
        carry(document, async ({ ref, work }) => {
          const seq = work.kind === 'applied' ? work.seq : null
          const { undone, observed } = await client.call('edit.undo', { ref, seq })
          return { kind: 'undone', seq: undone, isObserved: observed }
        }),
      open: () =>
        client.on('runs.changed', ({ runs }) => {
          for (const [document, { edits, work }] of Object.entries(get().runs)) {
            const isNamed = runs === null || runs.includes(document)
            if (
              isNamed &&
              edits.length > 0 &&
              work.kind !== 'requested' &&
              isOfRun(get().runs[document])
            )
              plannerOf(document).renew()
          }
        }),
    }
  })
}

/** Where that cannot be read nothing is offered: what is wrong with the run its own page says. */
async function readNext(client: Client, ref: Ref): Promise<NextStep | null> {
  const [answer] = await Promise.allSettled([client.call('run.get', { ref })])
  if (answer.status === 'rejected' || answer.value.run === null) return null
  const { status, checkpoints } = answer.value.run
  if (status !== 'completed') return { kind: 'resume' }
  return { kind: 'fork', from: checkpoints.at(0)?.id ?? null }
}

const empty = {
  edits: [],
  planning: { kind: 'loading' },
  reason: '',
  work: { kind: 'idle' },
} as const

/** Whether anything waits that would be lost with the window. */
export function hasStaged({ runs }: Pick<EditState, 'runs'>): boolean {
  return Object.values(runs).some(({ edits }) => edits.length > 0)
}

function isOfRun(run: StagedRun | undefined): boolean {
  return run !== undefined && isNative(run.ref)
}

/** Where in the state an edit is about. */
export function placeOfEdit(edit: Edit): string {
  return isStepEdit(edit) ? pointer('steps', edit.step) : edit.path
}

function withEdit(edits: readonly StagedEdit[], staged: StagedEdit): readonly StagedEdit[] {
  const at = edits.findIndex(({ edit }) => isReplaced(edit, staged.edit))
  // Only where nothing was staged behind it that may build on it.
  if (at === -1 || at < edits.length - 1) return [...edits, staged]
  return edits.with(at, staged)
}

function isReplaced(one: Edit, other: Edit): boolean {
  if (isStepEdit(one) && isStepEdit(other)) return one.step === other.step
  return one.kind === 'set' && other.kind === 'set' && one.path === other.path
}

function inputOf(run: StagedRun | undefined) {
  const { ref, edits, base } = run ?? { ref: nowhere, edits: [], base: 0 }
  return { ref, edits: edits.map(({ edit }) => edit), base: typeof base === 'number' ? base : null }
}

const nowhere: Ref = { workspace: '', format: 'unstuck', document: '-', item: null }
