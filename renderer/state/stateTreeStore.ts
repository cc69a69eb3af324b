// The state of a run as a tree that is read where it is opened.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Ref, TextSlice } from '../../shared/contract/call.ts'
import type { CallOutput, Client } from '../../shared/contract/contract.ts'
import type { StateNode } from '../../shared/contract/runs.ts'
import { AppError, toAppError } from '../../shared/errors.ts'
import { createReader } from './createReader.ts'
import { failed, loading, ready, type Remote } from './remote.ts'

export type Branch = {
  readonly children: readonly StateNode[]
  readonly total: number
  readonly isOpen: boolean
  readonly isReading: boolean
}

export type StateTreeState = {
  readonly root: Remote<StateNode>
  /** By pointer: what was opened once. */
  readonly branches: { readonly [pointer: string]: Branch }
  readonly selected: string | null
  /** The selected value as JSON text, as far as one slice goes. */
  readonly value: Remote<{
    readonly text: string
    readonly sizeBytes: number
    readonly isCut: boolean
  }>
  readonly problem: AppError | null
  readonly open: () => () => void
  readonly retry: () => Promise<void>
  readonly toggle: (pointer: string) => Promise<void>
  readonly readMore: (pointer: string) => Promise<void>
  readonly select: (pointer: string) => Promise<void>
  /** The whole value as text, for the clipboard. Refuses more than 4 MiB. */
  readonly readValue: (pointer: string) => Promise<string>
}
export type StateTreeStore = StoreApi<StateTreeState>

const pageSize = 200

export function createStateTreeStore(
  client: Client,
  { ref, checkpoint }: { readonly ref: Ref; readonly checkpoint: string | null },
): StateTreeStore {
  const read = (pointer: string, offset: number) =>
    client.call('state.read', { ref, checkpoint, pointer, offset, limit: pageSize })
  return createStore<StateTreeState>()((set, get) => {
    const put = (pointer: string, change: Partial<Branch>) => {
      const before = get().branches[pointer] ?? emptyBranch
      set({ branches: { ...get().branches, [pointer]: { ...before, ...change } } })
    }
    const readPage = async (pointer: string) => {
      const { children } = get().branches[pointer] ?? emptyBranch
      put(pointer, { isOpen: true, isReading: true })
      try {
        const page = await read(pointer, children.length)
        const all = [...children, ...page.children]
        put(pointer, { children: all, total: page.total, isReading: false })
      } catch (error) {
        put(pointer, { isOpen: false, isReading: false })
        set({ problem: toAppError(error) })
      }
    }
    const load = async () => {
      try {
        const { node, children, total } = await read('', 0)
        const root = { children, total, isOpen: true, isReading: false }
        set({ root: ready(node), branches: { '': root }, problem: null })
      } catch (error) {
        set({ root: failed(get().root, error) })
      }
    }
    /** Reads again what is open; what is closed is read when it is opened. */
    const refresh = createReader(async () => {
      const opened = Object.entries(get().branches).filter(([, branch]) => branch.isOpen)
      try {
        const reading = opened.map(([pointer, { children }]) =>
          readAgain(read, pointer, children.length),
        )
        const fresh = await Promise.all(reading)
        set({ branches: Object.fromEntries(fresh.flat()) })
      } catch (error) {
        set({ root: failed(get().root, error) })
      }
    })
    return {
      root: loading,
      branches: {},
      selected: null,
      value: loading,
      problem: null,
      open: () => {
        void load()
        if (checkpoint !== null) return () => undefined
        const stops = [
          client.on('run.progressed', ({ run }) => {
            if (run === ref.document) void refresh()
          }),
          client.on('runs.changed', ({ runs }) => {
            if (runs === null || runs.includes(ref.document)) void refresh()
          }),
        ]
        return () => stops.forEach((stop) => stop())
      },
      retry: load,
      toggle: async (pointer) => {
        const branch = get().branches[pointer]
        if (branch === undefined) await readPage(pointer)
        else put(pointer, { isOpen: !branch.isOpen })
      },
      readMore: readPage,
      select: async (pointer) => {
        set({ selected: pointer, value: loading })
        try {
          const slice = await client.call('state.value', { ref, checkpoint, pointer })
          if (get().selected !== pointer) return
          const { text, sizeBytes, nextOffset } = slice
          set({ value: ready({ text, sizeBytes, isCut: nextOffset !== null }) })
        } catch (error) {
          if (get().selected === pointer) set({ value: failed<never>(loading, error) })
        }
      },
      readValue: (pointer) => readWhole(client, { ref, checkpoint, pointer }),
    }
  })
}

const emptyBranch: Branch = { children: [], total: 0, isOpen: false, isReading: false }
type ReadPage = (pointer: string, offset: number) => Promise<CallOutput<'state.read'>>

/** A branch as it is now, as far as it was read before. Empty where the value is gone. */
async function readAgain(read: ReadPage, pointer: string, count: number) {
  const children: StateNode[] = []
  let total = 0
  try {
    do {
      const page = await read(pointer, children.length)
      children.push(...page.children)
      total = page.total
    } while (children.length < Math.min(count, total))
  } catch (error) {
    if (toAppError(error).code === 'not-found' && pointer !== '') return []
    throw error
  }
  return [[pointer, { children, total, isOpen: true, isReading: false }] as const]
}

const maxWholeBytes = 4 * 1024 * 1024

async function readWhole(
  client: Client,
  what: { readonly ref: Ref; readonly checkpoint: string | null; readonly pointer: string },
): Promise<string> {
  const parts: string[] = []
  let offset: number | null = 0
  while (offset !== null && offset < maxWholeBytes) {
    const input = { ...what, offset, limitBytes: 262_144 }
    const slice: TextSlice = await client.call('state.value', input)
    parts.push(slice.text)
    offset = slice.nextOffset
  }
  if (offset === null) return parts.join('')
  const message = 'The value is larger than 4 MiB, too large for the clipboard. Use unstuck show.'
  throw new AppError('invalid-input', message, { pointer: what.pointer })
}
