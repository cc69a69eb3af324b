// The state of a run as a tree that is read where it is opened.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Ref, TextSlice } from '../../shared/contract/call.ts'
import type { CallOutput, Client } from '../../shared/contract/contract.ts'
import type { StateNode } from '../../shared/contract/runReading.ts'
import { AppError, toAppError } from '../../shared/errors.ts'
import { pointer as pointerTo, tokensOf } from '../../shared/schema/pointer.ts'
import { createReader } from './createReader.ts'
import { paced } from './paced.ts'
import { failed, loading, ready, type Remote } from './remote.ts'

export type Branch = {
  /** Those that were read, which follow one another; the first stands at `start`. */
  readonly children: readonly StateNode[]
  readonly start: number
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
  readonly readBefore: (pointer: string) => Promise<void>
  /** Opens the way to a place and selects it; false: there is nothing. */
  readonly reveal: (pointer: string) => Promise<boolean>
  /** The state at another checkpoint, or now; what is open stays open. */
  readonly show: (checkpoint: string | null) => Promise<void>
  readonly select: (pointer: string) => Promise<void>
  /** The whole value as text, for the clipboard. Refuses more than 4 MiB. */
  readonly readValue: (pointer: string) => Promise<string>
}
export type StateTreeStore = StoreApi<StateTreeState>

const pageSize = 200

export function createStateTreeStore(
  client: Client,
  { ref, ...at }: { readonly ref: Ref; readonly checkpoint: string | null },
): StateTreeStore {
  let { checkpoint } = at
  const read: ReadPage = (pointer, { offset, child, limit = pageSize }) => {
    const place = child === undefined ? {} : { child }
    return client.call('state.read', { ref, checkpoint, pointer, offset, limit, ...place })
  }
  return createStore<StateTreeState>()((set, get) => {
    const put = (pointer: string, change: Partial<Branch>) => {
      const before = get().branches[pointer] ?? emptyBranch
      set({ branches: { ...get().branches, [pointer]: { ...before, ...change } } })
    }
    const readPage = async (pointer: string) => {
      const { children, start } = get().branches[pointer] ?? emptyBranch
      put(pointer, { isOpen: true, isReading: true })
      try {
        const page = await read(pointer, { offset: start + children.length })
        const all = [...children, ...page.children]
        put(pointer, { children: all, total: page.total, isReading: false })
      } catch (error) {
        put(pointer, { isOpen: false, isReading: false })
        set({ problem: toAppError(error) })
      }
    }
    const load = async () => {
      try {
        const { node, children, total } = await read('', { offset: 0 })
        const root = { children, start: 0, total, isOpen: true, isReading: false }
        set({ root: ready(node), branches: { ...get().branches, '': root }, problem: null })
      } catch (error) {
        set({ root: failed(get().root, error) })
      }
    }
    /** Reads again what is open; what is closed is read when it is opened. */
    const refresh = createReader(async () => {
      const opened = Object.entries(get().branches).filter(([, branch]) => branch.isOpen)
      try {
        const fresh: (readonly [string, Branch])[] = []
        // One after the other: the host reads a large state once, and not for each of them at once.
        for (const [pointer, branch] of opened) {
          const again = await readAgain(read, pointer, branch)
          if (again !== null) fresh.push([pointer, again])
        }
        const isRead = new Set(opened.map(([pointer]) => pointer))
        const since = Object.entries(get().branches).filter(
          ([pointer, { isOpen }]) => isOpen && !isRead.has(pointer),
        )
        set({ branches: Object.fromEntries([...fresh, ...since]) })
      } catch (error) {
        set({ root: failed(get().root, error) })
      }
    })
    /** Opens a branch at the page of a child; what was read of it before stays where the two meet. */
    const openAt = async (pointer: string, key: string): Promise<boolean> => {
      const known = get().branches[pointer]
      if (known?.children.some((child) => child.key === key)) {
        put(pointer, { isOpen: true })
        return true
      }
      const { children, total, offset: start = 0 } = await read(pointer, { offset: 0, child: key })
      if (!children.some((child) => child.key === key)) return false
      put(pointer, { children, start, total, isOpen: true, isReading: false })
      return true
    }
    return {
      root: loading,
      branches: {},
      selected: null,
      value: loading,
      problem: null,
      open: () => {
        const again = paced(refresh)
        void load()
        const stops = [
          client.on('run.progressed', ({ run }) => {
            if (checkpoint === null && run === ref.document) again()
          }),
          client.on('runs.changed', ({ runs }) => {
            const isMeant = runs === null || runs.includes(ref.document)
            if (checkpoint === null && isMeant) again()
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
      readBefore: async (pointer) => {
        const { children, start } = get().branches[pointer] ?? emptyBranch
        const offset = Math.max(0, start - pageSize)
        try {
          const page = await read(pointer, { offset, limit: Math.max(1, start - offset) })
          // Too much for one message came in part: what is missing between the two is read on from here.
          const isWhole = offset + page.children.length === start
          const all = isWhole ? [...page.children, ...children] : page.children
          put(pointer, { children: all, start: offset, total: page.total })
        } catch (error) {
          set({ problem: toAppError(error) })
        }
      },
      reveal: async (pointer) => {
        const tokens = tokensOf(pointer)
        try {
          for (const [index, key] of tokens.entries())
            if (!(await openAt(pointerTo(...tokens.slice(0, index)), key))) return false
        } catch (error) {
          if (toAppError(error).code !== 'not-found') set({ problem: toAppError(error) })
          return false
        }
        if (get().selected !== pointer) await get().select(pointer)
        return true
      },
      show: async (chosen) => {
        if (chosen === checkpoint) return
        checkpoint = chosen
        const { selected, select } = get()
        await Promise.all([refresh(), selected === null ? null : select(selected)])
      },
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

const emptyBranch: Branch = { children: [], start: 0, total: 0, isOpen: false, isReading: false }

type ReadPage = (
  pointer: string,
  page: { readonly offset: number; readonly child?: string; readonly limit?: number },
) => Promise<CallOutput<'state.read'>>

/** A branch as it is now, as far as it was read before. Null where the value is gone. */
async function readAgain(
  read: ReadPage,
  pointer: string,
  { start, children: known }: Branch,
): Promise<Branch | null> {
  const children: StateNode[] = []
  let total = 0
  try {
    do {
      const page = await read(pointer, { offset: start + children.length })
      children.push(...page.children)
      total = page.total
      if (page.children.length === 0) break
    } while (children.length < Math.min(known.length, total - start))
  } catch (error) {
    if (toAppError(error).code === 'not-found' && pointer !== '') return null
    throw error
  }
  // It became shorter than where the page began.
  const isPast = children.length === 0 && start > 0 && total > 0
  if (isPast) return readAgain(read, pointer, { ...emptyBranch, start: 0 })
  return { children, start, total, isOpen: true, isReading: false }
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
