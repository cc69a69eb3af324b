import type { Entry } from '../../store/store.ts'
import type { RunHeads } from '../../store/sweepPart.ts'
import type { ServiceContext } from '../context.ts'
import { closing } from '../runIndex.ts'
import { createEntryReader, type EntryReader } from './readEntries.ts'

export type EntryTaker = {
  readonly take: (entries: readonly Entry[]) => Promise<void>
  /** The same of runs of which the starts were read already. */
  readonly takeHeads: (heads: RunHeads) => Promise<void>
  readonly end: () => Promise<void>
}

/** Reads those entries, part by part, whose row is not of these very files. */
export function createChanges(context: ServiceContext): EntryTaker {
  const { index, store } = context
  let reader: EntryReader | null = null
  const open = async (): Promise<EntryReader> => {
    const { rows } = index
    reader ??= createEntryReader(context, {
      rows,
      held: await store.heldRuns(),
      signal: closing(index),
    })
    return reader
  }
  return {
    take: async (entries) => {
      const changed = entries.filter(({ document, stamp }) => {
        const place = index.rows.placeOf(document)
        return place === -1 || !index.rows.hasStamp(place, stamp)
      })
      if (changed.length === 0) return
      index.unsaved += changed.length
      await (await open()).take(changed)
    },
    takeHeads: async (heads) => {
      index.unsaved += heads.count
      const opened = await open()
      opened.takeHeads(heads)
    },
    end: async () => {
      const read = (await reader?.end()) ?? []
      const isUnsettled = ({ document }: Entry): boolean => {
        const place = index.rows.placeOf(document)
        return place !== -1 && !index.rows.stateAt(place).isSettled
      }
      if (reader !== null)
        index.justRead = new Set([
          ...index.justRead,
          ...read.filter(isUnsettled).map(({ document }) => document),
        ])
    },
  }
}
