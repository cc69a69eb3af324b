import type { Timestamp } from '../../../schema/json.ts'
import { tokensOf } from '../../../schema/pointer.ts'
import { member, nodeAt, stringOf, type TextNode } from '../text/parseText.ts'
import { momentOf } from './momentOf.ts'

export function valueAt(root: TextNode, path: string | null): TextNode | null {
  return path === null ? null : nodeAt(root, tokensOf(path))
}

export function timeAt(root: TextNode, path: string | null): Timestamp | null {
  return momentOf(valueAt(root, path))?.at ?? null
}

/** A text, or the message of an object. */
export function errorAt(root: TextNode, path: string | null): string | null {
  const node = valueAt(root, path)
  const text =
    stringOf(node) ?? stringOf(member(node, 'message')) ?? stringOf(member(node, 'Message'))
  return text === null || text === '' ? null : text.slice(0, 2000)
}
