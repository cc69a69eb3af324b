import type { IconName } from '../../ui/Icon.tsx'

/** Something that the palette can do. */
export type PaletteEntry = {
  readonly id: string
  readonly title: string
  /** A word or two beside it. */
  readonly note: string | null
  readonly icon: IconName
  /** Why it cannot be done now; null when it can. */
  readonly disabled: string | null
  readonly run: () => void
}

export type PaletteGroup = { readonly title: string; readonly entries: readonly PaletteEntry[] }

/** Entries whose title or note contains every word that was typed. */
export function matching(entries: readonly PaletteEntry[], text: string): readonly PaletteEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return entries.filter((entry) => {
    const whole = `${entry.title} ${entry.note ?? ''}`.toLowerCase()
    return words.every((word) => whole.includes(word))
  })
}
