// How values are shown: with their secrets masked, until a person asks to see them.
import { useStore } from 'zustand'
import { maskText, maskValue } from '../../shared/core/secrets/maskSecrets.ts'
import { useStores } from './StoresProvider.tsx'

export type Mask = {
  /** The JSON text of the value at a pointer. */
  readonly value: (pointer: string, text: string) => string
  /** JSON, a log, or any other text. */
  readonly text: (text: string) => string
  readonly isOn: boolean
}

/** One of two masks, each always the same: what is memoised by it is made again only when the choice changes. */
export function useMask(): Mask {
  return useStore(useStores().preferences, ({ showsSecrets }) => (showsSecrets ? open : closed))
}

/** What a button that copies says of secrets. */
export function copyTitle(mask: Mask): string | undefined {
  return mask.isOn ? 'Secrets are copied masked until they are shown' : undefined
}

/** A difference with the values at its path masked. */
export function masked(mask: Mask) {
  return <Change extends MaskedChange>(change: Change): Change => ({
    ...change,
    before: change.before === null ? null : mask.value(change.path, change.before),
    after: change.after === null ? null : mask.value(change.path, change.after),
  })
}

type MaskedChange = {
  readonly path: string
  readonly before: string | null
  readonly after: string | null
}

// Lines are mapped by `text`: their index is none of the rules that `maskText` takes.
const closed: Mask = { value: maskValue, text: (text) => maskText(text), isOn: true }
const open: Mask = { value: (_, text) => text, text: (text) => text, isOn: false }
