import type { Sha256 } from '../../schema/digest.ts'
import { unquote } from '../codec/pointer.ts'
import { scanJson } from '../codec/scanJson.ts'

/**
 * The checksum of a document of version 2: SHA-256 of its JSON with keys sorted by code point, `, ` and `: ` between,
 * everything beyond ASCII escaped, numbers as they are written, and without its own `checksum`. The text is valid JSON.
 */
export function checksumV2(text: string, sha256: Sha256): string {
  return sha256(canonicalV2(text))
}

type Frame = { readonly members: Map<string, string> | null; readonly items: string[]; key: string }

export function canonicalV2(text: string): string {
  const frames: Frame[] = [{ members: null, items: [], key: '' }]
  const add = (child: string) => {
    const frame = frames.at(-1)
    if (frame?.members === null) frame.items.push(child)
    else frame?.members.set(frame.key, child)
  }
  scanJson(text, {
    open: (kind) =>
      frames.push({ members: kind === 'object' ? new Map() : null, items: [], key: '' }),
    close: () => {
      const frame = frames.pop()
      if (frame === undefined) return
      if (frames.length === 1) frame.members?.delete('checksum')
      add(write(frame))
    },
    key: (start, end) => {
      const frame = frames.at(-1)
      if (frame !== undefined) frame.key = unquote(text.slice(start, end))
    },
    scalar: (start, end) => add(scalar(text.slice(start, end))),
  })
  return frames[0]?.items[0] ?? ''
}

function write({ members, items }: Frame): string {
  if (members === null) return `[${items.join(', ')}]`
  const pairs = [...members].toSorted(([a], [b]) => compareCodePoints(a, b))
  return `{${pairs.map(([key, value]) => `${quote(key)}: ${value}`).join(', ')}}`
}

function scalar(lexeme: string): string {
  return lexeme.startsWith('"') ? quote(unquote(lexeme)) : lexeme
}

function quote(text: string): string {
  return JSON.stringify(text).replaceAll(/[\u007f-\uffff]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

/** UTF-16 order puts pairs before U+E000; code points do not. */
function compareCodePoints(a: string, b: string): number {
  const left = Array.from(a)
  const right = Array.from(b)
  const index = left.findIndex((character, at) => character !== right[at])
  if (index === -1) return left.length - right.length
  return (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? -1)
}
