import type { JsonDialect } from '../../codec/scanJson.ts'
import { nodeAt, parseText, type TextMember, type TextNode } from './parseText.ts'

/**
 * One change of a text, as RFC 6902 names it, with the new value as the JSON text that is to stand there: what a person wrote
 * (`7.0`, `9007199254740993`) is what is written. `add` to an object puts the key last (or replaces its value), to an array
 * before the index, or at the end for `-`.
 */
export type TextPatch =
  | { readonly op: 'replace' | 'add'; readonly path: readonly string[]; readonly value: string }
  | { readonly op: 'remove'; readonly path: readonly string[] }

export type Patched =
  | { readonly kind: 'ok'; readonly text: string }
  | { readonly kind: 'refused'; readonly problem: string }

/** Changes one after the other; every byte that no change names stays as it is. Never throws. */
export function patchText(
  text: string,
  patches: readonly TextPatch[],
  dialect: JsonDialect = 'rfc8259',
): Patched {
  let current = text
  for (const patch of patches) {
    const next = applyOne(current, patch, dialect)
    if (next.kind === 'refused') return next
    current = next.text
  }
  return { kind: 'ok', text: current }
}

function applyOne(text: string, patch: TextPatch, dialect: JsonDialect): Patched {
  const parsed = parseText(text, dialect)
  if (parsed.kind === 'broken')
    return refused(patch, `the document is broken: ${parsed.flaw.sentence}`)
  if (patch.op !== 'remove') {
    const value = parseText(patch.value, dialect)
    if (value.kind === 'broken')
      return refused(patch, `the new value is no JSON: ${value.flaw.sentence}`)
  }
  const { root } = parsed
  const last = patch.path.at(-1)
  const holder = nodeAt(root, patch.path.slice(0, -1))
  const target = nodeAt(root, patch.path)
  if (patch.op === 'remove') {
    if (last === undefined) return refused(patch, 'a whole document is not removed by a patch')
    if (target === null || holder === null) return refused(patch, 'nothing stands there')
    return ok(removeFrom(text, holder, target))
  }
  if (patch.op === 'replace') {
    if (target === null) return refused(patch, 'nothing stands there')
    return ok(splice(text, target.start, target.end, indented(patch.value, text, target.start)))
  }
  if (last === undefined) return refused(patch, 'a whole document is replaced, not added')
  if (holder?.kind === 'object') {
    const value = target
    if (value !== null)
      return ok(splice(text, value.start, value.end, indented(patch.value, text, value.start)))
    return ok(
      insert(text, {
        holder,
        place: holder.members.length,
        written: written(text, holder, last, patch.value),
      }),
    )
  }
  if (holder?.kind !== 'array') return refused(patch, 'what holds it is no object and no array')
  const place = last === '-' ? holder.items.length : Number(last)
  if (!/^(?:-|0|[1-9]\d*)$/.test(last) || place > holder.items.length)
    return refused(patch, `the array has ${holder.items.length} items`)
  return ok(insert(text, { holder, place, written: patch.value }))
}

function ok(text: string): Patched {
  return { kind: 'ok', text }
}

function refused({ path }: TextPatch, why: string): Patched {
  return {
    kind: 'refused',
    problem: `/${path.join('/')} cannot be changed: ${why.replace(/\.$/, '')}.`,
  }
}

function splice(text: string, start: number, end: number, by: string): string {
  return `${text.slice(0, start)}${by}${text.slice(end)}`
}

type Holder = Extract<TextNode, { kind: 'object' | 'array' }>

/** Takes a child out with the comma and the space that belong to it. */
function removeFrom(text: string, holder: TextNode, target: TextNode): string {
  if (holder.kind === 'scalar') return text
  const children = boundsOf(holder)
  const at = children.findIndex(({ end }) => end === target.end)
  const [before, child, after] = [children[at - 1], children[at], children[at + 1]]
  if (child === undefined) return text
  if (after !== undefined) return splice(text, child.start, after.start, '')
  if (before !== undefined) return splice(text, before.end, child.end, '')
  return splice(text, holder.start + 1, holder.end - 1, '')
}

type Bounds = { readonly start: number; readonly end: number }

function boundsOf(holder: Holder): readonly Bounds[] {
  return holder.kind === 'array'
    ? holder.items
    : holder.members.map(({ keyStart, value }: TextMember) => ({ start: keyStart, end: value.end }))
}

/** Puts a child in as its siblings stand: on a line of its own where they do, with the same space between. */
function insert(
  text: string,
  into: { readonly holder: Holder; readonly place: number; readonly written: string },
): string {
  const { holder, place, written: child } = into
  const children = boundsOf(holder)
  const [first, second] = children
  if (first === undefined)
    return splice(text, holder.start + 1, holder.end - 1, firstChild(text, holder, child))
  const lead = text.slice(holder.start + 1, first.start)
  const between =
    second === undefined
      ? `,${lead === '' ? spaceAfterComma(text) : lead}`
      : text.slice(first.end, second.start)
  const value = indentTo(child, lead)
  const next = children[place]
  if (next !== undefined) return splice(text, next.start, next.start, `${value}${between}`)
  const end = children.at(-1)?.end ?? holder.end - 1
  return splice(text, end, end, `${between}${value}`)
}

/** The first child of an empty container: on its own line when the document has lines. */
function firstChild(text: string, holder: Holder, child: string): string {
  const step = indentStep(text)
  if (step === null) return child
  const outer = lineIndent(text, holder.start)
  return `\n${outer}${step}${indentTo(child, `\n${outer}${step}`)}\n${outer}`
}

function written(text: string, holder: Holder, key: string, value: string): string {
  const sibling = holder.kind === 'object' ? holder.members[0] : undefined
  const colon =
    sibling === undefined ? (/":(\s?)/.exec(text)?.[1] ?? ' ') : afterColon(text, sibling)
  return `${quoteAs(text, key)}:${colon}${value}`
}

function afterColon(text: string, { keyStart, value }: TextMember): string {
  const between = text.slice(keyStart, value.start)
  return between.slice(between.lastIndexOf(':') + 1)
}

/** A key in the document's own escapes: ASCII where nothing else stands in it. */
function quoteAs(text: string, key: string): string {
  const isAscii = !/[\u0080-\uffff]/.test(text)
  const quoted = JSON.stringify(key)
  return isAscii
    ? quoted.replaceAll(
        /[\u007f-\uffff]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      )
    : quoted
}

/** Lines of a new value are moved in as far as the line that it comes to stand on. */
function indented(value: string, text: string, at: number): string {
  return value.includes('\n') ? value.replaceAll('\n', `\n${lineIndent(text, at)}`) : value
}

function indentTo(value: string, lead: string): string {
  const lineBreak = lead.lastIndexOf('\n')
  return lineBreak === -1 ? value : value.replaceAll('\n', lead.slice(lineBreak))
}

function lineIndent(text: string, at: number): string {
  const start = text.lastIndexOf('\n', at - 1) + 1
  return /^[ \t]*/.exec(text.slice(start, at))?.[0] ?? ''
}

/** The indentation of one level; null for a document on one line. */
function indentStep(text: string): string | null {
  return /[{[]\r?\n([ \t]+)/.exec(text)?.[1] ?? null
}

function spaceAfterComma(text: string): string {
  return /[\]}"\d],( ?)["{[\d]/.exec(text)?.[1] ?? ''
}
