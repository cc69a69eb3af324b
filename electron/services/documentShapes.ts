// Which shapes documents of no known engine have: what is said of one holds for all that are like it.
import { neverCancelled } from '../../shared/cancel.ts'
import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import type { DocumentShape } from '../../shared/contract/documentMapping.ts'
import { statusWord } from '../../shared/core/formats/statusWord.ts'
import { isSameShape } from '../../shared/core/formats/unknown/mappingFor.ts'
import { keysOf, recordsOf } from '../../shared/core/formats/unknown/records.ts'
import { mapBounded } from '../../shared/mapBounded.ts'
import { isAtOrBelow } from '../../shared/schema/pointer.ts'
import type { UnknownMapping } from '../../shared/schema/unknownMapping.ts'
import type { ServiceContext } from './context.ts'
import { readRows } from './queryRuns.ts'
import { readDocumentKind } from './documentKind.ts'

export type Shape = Pick<UnknownMapping, 'folder' | 'keys'>

/** [F326] */
export async function listShapes(
  context: ServiceContext,
  { folder }: HandlerInput<'document.shapes'>,
): Promise<CallOutput<'document.shapes'>> {
  const listed = await unknownDocuments(context, folder)
  const looked = listed.slice(0, mostDocuments)
  const found = await mapBounded(looked, 8, async (document) => ({
    document,
    shape: await readShape(context, document),
  }))
  const shapes: { shape: Shape; documents: string[] }[] = []
  for (const { document, shape } of found) {
    if (shape === null) continue
    const known = shapes.find((one) =>
      isSameShape(one.shape, { ...shape, folder: one.shape.folder }),
    )
    if (known === undefined) shapes.push({ shape, documents: [document] })
    else known.documents.push(document)
  }
  const most = shapes
    .toSorted((one, other) => other.documents.length - one.documents.length)
    .slice(0, mostShapes)
  return {
    shapes: [...(await mapBounded(most, 8, (one) => describe(context, one)))],
    notLookedAt: listed.length - looked.length,
  }
}

const mostDocuments = 2000
const mostShapes = 100

/** By name, of all that is listed in a folder and below. */
export async function unknownDocuments(
  context: ServiceContext,
  folder: string,
): Promise<readonly string[]> {
  const rows = await readRows(context, { signal: neverCancelled })
  return rows
    .filter(
      ({ ref, sizeBytes }) =>
        ref.format === 'unknown' &&
        (folder === '' || isAtOrBelow(ref.document, folder)) &&
        isJsonFile.test(ref.document) &&
        sizeBytes <= mostBytes,
    )
    .map(({ ref }) => ref.document)
    .toSorted()
}

const isJsonFile = /\.(?:jsonl?|ndjson)(?:\.(?:gz|zst))?$/i
const mostBytes = 4 * 1024 * 1024

/** Null where the text is no JSON. */
export function shapeOfText(document: string, text: string): Shape | null {
  const records = recordsOf(text)
  const root = records.kind === 'one' ? records.root : null
  const of = records.kind === 'lines' ? (records.lines.at(-1)?.root ?? null) : root
  if (of === null) return null
  const keys = keysOf(of)
    .map((key) => key.slice(0, 200))
    .slice(0, 100)
  return { folder: document.slice(0, Math.max(0, document.lastIndexOf('/'))), keys }
}

async function readShape(context: ServiceContext, document: string): Promise<Shape | null> {
  const { format, text } = await readOne(context, document)
  return format === 'unknown' && text !== null ? shapeOfText(document, text) : null
}

function readOne(context: ServiceContext, document: string) {
  const entry = { document, kind: 'document', problem: null } as const
  return readDocumentKind(context, entry, { wholeBytes: mostBytes, item: null })
}

async function describe(
  context: ServiceContext,
  { shape, documents }: { readonly shape: Shape; readonly documents: readonly string[] },
): Promise<DocumentShape> {
  const [first = ''] = documents
  const kind = await readOne(context, first)
  const said = kind.foreign?.reading.said ?? { status: null, steps: {} }
  return {
    sample: { workspace: context.workspace.id, format: 'unknown', document: first, item: null },
    documents: documents.length,
    keys: [...shape.keys],
    label: kind.label,
    status: kind.run === null ? null : statusWord({ said, run: kind.run }),
  }
}
