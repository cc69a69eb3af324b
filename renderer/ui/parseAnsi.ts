/** A piece of a line that looks the same throughout. */
export type AnsiSegment = {
  readonly text: string
  readonly colour: AnsiColour | null
  /** Behind the text. */
  readonly ground: AnsiColour | null
  readonly isBold: boolean
  readonly isDim: boolean
  readonly isUnderlined: boolean
}
export type AnsiColour = (typeof colours)[number]

const colours = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const

type Look = Omit<AnsiSegment, 'text'>
const plain: Look = { colour: null, ground: null, isBold: false, isDim: false, isUnderlined: false }

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
      const colour = extendedColour(numbers, index)
      look = code === 38 ? { ...look, colour } : { ...look, ground: colour }
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
  if (code === 49) return { ...look, ground: null }
  const named = colours[code % 10] ?? null
  if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) return { ...look, colour: named }
  if ((code >= 40 && code <= 47) || (code >= 100 && code <= 107)) return { ...look, ground: named }
  return look
}

/** A colour of the palette of 256, or one of 16 million, as the named one that it looks like: that is readable on any ground. */
function extendedColour(numbers: readonly number[], index: number): AnsiColour | null {
  const [way, first = -1, green = 0, blue = 0] = numbers.slice(index + 1, index + 5)
  if (way === 2) return nearestColour(first, green, blue)
  if (way !== 5 || first < 0 || first > 255) return null
  if (first < 16) return colours[first % 8] ?? null
  if (first >= 232) return nearestColour(...grey(8 + (first - 232) * 10))
  const cube = first - 16
  return nearestColour(
    levels[Math.floor(cube / 36)] ?? 0,
    levels[Math.floor(cube / 6) % 6] ?? 0,
    levels[cube % 6] ?? 0,
  )
}

const levels = [0, 95, 135, 175, 215, 255] as const

function grey(level: number): [number, number, number] {
  return [level, level, level]
}

/** By its hue; what has nearly none is dark or light. */
function nearestColour(red: number, green: number, blue: number): AnsiColour {
  const most = Math.max(red, green, blue)
  const range = most - Math.min(red, green, blue)
  if (range < 40 || range < most / 4) return most < 128 ? 'black' : 'white'
  const hue =
    most === red
      ? ((green - blue) / range + 6) % 6
      : most === green
        ? (blue - red) / range + 2
        : (red - green) / range + 4
  return hues.find(({ until }) => hue < until)?.colour ?? 'red'
}

/** Parts of the circle of colours, in sixths of it. */
const hues = [
  { until: 0.3, colour: 'red' },
  { until: 1.2, colour: 'yellow' },
  { until: 2.6, colour: 'green' },
  { until: 3.4, colour: 'cyan' },
  { until: 4.4, colour: 'blue' },
  { until: 5.7, colour: 'magenta' },
] as const satisfies readonly { until: number; colour: AnsiColour }[]
