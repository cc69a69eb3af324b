import { hasUnseen, splitUnseen } from '../../shared/unseen.ts'

/** Which characters of a text nobody sees, and behind what they stand; null where it has none. */
export function sayUnseen(text: string): string | null {
  if (!hasUnseen(text)) return null
  const parts = splitUnseen(text)
  const places = parts.flatMap((part, index) =>
    part.kind === 'unseen' ? [`${part.label} ${placeBehind(parts[index - 1]?.text ?? '')}`] : [],
  )
  const more = places.length - mostPlaces
  const rest = more > 0 ? `, and in ${more} more ${more === 1 ? 'place' : 'places'}` : ''
  return `Characters that nobody sees: ${places.slice(0, mostPlaces).join(', ')}${rest}.`
}

const mostPlaces = 3

function placeBehind(before: string): string {
  const line = before.split('\n').at(-1) ?? ''
  const near = Array.from(line).slice(-mostBefore).join('')
  if (before === '') return 'at the beginning'
  return near.trim() === '' ? 'at the beginning of a line' : `behind “${near}”`
}

const mostBefore = 12
