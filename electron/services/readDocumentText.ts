// Reads a document of which the text is shown, not a run that was made of it: of another engine, or of nobody that is known.
import type { Ref } from '../../shared/contract/call.ts'
import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import { foreignFormatIds, type FormatPoint } from '../../shared/core/formats/format.ts'
import type { TextNode } from '../../shared/core/formats/text/parseText.ts'
import {
  childrenOfText,
  describeText,
  parseDocument,
  placeOfText,
  resolveText,
} from '../../shared/core/formats/text/textTree.ts'
import { AppError } from '../../shared/errors.ts'
import type { FormatId } from '../../shared/schema/format.ts'
import type { ServiceContext } from './context.ts'
import { requireWorkspace } from './refs.ts'
import { readDocumentKind, wholeForView, type DocumentKind } from './documentKind.ts'
import { sliceText } from './sliceText.ts'
import { withinMessage } from './withinMessage.ts'

/** A state of a document: as it is now (`checkpoint` null), or at one of the points that lie beside it. */
export type DocumentPoint = { readonly ref: Ref; readonly checkpoint: string | null }

const shownAsText: ReadonlySet<FormatId> = new Set([...foreignFormatIds, 'unknown'])

export function isShownAsText({ format }: Pick<Ref, 'format'>): boolean {
  return shownAsText.has(format)
}

export type DocumentText = { readonly text: string; readonly root: TextNode }

/** The text and its tree. Throws `corrupt` for a text that has none: its bytes are shown in Raw. */
export async function readDocumentText(
  context: ServiceContext,
  at: DocumentPoint,
): Promise<DocumentText> {
  const text = await textAt(context, at)
  const parsed = parseDocument(text)
  if (parsed.kind === 'ok') return { text, root: parsed.root }
  const { document } = at.ref
  const message = `${document} cannot be shown as a tree: ${parsed.flaw.sentence} Its bytes can be seen in Raw.`
  throw new AppError('corrupt', message, { document })
}

/** A document of another engine, with what lies beside it. */
export async function openDocumentKind(
  context: ServiceContext,
  ref: Pick<Ref, 'document' | 'item'>,
): Promise<DocumentKind> {
  const { document, item } = ref
  const kind = document.endsWith('.tmp') ? 'temporary' : 'document'
  return readDocumentKind(
    context,
    { document, kind, problem: null },
    { wholeBytes: wholeForView, item },
  )
}

async function textAt(
  context: ServiceContext,
  { ref, checkpoint }: DocumentPoint,
): Promise<string> {
  requireWorkspace(context, ref)
  const kind = await openDocumentKind(context, ref)
  const text = checkpoint === null ? kind.text : textOfPoint(kind, ref, checkpoint)
  if (text !== null) return text
  const [finding] = kind.findings
  const why = finding === undefined ? 'nothing reads it as text.' : finding.sentence
  throw new AppError('corrupt', `${ref.document} cannot be shown as text: ${why}`, {
    document: ref.document,
  })
}

function textOfPoint({ foreign }: DocumentKind, ref: Ref, id: string): string | null {
  const point = pointOf(foreign?.reading.points ?? [], ref, id)
  if (foreign === null) return null
  return (
    foreign.format.pointText?.(foreign.set, point) ?? foreign.set.texts.get(point.document) ?? null
  )
}

/** [F198] */
export function pointOf(points: readonly FormatPoint[], ref: Ref, id: string): FormatPoint {
  const point = points.find((one) => one.id === id)
  if (point !== undefined) return point
  const message = `${ref.document} has no checkpoint, copy or backup "${id}". Look at it again.`
  throw new AppError('not-found', message, { document: ref.document, point: id })
}

export async function readTextState(
  context: ServiceContext,
  input: HandlerInput<'state.read'>,
): Promise<CallOutput<'state.read'>> {
  const { pointer, child, limit } = input
  const node = await nodeOf(context, input)
  const place = child === undefined ? -1 : placeOfText(node, child)
  const offset = place === -1 ? input.offset : place - (place % limit)
  const described = describeText(node, pointer)
  return {
    node: described,
    children: [...withinMessage(childrenOfText(node, pointer, { offset, limit }))],
    total: node.kind === 'scalar' ? 0 : described.size,
    offset,
  }
}

/** The value as it stands in the document. */
export async function readTextValue(
  context: ServiceContext,
  input: HandlerInput<'state.value'>,
): Promise<CallOutput<'state.value'>> {
  const { text, root } = await readDocumentText(context, input)
  const node = found(resolveText(root, input.pointer), input)
  return sliceText(text.slice(node.start, node.end), input)
}

async function nodeOf(
  context: ServiceContext,
  at: DocumentPoint & { readonly pointer: string },
): Promise<TextNode> {
  const { root } = await readDocumentText(context, at)
  return found(resolveText(root, at.pointer), at)
}

function found(
  node: TextNode | null,
  { ref, pointer }: { readonly ref: Ref; readonly pointer: string },
): TextNode {
  if (node !== null) return node
  throw new AppError('not-found', `${ref.document} has nothing at "${pointer}".`, {
    document: ref.document,
    pointer,
  })
}
