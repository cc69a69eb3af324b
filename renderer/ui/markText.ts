import { jsx, jsxs } from 'react/jsx-runtime'
import type { ReactNode } from 'react'
import { hasUnseen, isRightToLeft, showUnseen, splitUnseen } from '../../shared/unseen.ts'
import styles from './markText.module.css'

/**
 * What is shown of an element's children: texts with a mark in the place of each character that cannot be seen, and what is
 * written from right to left on its own, so that it moves nothing beside it. Copying gives the text as it is.
 */
export function markText(children: unknown): unknown {
  if (typeof children === 'string') return needsMarks(children) ? markedNode(children) : children
  if (!Array.isArray(children) || !children.some(holdsMarks)) return children
  return children.map((child: unknown, index) =>
    typeof child === 'string' && needsMarks(child)
      ? markedNode(child, `text ${index}`)
      : markText(child),
  )
}

function holdsMarks(child: unknown): boolean {
  return typeof child === 'string' ? needsMarks(child) : Array.isArray(child)
}

function needsMarks(text: string): boolean {
  return hasUnseen(text) || isRightToLeft(text)
}

// Made by React's own functions: elements of ours would be marked again.
function markedNode(text: string, key?: string): ReactNode {
  return jsxs('bdi', { className: styles['text'], children: markedParts(text) }, key)
}

function markedParts(text: string): readonly ReactNode[] {
  const parts = splitUnseen(text)
  const first = parts.slice(0, mostMarks)
  const rest = parts.slice(mostMarks).map((part) => part.text)
  return [
    ...first.map((part) => (part.kind === 'seen' ? part.text : mark(part.text, part.label))),
    ...(rest.length === 0 ? [] : [showUnseen(rest.join(''))]),
  ]
}

/** A text may consist of them. The others are shown too, and copied as they are shown. */
const mostMarks = 400

/** A box of its own, out of which no character changes a direction. */
function mark(text: string, label: string): ReactNode {
  const hidden = jsx('span', { className: styles['character'], children: text })
  return jsx('span', { className: styles['mark'], 'data-mark': label, children: hidden })
}
