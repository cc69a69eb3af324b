import { parseJson } from '../../schema/parseJson.ts'
import { Json } from '../../schema/json.ts'
import { inspectJson } from '../codec/inspectJson.ts'
import { createPosition, unquote } from '../codec/pointer.ts'
import { scanJson } from '../codec/scanJson.ts'

/** `index` counts UTF-16 units of the text. */
export type ReadJson =
  | { readonly kind: 'ok'; readonly value: Json; readonly depth: number }
  | { readonly kind: 'refused'; readonly index: number; readonly sentence: string }

/** `exact`: a number that would be another one afterwards is refused. `as written`: its text is what is kept. */
export type NumberRule = 'exact' | 'as written'

/** [N3] [N4] The value that a text stands for, exactly: what would not be the same afterwards is refused, with its place. */
export function readJson(text: string, numbers: NumberRule = 'exact'): ReadJson {
  if (text.trim() === '') return refused(0, 'There is no value. Type one, such as null or "text".')
  const { flaw, duplicates, depth } = inspectJson(text)
  if (flaw !== null) return refused(flaw.index, flaw.sentence)
  const [twice] = duplicates
  if (twice !== undefined)
    return refused(twice.index, `The key ${JSON.stringify(twice.key)} stands twice.`)
  const lossy = numbers === 'exact' ? firstLossyNumber(text) : null
  if (lossy !== null) return refused(lossy.index, lossy.sentence)
  const read = Json.safeParse(parseJson(text))
  if (read.success) return { kind: 'ok', value: read.data, depth }
  return refused(0, read.error.issues[0]?.message ?? 'This is no value of JSON.')
}

function refused(index: number, sentence: string): ReadJson {
  return { kind: 'refused', index, sentence }
}

function firstLossyNumber(text: string): { index: number; sentence: string } | null {
  let found: { index: number; sentence: string } | null = null
  const position = createPosition()
  scanJson(text, {
    open: (kind) => {
      position.enter()
      position.open(kind)
    },
    close: () => position.close(),
    key: (start, end) => position.key(unquote(text.slice(start, end))),
    scalar: (start, end) => {
      position.enter()
      if (found !== null || !isNumberStart(text.charCodeAt(start))) return
      const written = text.slice(start, end)
      const read = String(Number(written))
      if (normal(written) === normal(read)) return
      const place = position.pointer() === '' ? '' : ` at ${position.pointer()}`
      const sentence = `The number ${shorten(written)}${place} would become ${read}. Write it as a text, or with fewer digits.`
      found = { index: start, sentence }
    },
  })
  return found
}

function isNumberStart(code: number): boolean {
  return code === 0x2d || (code >= 0x30 && code <= 0x39)
}

/** A number as its digits and the power of ten behind them: two texts of one number have the same. */
function normal(lexeme: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(lexeme) ?? []
  if (whole === '') return lexeme // Infinity, which no text of JSON says
  const digits = `${whole}${fraction}`.replace(/^0+/, '')
  const short = digits.replace(/0+$/, '')
  if (short === '') return '0'
  return `${sign}${short}e${Number(exponent) - fraction.length + digits.length - short.length}`
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}
