// Characters of a text that nobody sees, or that change how others are seen: control characters, what turns the direction of
// writing (CVE-2021-42574), what has no width, and white space that looks like another.

/** A part of a text: as it stands, or characters that cannot be seen, with what stands for them. */
export type TextPart =
  | { readonly kind: 'seen'; readonly text: string }
  | { readonly kind: 'unseen'; readonly text: string; readonly label: string }

/** In order; together the text. */
export function splitUnseen(text: string): readonly TextPart[] {
  if (!hasUnseen(text)) return text === '' ? [] : [{ kind: 'seen', text }]
  const parts: TextPart[] = []
  let shown = 0
  for (const { start, end } of unseenRuns(text)) {
    if (start > shown) parts.push({ kind: 'seen', text: text.slice(shown, start) })
    const found = text.slice(start, end)
    parts.push({ kind: 'unseen', text: found, label: labelUnseen(found) })
    shown = end
  }
  if (shown < text.length) parts.push({ kind: 'seen', text: text.slice(shown) })
  return parts
}

/** Where they stand, as many in a row as there are: a file may end in a gigabyte of NUL. */
function* unseenRuns(text: string): Generator<{ readonly start: number; readonly end: number }> {
  let start = 0
  let end = 0
  for (const { 0: found, index } of text.matchAll(unseen)) {
    if (index > end) {
      if (end > start) yield { start, end }
      start = index
    }
    end = index + found.length
  }
  if (end > start) yield { start, end }
}

/** The text with a label such as `⟨RLO⟩` in the place of each character that cannot be seen. */
export function showUnseen(text: string): string {
  if (!hasUnseen(text)) return text
  let shown = ''
  let from = 0
  for (const { start, end } of unseenRuns(text)) {
    shown += text.slice(from, start) + labelUnseen(text.slice(start, end))
    from = end
  }
  return shown + text.slice(from)
}

/** The same, with something else in its place. */
export function replaceUnseen(text: string, stand: (character: string) => string): string {
  return hasUnseen(text) ? text.replace(unseenCharacter, stand) : text
}

export function hasUnseen(text: string): boolean {
  return beyondAscii.test(text) && once.test(text)
}

/** Whether some of it is written from right to left, and would take what stands beside it along. */
export function isRightToLeft(text: string): boolean {
  return beyondAscii.test(text) && rightToLeft.test(text)
}

// Nearly every text ends here.
const beyondAscii = /[^\t\n -~]/

// DI is what a font is to draw nothing for: marks of direction, joiners, fillers, selectors, tags.
const suspect =
  '[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Zs}\\p{Default_Ignorable_Code_Point}\\u2800\\uFFF9-\\uFFFB]'

const joining = ['Arabic', 'Syriac', 'Mongolian', 'Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati']
  .concat(['Oriya', 'Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Sinhala', 'Khmer'])
  .map((script) => `\\p{Script=${script}}`)
  .join('')
const eastAsian = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}'

/** Where such a character belongs to how a text is written: words of Persian, families of emoji, Japanese sentences. */
const proper = [
  '[\\t\\n ]',
  '\\r(?=\\n|$)',
  `(?<=[${joining}])[\\u200C\\u200D](?=[${joining}])`,
  '(?<=\\p{Extended_Pictographic}[\\uFE0F\\u{1F3FB}-\\u{1F3FF}]?)\\u200D(?=\\p{Extended_Pictographic})',
  `(?<=[\\p{Emoji}\\p{Script=Mongolian}${eastAsian}])[\\uFE00-\\uFE0F\\u180B-\\u180D\\u{E0100}-\\u{E01EF}]`,
  `(?<=[${eastAsian}\\u3001\\u3002])\\u3000`,
].join('|')

const once = new RegExp(`(?!${proper})${suspect}`, 'u')
/** Not all of a row at once: an expression that repeats a group some millions of times is out of its stack. */
const unseen = new RegExp(`(?:(?!${proper})${suspect}){1,10000}`, 'gu')
/** One such character, for what looks through a text by itself. */
export const unseenCharacter = new RegExp(once.source, 'gu')

const rightToLeft =
  /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u

/** What stands for such characters: of a run of them the first few each, then how many more. */
export function labelUnseen(found: string): string {
  const named: string[] = []
  let more = 0
  for (const character of found)
    if (named.length < mostNamed) named.push(`⟨${nameOf(character)}⟩`)
    else more += 1
  return named.join('') + (more > 0 ? `⟨+${more}⟩` : '')
}

const mostNamed = 4

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return names.get(code) ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}

const controls =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'

/** As the standard abbreviates them. */
const names: ReadonlyMap<number, string> = new Map([
  ...controls.split(' ').map((name, code) => [code, name] as const),
  [0x7f, 'DEL'],
  [0x85, 'NEL'],
  [0x9b, 'CSI'],
  [0x9d, 'OSC'],
  [0xa0, 'NBSP'],
  [0xad, 'SHY'],
  [0x61c, 'ALM'],
  [0x200b, 'ZWSP'],
  [0x200c, 'ZWNJ'],
  [0x200d, 'ZWJ'],
  [0x200e, 'LRM'],
  [0x200f, 'RLM'],
  [0x2028, 'LS'],
  [0x2029, 'PS'],
  [0x202a, 'LRE'],
  [0x202b, 'RLE'],
  [0x202c, 'PDF'],
  [0x202d, 'LRO'],
  [0x202e, 'RLO'],
  [0x202f, 'NNBSP'],
  [0x2060, 'WJ'],
  [0x2066, 'LRI'],
  [0x2067, 'RLI'],
  [0x2068, 'FSI'],
  [0x2069, 'PDI'],
  [0xfeff, 'BOM'],
])
