// Documents of other engines on their way out: JSON stays JSON to the last lexeme, any other text is a text in it.
import { parseJson } from '../../../shared/schema/parseJson.ts'
import type { ExportDocument } from '../../../shared/contract/exports.ts'
import { openDocumentKind } from '../readDocumentText.ts'
import type { ServiceContext } from '../context.ts'
import type { Outlet } from './runTexts.ts'

export type ExportedFile = { readonly path: string; readonly text: string }

export type OpenedDocument = {
  readonly ref: ExportDocument
  readonly engine: string
  readonly health: string
  /** Why there is no text of it; null where there is. */
  readonly problem: string | null
  /** Itself first, then what its engine keeps beside it. */
  readonly files: readonly ExportedFile[]
}

/** [X98] The whole document, also where one of its states was chosen. Throws what the store throws. */
export async function openExported(
  context: ServiceContext,
  ref: ExportDocument,
): Promise<OpenedDocument> {
  const { text, foreign, findings, label, health } = await openDocumentKind(context, ref)
  const beside = [...(foreign?.set.texts ?? [])].filter(([path]) => path !== ref.document)
  const own = text === null ? [] : [{ path: ref.document, text }]
  const unread = findings[0]?.sentence ?? 'nothing reads it as text.'
  return {
    ref,
    engine: label,
    health,
    problem: text === null ? `It cannot be read: ${unread}` : null,
    files: [...own, ...beside.map(([path, more]) => ({ path, text: more }))],
  }
}

/** One entry of `documents`, file by file. */
export function* documentTexts(
  { ref, engine, health, files }: OpenedDocument,
  outlet: Outlet,
): Generator<string> {
  const { document, format, item } = ref
  const head = JSON.stringify({ document, format, item, engine, health })
  yield `${head.slice(0, -1)},"files":[`
  let comma = ''
  for (const { path, text } of files) {
    const told = outlet(text, { file: path })
    const content = isJson(told) ? `"state":${told.trim()}` : `"text":${JSON.stringify(told)}`
    yield `${comma}\n{"path":${JSON.stringify(path)},${content}}`
    comma = ','
  }
  yield ']}'
}

function isJson(text: string): boolean {
  try {
    parseJson(text)
    return true
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}
