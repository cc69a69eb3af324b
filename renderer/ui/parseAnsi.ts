/** A piece of a line that looks the same throughout. */
export type AnsiSegment = {
  readonly text: string
  readonly colour: AnsiColour | null
  readonly isBold: boolean
  readonly isDim: boolean
  readonly isUnderlined: boolean
}
export type AnsiColour = (typeof colours)[number]

const colours = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const

type Look = Omit<AnsiSegment, 'text'>
const plain: Look = { colour: null, isBold: false, isDim: false, isUnderlined: false }

// Colours are kept; every other control sequence (cursor movement, titles, links) is taken out.
const sequence =
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  /\u001B(?:\[([0-9;?]*)[ -/]*([@-~])|\][^\u0007\u001B]*(?:\u0007|\u001B\\)|[@-Z\\-_])/g

/** Lines of a log with their colours. A look goes on over the ends of lines, as in a terminal. */
export function parseAnsi(text: string): readonly (readonly AnsiSegment[])[] {
  let look = plain
  return text.split('\n').map((line) => {
    const segments: AnsiSegment[] = []
    const shown = overwritten(line)
    let start = 0
    for (const match of shown.matchAll(sequence)) {
      push(segments, shown.slice(start, match.index), look)
      start = match.index + match[0].length
      if (match[2] === 'm') look = applyCodes(look, match[1] ?? '')
    }
    push(segments, shown.slice(start), look)
    return segments
  })
}

/** What stays on the screen of a line that was written over with carriage returns, as progress bars do. */
function overwritten(line: string): string {
  const kept = line.endsWith('\r') ? line.slice(0, -1) : line
  return kept.slice(kept.lastIndexOf('\r') + 1)
}

function push(segments: AnsiSegment[], text: string, look: Look): void {
  if (text !== '') segments.push({ text, ...look })
}

function applyCodes(before: Look, codes: string): Look {
  const numbers = codes === '' ? [0] : codes.split(';').map(Number)
  let look = before
  for (let index = 0; index < numbers.length; index += 1) {
    const code = numbers[index] ?? 0
    if (code === 38 || code === 48) {
      if (code === 38) look = { ...look, colour: paletteColour(numbers, index) }
      index += numbers[index + 1] === 5 ? 2 : 4
    } else look = applyCode(look, code)
  }
  return look
}

function applyCode(look: Look, code: number): Look {
  if (code === 0) return plain
  if (code === 1) return { ...look, isBold: true }
  if (code === 2) return { ...look, isDim: true }
  if (code === 4) return { ...look, isUnderlined: true }
  if (code === 22) return { ...look, isBold: false, isDim: false }
  if (code === 24) return { ...look, isUnderlined: false }
  if (code === 39) return { ...look, colour: null }
  if (code >= 30 && code <= 37) return { ...look, colour: colours[code - 30] ?? null }
  if (code >= 90 && code <= 97) return { ...look, colour: colours[code - 90] ?? null }
  return look
}

/** The first 16 colours of the palette have names; others are shown without colour, so that they stay readable. */
function paletteColour(numbers: readonly number[], index: number): AnsiColour | null {
  if (numbers[index + 1] !== 5) return null
  const colour = numbers[index + 2] ?? -1
  return colour >= 0 && colour < 16 ? (colours[colour % 8] ?? null) : null
}
