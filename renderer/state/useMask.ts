// How values are shown: with their secrets masked, until a person asks to see them.
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { maskText, maskValue } from '../../shared/core/secrets/maskSecrets.ts'
import type { SecretRules } from '../../shared/core/secrets/secretRules.ts'
import { useStores } from './StoresProvider.tsx'

export type Mask = {
  /** The JSON text of the value at a pointer. */
  readonly value: (pointer: string, text: string) => string
  /** JSON, a log, or any other text. */
  readonly text: (text: string) => string
  readonly isOn: boolean
}

/** The same until the choice or the settings change: what is memoised by it is made again only then. */
export function useMask(): Mask {
  const { preferences, workspace } = useStores()
  const showsSecrets = useStore(preferences, (state) => state.showsSecrets)
  const rules = useStore(workspace, (state) => state.secretRules)
  return useMemo(() => maskOf(showsSecrets, rules), [showsSecrets, rules])
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

/** With the keys, paths and patterns of the settings. */
export function maskOf(showsSecrets: boolean, rules: SecretRules | undefined): Mask {
  if (showsSecrets) return open
  if (rules === undefined) return closed
  return {
    value: (pointer, text) => maskValue(pointer, text, rules),
    text: (text) => maskText(text, rules),
    isOn: true,
  }
}

const closed: Mask = {
  value: (pointer, text) => maskValue(pointer, text),
  text: (text) => maskText(text),
  isOn: true,
}
const open: Mask = { value: (_, text) => text, text: (text) => text, isOn: false }
