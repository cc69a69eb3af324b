// How every element of the screens is made: what a text holds that cannot be seen is marked wherever a text is shown, so that
// no screen can forget it. `jsxImportSource` in tsconfig.json leads here, by `imports` of package.json.
import { Fragment, jsx as reactJsx, jsxs as reactJsxs, type JSX } from 'react/jsx-runtime'
import type { ElementType, Key } from 'react'
import { hasUnseen, showUnseen } from '../../shared/unseen.ts'
import { markText } from './markText.ts'

export { Fragment, type JSX }

type Props = Readonly<Record<string, unknown>>

export function jsx(type: ElementType, props: Props, key?: Key): JSX.Element {
  return reactJsx(type, shown(type, props), key)
}

export function jsxs(type: ElementType, props: Props, key?: Key): JSX.Element {
  return reactJsxs(type, shown(type, props), key)
}

/** How they are made where nothing was built, as in tests. */
export function jsxDEV(type: ElementType, props: Props, key?: Key, isStatic = false): JSX.Element {
  return isStatic ? jsxs(type, props, key) : jsx(type, props, key)
}

/** What an element is made with where its key stands behind properties that are spread. */
export function createElement(
  type: ElementType,
  props: Props | null,
  ...children: readonly unknown[]
): JSX.Element {
  const { key, ...others } = props ?? {}
  const given = children.length === 0 ? others : { ...others, children: onlyOf(children) }
  return reactJsxs(
    type,
    shown(type, given),
    typeof key === 'string' || typeof key === 'number' ? key : undefined,
  )
}

function onlyOf(children: readonly unknown[]): unknown {
  return children.length === 1 ? children[0] : children
}

/** Components get what they are given; what the page is made of gets it marked. */
function shown(type: unknown, props: Props): Props {
  if (typeof type !== 'string' && type !== Fragment) return props
  const { children } = props
  const marked = plainOnly.has(type) ? plain(children) : markText(children)
  const attributes = shownAttributes(type, props)
  if (marked === children && attributes === null) return props
  return { ...props, ...attributes, ...(children === undefined ? {} : { children: marked }) }
}

/** Elements that hold text and no other element. */
const plainOnly: ReadonlySet<unknown> = new Set(['option', 'title', 'textarea', 'text', 'tspan'])

function plain(children: unknown): unknown {
  if (typeof children === 'string') return showUnseen(children)
  return Array.isArray(children) && children.some(isMarked) ? children.map(plain) : children
}

function isMarked(child: unknown): boolean {
  return typeof child === 'string' && hasUnseen(child)
}

const spoken = ['title', 'aria-label', 'aria-description', 'aria-valuetext', 'placeholder', 'alt']

function shownAttributes(type: unknown, props: Props): Props | null {
  const field = type === 'input' || type === 'textarea' ? fieldAttributes(props) : []
  // Nearly every element ends here, and there are very many.
  if (field.length === 0 && !spoken.some((name) => isMarked(props[name]))) return null
  const found = spoken.filter((name) => isMarked(props[name]))
  const named = found.map((name) => [name, showUnseen(String(props[name]))] as const)
  return Object.fromEntries([...named, ...field])
}

/** What a person types stays as it is: the field says what it holds. */
function fieldAttributes({ value, defaultValue }: Props): readonly (readonly [string, string])[] {
  const held = value ?? defaultValue
  if (typeof held !== 'string' || !hasUnseen(held)) return []
  return [
    ['data-unseen', 'true'],
    ['title', showUnseen(held.slice(0, 500))],
  ]
}
