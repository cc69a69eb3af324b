// Finds the code of a text among pooled texts: a hash table of codes.
import { endOf, startOf, textOf, type PooledTexts, type TextCode } from './pooledTexts.ts'

/** Bytes of ASCII that stand somewhere else. */
export type AsciiText = { readonly bytes: Uint8Array; readonly from: number; readonly to: number }

export type TextSlots = {
  /** The code of a text; -1 when it is not there. */
  readonly codeOf: (text: string) => TextCode
  /** The code of a text that is there, or the one that `append` gives it. */
  readonly codeOrNew: (text: string, append: () => TextCode) => TextCode
  readonly codeOfBytesOrNew: (text: AsciiText, append: (text: AsciiText) => TextCode) => TextCode
  readonly hasBytes: (code: TextCode, text: AsciiText) => boolean
}

/** Texts that are there already are all different. */
export function createTextSlots(texts: PooledTexts): TextSlots {
  /** Twice as large as what is in it at least; 0: free. */
  let slots = new Int32Array(slotsFor(texts.size))

  /** All texts are different: the first free slot is the one. */
  function fill(): void {
    const { bytes, ends } = texts
    for (let code = 1; code < texts.size; code++) {
      const [from, to] = [startOf(ends, code), endOf(ends, code) - 1]
      const hash = areAscii(bytes, from, to)
        ? hashOfBytes(bytes, from, to)
        : hashOf(textOf(texts, code))
      const mask = slots.length - 1
      let slot = hash & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = code
    }
  }

  /** The slot that has the text, or the free one where it belongs. */
  function slotOf(text: string): number {
    const mask = slots.length - 1
    let slot = hashOf(text) & mask
    for (;;) {
      const code = slots[slot] ?? 0
      if (code === 0 || isText(texts, code, text)) return slot
      slot = (slot + 1) & mask
    }
  }

  function slotOfBytes(text: AsciiText): number {
    const mask = slots.length - 1
    let slot = hashOfBytes(text.bytes, text.from, text.to) & mask
    for (;;) {
      const code = slots[slot] ?? 0
      if (code === 0 || areBytes(texts, code, text)) return slot
      slot = (slot + 1) & mask
    }
  }

  function put(slot: number, append: () => TextCode): TextCode {
    const known = slots[slot] ?? 0
    if (known !== 0) return known
    const code = append()
    slots[slot] = code
    if (texts.size * 2 > slots.length) {
      slots = new Int32Array(slots.length * 2)
      fill()
    }
    return code
  }

  fill()
  return {
    codeOf: (text) => {
      const found = slots[slotOf(text)] ?? 0
      return found === 0 ? -1 : found
    },
    codeOrNew: (text, append) => put(slotOf(text), append),
    codeOfBytesOrNew: (text, append) => put(slotOfBytes(text), () => append(text)),
    hasBytes: (code, text) => areBytes(texts, code, text),
  }
}

function slotsFor(size: number): number {
  let slots = 1 << 11
  while (slots < size * 2) slots *= 2
  return slots
}

/** From the end: many texts begin as many others do. */
function isText(texts: PooledTexts, code: TextCode, text: string): boolean {
  const start = startOf(texts.ends, code)
  const sizeBytes = endOf(texts.ends, code) - 1 - start
  if (sizeBytes !== text.length)
    return sizeBytes > text.length && !texts.isAscii && textOf(texts, code) === text
  for (let at = sizeBytes - 1; at >= 0; at--) {
    const byte = texts.bytes[start + at] ?? 0
    if (byte >= 0x80) return textOf(texts, code) === text
    if (byte !== text.charCodeAt(at)) return false
  }
  return true
}

function areAscii(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if ((bytes[at] ?? 0) >= 0x80) return false
  return true
}

function areBytes(texts: PooledTexts, code: TextCode, { bytes, from, to }: AsciiText): boolean {
  const start = startOf(texts.ends, code)
  if (endOf(texts.ends, code) - 1 - start !== to - from) return false
  const own = texts.bytes
  for (let at = to - 1; at >= from; at--) if (own[start + at - from] !== bytes[at]) return false
  return true
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash ^ (hash >>> 15)) >>> 0
}

/** As `hashOf` has it, for a text of ASCII. */
function hashOfBytes(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193)
  return (hash ^ (hash >>> 15)) >>> 0
}
