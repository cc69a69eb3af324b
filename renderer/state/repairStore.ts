// Repairing one document: its bytes, a plan from a chosen source, the repair that was approved, and the way back.
import { createStore, type StoreApi } from 'zustand/vanilla'
import { toAppError, type AppError } from '../../shared/errors.ts'
import type { Ref } from '../../shared/contract/call.ts'
import type { CallOutput, Client } from '../../shared/contract/contract.ts'
import type { Finding } from '../../shared/core/integrity/finding.ts'
import type { DamageRange, RepairFix, RepairPlan } from '../../shared/core/repair/repairPlan.ts'
import {
  readAround,
  readEarlier,
  readLater,
  showsByte,
  type BytesView,
  type ReadSlice,
} from './bytesView.ts'
import {
  approval,
  approved,
  createPlanner,
  staleSentence,
  type After,
  type Planning,
} from './planning.ts'

export const rawFiles = ['head', 'journal', 'document'] as const
export type RawFile = (typeof rawFiles)[number]

export type RepairWork =
  | { readonly kind: 'idle' }
  | { readonly kind: 'requested' }
  | { readonly kind: 'failed'; readonly error: AppError }
  | { readonly kind: 'repaired'; readonly answer: CallOutput<'repair.apply'> }
  | { readonly kind: 'undone'; readonly answer: CallOutput<'repair.undo'> }

export type RepairState = {
  readonly planning: Planning<RepairPlan>
  readonly source: string | null
  readonly rejected: readonly string[]
  readonly notice: string | null
  readonly file: RawFile
  readonly bytes: BytesView
  /** Id of the fix that is looked at: bytes and document are shown around its place. */
  readonly chosen: string | null
  /** The byte that is looked at; null: the first damage. */
  readonly lookedAt: number | null
  readonly work: RepairWork
  readonly open: () => () => void
  readonly replan: () => Promise<void>
  readonly chooseSource: (source: string) => void
  readonly choose: (fix: string) => void
  /** Looks at a damaged part, and at the fix that is about it. */
  readonly lookAt: (range: Pick<DamageRange, 'file' | 'offset' | 'fix'>) => void
  readonly accept: (fix: string) => void
  readonly reject: (fix: string) => void
  /** Shows a file around its first damage. */
  readonly showFile: (file: RawFile) => Promise<void>
  readonly showEarlier: () => Promise<void>
  readonly showLater: () => Promise<void>
  readonly apply: () => Promise<void>
  readonly undo: () => Promise<void>
}
export type RepairStore = StoreApi<RepairState>

