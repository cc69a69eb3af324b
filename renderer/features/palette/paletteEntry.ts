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

/** Entries whose title or note contains every word that was typed. */
export function matching(entries: readonly PaletteEntry[], text: string): readonly PaletteEntry[] {
  return entries.filter(({ title, note }) => holdsWords(`${title} ${note ?? ''}`, text))
}

/** Whether it is called as was typed, and does not merely have that in its note. */
export function isNamed({ title }: PaletteEntry, text: string): boolean {
  return holdsWords(title, text)
}

/** Whether a text has every word that was typed. */
export function holdsWords(whole: string, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return words.every((word) => whole.toLowerCase().includes(word))
}
