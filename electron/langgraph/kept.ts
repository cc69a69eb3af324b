// A value as a serializer wrote it, kept as JSON that a person can read and edit wherever that loses nothing.
import type { SerializerProtocol } from '@langchain/langgraph-checkpoint'
import { AppError } from '../../shared/errors.ts'
import { maxJsonDepth, type Json } from '../../shared/schema/json.ts'

/** What a serializer makes of a value: the name of its way of writing, and the bytes. */
type Written = readonly [type: string, bytes: Uint8Array]

/** The key of an object that stands for bytes, in place of a value that is readable. */
const mark = '$serde'

/** Begins at once: a graph may change the value as soon as the call that keeps it has returned. */
export async function keep(serde: SerializerProtocol, value: unknown): Promise<Json> {
  return toJson(await serde.dumpsTyped(value))
}

/** The value that was kept; of one that was edited, what its serializer makes of the edited JSON. */
export async function revive(serde: SerializerProtocol, kept: Json): Promise<unknown> {
  const [type, bytes] = toWritten(kept)
  const value: unknown = await serde.loadsTyped(type, bytes)
  return value
}

/** [B35] Readable only where writing it again gives the same bytes; every other text and every other type stays as bytes. */
function toJson([type, bytes]: Written): Json {
  if (type === 'json') {
    const readable = readableOf(bytes)
    if (readable !== undefined) return readable
  }
  return { [mark]: type, base64: Buffer.from(bytes).toString('base64') }
}

function readableOf(bytes: Uint8Array): Json | undefined {
  const text = Buffer.from(bytes).toString('utf8')
  if (!Buffer.from(text, 'utf8').equals(bytes)) return undefined
  const parsed = parsedOf(text)
  if (parsed === undefined || JSON.stringify(parsed) !== text) return undefined
  const isMarked = typeof parsed === 'object' && parsed !== null && mark in parsed
  return isMarked || isDeeper(parsed, deepest) ? undefined : parsed
}

/** Undefined where it is no JSON. */
function parsedOf(text: string): Json | undefined {
  try {
    const parsed: Json = JSON.parse(text)
    return parsed
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function isDeeper(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((item: Json) => isDeeper(item, levels - 1))
}

function toWritten(kept: Json): Written {
  if (typeof kept !== 'object' || kept === null || !(mark in kept))
    return ['json', Buffer.from(JSON.stringify(kept))]
  const { [mark]: type, base64 } = kept
  if (typeof type === 'string' && typeof base64 === 'string')
    return [type, new Uint8Array(Buffer.from(base64, 'base64'))]
  throw new AppError(
    'corrupt',
    `A kept value says ${mark}, but has no type and base64 beside it: it was edited. Undo that edit.`,
  )
}

/** A value lies some levels deep in the document of its run. */
const deepest = maxJsonDepth - 100
