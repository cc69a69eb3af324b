import { salvage } from './salvage/salvage.ts'

const mostCharacters = 200

/** [R75] What of a damaged line can be read: shown to a person, and never taken. */
export function readableOf(bytes: Uint8Array | undefined): string | null {
  if (bytes === undefined) return null
  const { text } = salvage(bytes)
  if (text === '') return 'Nothing of it can be read.'
  const shown = text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text
  return `What can be read of it, and is not taken: ${shown}`
}
