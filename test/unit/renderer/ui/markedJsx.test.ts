import { isValidElement, type ReactNode } from 'react'
import { describe, expect, test } from 'vitest'
import { Fragment, jsx, jsxs } from '../../../../renderer/ui/markedJsx.ts'

describe('elements of the screens', () => {
  test('[T158] a text that hides characters has a mark in the place of each, and the characters in the marks', () => {
    const made = jsx('td', { children: 'pay\u202Etxt.exe' })
    expect(outline(made)).toEqual({
      td: [{ bdi: ['pay', { 'span ⟨RLO⟩': [{ span: ['\u202E'] }] }, 'txt.exe'] }],
    })
    expect(textOf(made)).toBe('pay\u202Etxt.exe')
  })

  test('[T158] what is written from right to left stands on its own', () => {
    expect(outline(jsxs('p', { children: ['Run ', 'שלום', ' failed'] }))).toEqual({
      p: ['Run ', { bdi: ['שלום'] }, ' failed'],
    })
    expect(outline(jsx(Fragment, { children: 'a\u0000' }))).toEqual({
      '': [{ bdi: ['a', { 'span ⟨NUL⟩': [{ span: ['\u0000'] }] }] }],
    })
  })

  test('[T158] attributes that people read, and elements that hold text alone, get the labels', () => {
    const made = jsx('option', { title: '\u202Ea', 'data-run': '\u202Ea', children: '\u202Ea' })
    expect(made.props).toEqual({ title: '⟨RLO⟩a', 'data-run': '\u202Ea', children: '⟨RLO⟩a' })
    expect(jsx('input', { value: 'a\u200B' }).props).toEqual({
      value: 'a\u200B',
      'data-unseen': 'true',
      title: 'a⟨ZWSP⟩',
    })
  })

  test('[T158] components get what they are given, and plain elements stay the very same', () => {
    const props = { name: '\u202E', children: '\u202E' }
    expect(jsx(Name, props).props).toEqual(props)
    const children = ['a', 1, null, jsx('b', { children: 'c' })]
    const made: { props: { children?: unknown } } = jsxs('p', { children })
    expect(made.props.children).toBe(children)
  })

  test('[T158] a text that is made of such characters is shown with no more marks than a page can bear', () => {
    const made = jsx('p', { children: 'a\u200B'.repeat(100_000) })
    const [bdi] = childrenOf(made)
    const parts = childrenOf(bdi)
    expect(parts).toHaveLength(401)
    expect(parts.at(-1)).toBe('a⟨ZWSP⟩'.repeat(100_000 - 200))
  })
})

function Name({ name }: { readonly name: string }): ReactNode {
  return name
}

type Outline = string | { readonly [element: string]: readonly Outline[] }

function outline(node: ReactNode): Outline {
  if (!isValidElement<{ 'data-mark'?: string }>(node)) return plainText(node)
  const name = typeof node.type === 'string' ? node.type : ''
  const label = node.props['data-mark']
  return { [label === undefined ? name : `${name} ${label}`]: childrenOf(node).map(outline) }
}

function textOf(node: ReactNode): string {
  return isValidElement(node) ? childrenOf(node).map(textOf).join('') : plainText(node)
}

function childrenOf(node: ReactNode): readonly ReactNode[] {
  if (!isValidElement<{ children?: ReactNode }>(node)) return []
  const { children } = node.props
  return Array.isArray(children) ? (children as readonly ReactNode[]) : [children] // React's nodes are such
}

function plainText(node: ReactNode): string {
  return typeof node === 'string' ? node : ''
}