export function createRepairStore(
  client: Client,
  options: { readonly ref: Ref; readonly after?: After },
): RepairStore {
  return createStore<RepairState>()((set, get) => {
    const { ref } = options
    const input = () => ({ ref, source: get().source, rejected: [...get().rejected] })
    const planner = createPlanner<RepairPlan>({
      ...(options.after ? { after: options.after } : {}),
      plan: (signal) => client.call('repair.plan', input(), { signal }),
      show: (planning) => set({ planning }),
    })
    const planAndShow = async () => {
      await planner.now()
      const { planning } = get()
      if (planning.kind === 'ready') await get().showFile(damagedFile(planning.planned.plan))
    }
    const readSlice: ReadSlice = (offset, limitBytes) =>
      client.call('run.raw', { ref, file: get().file, offset, limitBytes })
    const show = async (file: RawFile, read: () => Promise<BytesView>) => {
      const bytes = await read()
      if (get().file === file) set({ bytes })
    }
    const carry = async (call: () => Promise<RepairWork>) => {
      set({ work: { kind: 'requested' }, notice: null })
      try {
        set({ work: await call() })
      } catch (cause) {
        const error = toAppError(cause)
        const isStale = error.code === 'stale'
        set({ notice: isStale ? staleSentence(error) : null })
        set({ work: isStale ? { kind: 'idle' } : { kind: 'failed', error } })
      }
      await planAndShow()
    }
    return {
      planning: { kind: 'loading' },
      source: null,
      rejected: [],
      notice: null,
      file: 'head',
      bytes: { kind: 'loading' },
      chosen: null,
      lookedAt: null,
      work: { kind: 'idle' },
      open: () => {
        void planAndShow()
        return planner.close
      },
      replan: planAndShow,
      chooseSource: (source) => {
        set({ source, rejected: [], chosen: null, lookedAt: null })
        planner.soon()
      },
      choose: (chosen) => {
        set({ chosen })
        const fix = chosenFix(get())
        const file = rawFiles.find((one) => one === fix?.file)
        set({ lookedAt: fix?.offset ?? null })
        if (file === undefined || isShown(get(), file, fix?.offset ?? null)) return
        void get().showFile(file)
      },
      lookAt: ({ file, offset, fix }) => {
        set({ chosen: fix, lookedAt: offset })
        if (!isShown(get(), file, offset)) void get().showFile(file)
      },
      accept: (fix) => {
        set({ rejected: get().rejected.filter((id) => id !== fix) })
        planner.soon()
      },
      reject: (fix) => {
        set({ rejected: [...get().rejected.filter((id) => id !== fix), fix] })
        planner.soon()
      },
      showFile: async (file) => {
        const { lookedAt, planning } = get()
        const isOfOther = file !== (chosenFix(get())?.file ?? file)
        set({ file, bytes: { kind: 'loading' } })
        const damage = lookedAt === null || isOfOther ? firstDamage(planning, file) : lookedAt
        await show(file, () => readAround(readSlice, damage))
      },
      showEarlier: async () => {
        const { file, bytes } = get()
        if (bytes.kind !== 'ready' || bytes.offset === 0) return
        await show(file, () => readEarlier(readSlice, bytes))
      },
      showLater: async () => {
        const { file, bytes } = get()
        if (bytes.kind !== 'ready') return
        const { nextOffset } = bytes
        if (nextOffset !== null)
          await show(file, () => readLater(readSlice, { ...bytes, nextOffset }))
      },
      apply: async () => {
        const planned = approved(get().planning)
        if (planned === null) return
        await carry(async () => {
          const answer = await client.call('repair.apply', { ...input(), ...approval(planned) })
          set({ source: null, rejected: [] })
          return { kind: 'repaired', answer }
        })
      },
      undo: async () => {
        const { work } = get()
        if (work.kind !== 'repaired') return
        const { backup } = work.answer
        await carry(async () => {
          return { kind: 'undone', answer: await client.call('repair.undo', { ref, backup }) }
        })
      },
    }
  })
}

/** The fix that is looked at; null when none is, or it is not in the plan any more. */
export function chosenFix({ planning, chosen }: RepairState): RepairFix | null {
  if (planning.kind !== 'ready') return null
  return planning.planned.plan.fixes.find(({ id }) => id === chosen) ?? null
}

function isShown({ file: now, bytes }: RepairState, file: RawFile, offset: number | null): boolean {
  if (now !== file || bytes.kind !== 'ready') return false
  return offset === null || showsByte(bytes, offset)
}

/** Head and journal, and a document of its own where it is one. */
export function damagedFiles(plan: RepairPlan): readonly RawFile[] {
  return rawFiles.filter((name) => name !== 'document' || findingsIn(plan, name).length > 0)
}

/** Findings of one file, the first damage first. */
export function findingsIn(plan: RepairPlan, file: RawFile): readonly Finding[] {
  return plan.findings
    .filter((finding) => finding.file === file)
    .toSorted((a, b) => (a.offset ?? Infinity) - (b.offset ?? Infinity))
}

/** True when the document is whole: no finding that would have to be repaired. */
export function isWhole(plan: RepairPlan): boolean {
  return plan.findings.every((finding) => finding.severity === 'info') && plan.fixes.length === 0
}

function damagedFile(plan: RepairPlan): RawFile {
  const found = plan.findings.find((finding) => finding.offset !== null) ?? plan.findings[0]
  return rawFiles.find((file) => file === found?.file) ?? 'head'
}

function firstDamage(planning: Planning<RepairPlan>, file: RawFile): number {
  if (planning.kind !== 'ready') return 0
  return findingsIn(planning.planned.plan, file)[0]?.offset ?? 0
}
