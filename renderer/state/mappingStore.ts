// What a person says of a document that no engine is known for, and what it would then be.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Ref } from '../../shared/contract/call.ts'
import type { CallOutput, Client } from '../../shared/contract/contract.ts'
import type { FormatGuess } from '../../shared/contract/runs.ts'
import { toAppError, type AppError } from '../../shared/errors.ts'
import type { RunStatus } from '../../shared/schema/run.ts'
import type { MappedField } from '../../shared/schema/unknownMapping.ts'

type Shown = CallOutput<'document.map.plan'>

export type MappingState = {
  /** By field, as it was typed or picked; what is left empty is guessed. */
  readonly paths: { readonly [field in MappedField]?: string }
  readonly words: { readonly [word: string]: RunStatus }
  /** The field into which a place of the tree is picked. */
  readonly field: MappedField
  /** The last one that was answered, also while a newer one is asked for. */
  readonly shown: Shown | null
  readonly work: 'none' | 'planning' | 'saving' | 'saved'
  readonly error: AppError | null
  readonly open: () => () => void
  readonly choose: (field: MappedField) => void
  readonly setPath: (field: MappedField, path: string) => Promise<void>
  readonly setWord: (word: string, status: RunStatus | null) => Promise<void>
  readonly save: () => Promise<void>
}
export type MappingStore = StoreApi<MappingState>

export function createMappingStore(
  client: Client,
  { ref, guesses }: { readonly ref: Ref; readonly guesses: readonly FormatGuess[] },
): MappingStore {
  return createStore<MappingState>()((set, get) => {
    let asked = new AbortController()
    const said = () => {
      const { paths, words } = get()
      const given = Object.entries(paths).filter(([, path]) => path.trim() !== '')
      return { ref, paths: Object.fromEntries(given), words }
    }
    /** The newest question takes the place of the one before. */
    const plan = async () => {
      asked.abort()
      const mine = new AbortController()
      asked = mine
      set({ work: 'planning', error: null })
      try {
        const shown = await client.call('document.map.plan', said(), { signal: mine.signal })
        if (asked === mine) set({ shown, work: 'none' })
      } catch (error) {
        if (asked === mine) set({ work: 'none', error: toAppError(error) })
      }
    }
    return {
      paths: mappedPaths(guesses),
      words: {},
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

function mappedPaths(guesses: readonly FormatGuess[]): MappingState['paths'] {
  const mapped = guesses.filter(({ confidence }) => confidence === 'mapped')
  return Object.fromEntries(
    mapped.flatMap(({ field, path }) => (path === null ? [] : [[field, path]])),
  )
}
