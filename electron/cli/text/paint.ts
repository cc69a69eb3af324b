export type Colour = 'red' | 'yellow' | 'green' | 'dim' | 'bold'
export type Paint = (colour: Colour, text: string) => string

const codes = { red: 31, yellow: 33, green: 32, dim: 2, bold: 1 } as const satisfies Record<
  Colour,
  number
>

export function createPaint(enabled: boolean): Paint {
  if (!enabled) return (_colour, text) => text
  return (colour, text) => `\u001B[${codes[colour]}m${text}\u001B[0m`
}

const statusColours: { readonly [word: string]: Colour } = {
  completed: 'green',
  succeeded: 'green',
  failed: 'red',
  damaged: 'red',
  unreadable: 'red',
  interrupted: 'red',
  error: 'red',
  cancelled: 'dim',
  skipped: 'dim',
  pending: 'dim',
  paused: 'yellow',
  waiting: 'yellow',
  warning: 'yellow',
  'old-version': 'yellow',
  'newer-version': 'yellow',
}

/** The word itself says the status; its colour only repeats it. */
export function paintStatus(paint: Paint, word: string): string {
  const colour = statusColours[word.trim()]
  return colour ? paint(colour, word) : word
}
