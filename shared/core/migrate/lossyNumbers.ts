import { createPosition, unquote } from '../codec/pointer.ts'
import { scanJson } from '../codec/scanJson.ts'

/** A number of the text that no number of this program is equal to. */
export type LossyNumber = {
  readonly pointer: string
  readonly written: string
  readonly read: string
}

/** Whole numbers beyond 2^53 and numbers beyond the largest: reading changes them. */
export function lossyNumbers(text: string): readonly LossyNumber[] {
  const position = createPosition()
  const lossy: LossyNumber[] = []
  scanJson(text, {
    open: (kind) => {
      position.enter()
      position.open(kind)
    },
    close: () => position.close(),
    key: (start, end) => position.key(unquote(text.slice(start, end))),
    scalar: (start, end) => {
      position.enter()
      const written = text.slice(start, end)
      if (isChanged(written)) {
        lossy.push({ pointer: position.pointer(), written, read: String(Number(written)) })
      }
    },
  })
  return lossy
}

const wholePattern = /^-?\d{16,}$/

function isChanged(lexeme: string): boolean {
  if (wholePattern.test(lexeme)) return BigInt(lexeme) !== BigInt(Number(lexeme))
  const first = lexeme.charCodeAt(0)
  const isNumber = first === 0x2d || (first >= 0x30 && first <= 0x39)
  return isNumber && !Number.isFinite(Number(lexeme))
}
