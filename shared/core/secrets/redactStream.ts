// A text that comes piece by piece, in little memory. Where it is cut says nothing: what is found in it is always the same.
import type { Found } from './findCredentials.ts'

export type TextStream = {
  /** What is settled so far, redacted. */
  readonly push: (piece: string) => string
  readonly end: () => string
}

type Work = {
  /** Lines that belong together, or a piece of a line that is too long; `line` is the number of the first, from 1. */
  readonly redact: (text: string, line: number) => string
  /** Where, from there on, a secret may be; the length of the text: nowhere. Lines before it are left as they are. */
  readonly next: (text: string, from: number) => number
  readonly find: (text: string) => readonly Found[]
  /** Whether more lines are needed to tell what the last ones are. */
  readonly goesOn: (lines: string) => boolean
}

export function createTextStream({ redact, next, find, goesOn }: Work): TextStream {
  let rest = ''
  let group = ''
  let line = 1
  /** A secret was longer than what is held: all up to the next line belongs to it. */
  let isInSecret = false

  const flush = (): string => {
    const text = redact(group, line)
    line += linesOf(group)
    group = ''
    return text
  }
  /** Lines in which nothing can be found. */
  const pass = (lines: string): string => {
    line += linesOf(lines)
    return lines
  }
  const takeLine = (text: string): string => {
    if (isInSecret) {
      isInSecret = false
      line += 1
      return '\n'
    }
    group += text
    return group.length < longestGroup && goesOn(group) ? '' : flush()
  }
  /** The beginning of a line that is too long, up to where no secret is cut. */
  const takePiece = (window: string): string => {
    if (isInSecret) {
      rest = rest.slice(window.length)
      return ''
    }
    const before = group === '' ? '' : flush()
    let cut = window.length - overlap
    for (const { from, end } of find(window)) {
      if (from >= cut || end <= cut) continue
      if (end >= window.length) isInSecret = true
      else cut = from
    }
    if (isInSecret || cut <= 0) cut = window.length
    rest = rest.slice(cut)
    return before + redact(window.slice(0, cut), line)
  }
  return {
    push: (piece) => {
      rest += piece
      const settled: string[] = []
      let start = 0
      /** Where the next secret may be, from `start` on; before it, that is not known. */
      let hinted = -1
      for (;;) {
        const end = rest.indexOf('\n', start)
        if ((end === -1 ? rest.length : end + 1) - start > longestLine) {
          rest = rest.slice(start)
          start = 0
          hinted = -1
          settled.push(takePiece(rest.slice(0, longestLine)))
          continue
        }
        if (end === -1) break
        const isAlone = group === '' && !isInSecret
        if (isAlone && hinted < start) hinted = next(rest, start)
        const passed = isAlone ? rest.lastIndexOf('\n', hinted) + 1 : start
        settled.push(
          passed > start ? pass(rest.slice(start, passed)) : takeLine(rest.slice(start, end + 1)),
        )
        start = passed > start ? passed : end + 1
      }
      rest = rest.slice(start)
      return settled.join('')
    },
    end: () => {
      if (isInSecret) return ''
      group += rest
      rest = ''
      return flush()
    },
  }
}

function linesOf(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1
  return count
}

/** More than any secret that is known by its look, with its name. */
const overlap = 32 * 1024
const longestLine = 256 * 1024
/** More than a private key of any usual length. */
const longestGroup = 8 * 1024
