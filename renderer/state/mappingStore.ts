// What a person says of a document that no engine is known for, and what it would then be.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Ref } from '../../shared/contract/call.ts'
import type { CallOutput, Client } from '../../shared/contract/contract.ts'
import { toAppError, type AppError } from '../../shared/errors.ts'
import type { RunStatus } from '../../shared/schema/run.ts'
import type { MappedField, UnknownMapping } from '../../shared/schema/unknownMapping.ts'

type Shown = CallOutput<'document.map.plan'>

export type MappingState = {
  /** By field, as it was typed or picked; null: there is none. What is left empty is guessed. */
  readonly paths: { readonly [field in MappedField]?: string | null | undefined }
  readonly words: { readonly [word: string]: RunStatus }
  /** For all documents like it in this folder and below; null: in its own. */
  readonly folder: string | null
  /** The field into which a place of the tree is picked. */
  readonly field: MappedField
  /** The last one that was answered, also while a newer one is asked for. */
  readonly shown: Shown | null
  readonly work: 'none' | 'planning' | 'saving' | 'saved'
  readonly error: AppError | null
  readonly open: () => () => void
  readonly choose: (field: MappedField) => void
  readonly setPath: (field: MappedField, path: string | null) => Promise<void>
  readonly setWord: (word: string, status: RunStatus | null) => Promise<void>
  readonly setFolder: (folder: string) => Promise<void>
  /** Asks again what failed. */
  readonly retry: () => Promise<void>
  readonly save: () => Promise<void>
}
export type MappingStore = StoreApi<MappingState>

export function createMappingStore(client: Client, { ref }: { readonly ref: Ref }): MappingStore {
  return createStore<MappingState>()((set, get) => {
    let asked = new AbortController()
    const said = () => {
      const { paths, words, folder } = get()
      const given = Object.entries(paths).filter(
        ([, path]) => path === null || (path ?? '').trim() !== '',
      )
      return { ref, folder, paths: Object.fromEntries(given), words }
    }
    /** The newest question takes the place of the one before. */
    const plan = async () => {
      asked.abort()
      const mine = new AbortController()
      asked = mine
      set({ work: 'planning', error: null })
      try {
        const isFirst = get().shown === null
        const shown = await client.call('document.map.plan', said(), { signal: mine.signal })
        if (asked !== mine) return
        const before = isFirst ? (shown.plan.stored ?? null) : null
        set(before === null ? { shown, work: 'none' } : { shown, ...saidBefore(before) })
        // What was said before is what stands there: it is shown as it would be stored again.
        if (before !== null) await plan()
      } catch (error) {
        if (asked === mine) set({ work: 'none', error: toAppError(error) })
      }
    }
    return {
      paths: {},
      words: {},
      folder: null,
      field: 'status',
      shown: null,
      work: 'none',
      error: null,
      open: () => {
        void plan()
        return () => asked.abort()
      },
      choose: (field) => set({ field }),
      setPath: async (field, path) => {
        set({ field, paths: { ...get().paths, [field]: path } })
        await plan()
      },
      setWord: async (word, status) => {
        const { [word]: _before, ...others } = get().words
        set({ words: status === null ? others : { ...others, [word]: status } })
        await plan()
      },
      setFolder: async (folder) => {
        set({ folder })
        await plan()
      },
      retry: plan,
      save: async () => {
        const { shown, work } = get()
        if (shown === null || work !== 'none') return
        set({ work: 'saving', error: null })
        try {
          const { rev, digest, asOf } = shown
          const approved = { ...said(), rev, digest, asOf }
          const { observed } = await client.call('document.map.apply', approved)
          set({ work: observed ? 'saved' : 'none' })
        } catch (error) {
          set({ work: 'none', error: toAppError(error) })
        }
      },
    }
  })
}

/** [L220] All of it, words and what is not there too: storing it again loses nothing. */
function saidBefore({
  paths,
  words,
  folder,
}: UnknownMapping): Pick<MappingState, 'paths' | 'words' | 'folder'> {
  return { paths, words, folder }
}
