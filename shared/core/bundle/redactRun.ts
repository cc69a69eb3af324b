// Masks what a run and its records carry, and leaves what makes them a run: ids, times, words of a closed list.
import type { Json } from '../../schema/json.ts'
import { isSecretKey } from '../secrets/isSecretKey.ts'
import { mapObject, pointerPart, type Redactor } from './redactor.ts'
import { isObject, type JsonObject } from './sealJournal.ts'

type Options = {
  readonly redactor: Redactor
  readonly file: string
  /** Folders of the machine on which it ran stay too. */
  readonly keepsPaths: boolean
}

/**
 * [B51] The same value at the same place of the run is masked in the same way, whether a head, a keyframe or a single record
 * says it: so a replay of the masked records gives the masked run.
 */
export function redactRun(run: JsonObject, options: Options, place = ''): JsonObject {
  return redactObject(run, { ...options, place, keys: [], parent: null, isDefinition: false })
}

export function redactRecord(record: JsonObject, options: Options, seq: number): JsonObject {
  const step = record['step']
  const keys = typeof step === 'string' ? [step] : []
  const at = { ...options, place: `record ${seq} `, keys, parent: 'record', isDefinition: false }
  return redactObject(record, at)
}

type Walk = Options & {
  readonly place: string
  /** Names above free values that say what they are: a step, a variable. */
  readonly keys: readonly string[]
  /** The key under which this object stands. */
  readonly parent: string | null
  readonly isDefinition: boolean
}

function redactObject(value: JsonObject, walk: Walk): JsonObject {
  const named = namesBeside(value)
  return mapObject(value, (item, key) => {
    const below = { ...walk, place: `${walk.place}${pointerPart(key)}`, parent: key }
    if (!walk.keepsPaths && isPath(key, walk)) return null
    if (walk.isDefinition) return redactDefinition(item, key, walk)
    if (key === 'definition') return redactPart(item, { ...below, isDefinition: true })
    if (free.has(key)) return redactFree(item, key, { ...below, keys: [...walk.keys, ...named] })
    if (walk.parent === 'steps') return redactPart(item, { ...below, keys: [key] })
    return redactLeafOrPart(item, key, below)
  })
}

/** Values of which nothing is known. */
function redactFree(item: Json, key: string, { redactor, file, place, keys }: Walk): Json {
  const isText = key === 'item' || key === 'items'
  return redactor.value(item, isText ? [] : keys, { file, place })
}

function redactPart(item: Json, walk: Walk): Json {
  const { redactor, file, place } = walk
  if (typeof item === 'string') return redactor.text(item, { file, place })
  if (Array.isArray(item))
    return item.map((one: Json, index) => redactPart(one, { ...walk, place: `${place}/${index}` }))
  return isObject(item) ? redactObject(item, walk) : item
}

function redactLeafOrPart(item: Json, key: string, walk: Walk): Json {
  if (!isLeaf(item) || !isSecretKey(key)) return redactPart(item, walk)
  return walk.redactor.value(item, [key], { file: walk.file, place: walk.place })
}

/** A definition stays one: only what is written under a secret's name goes, and its default. References to values stay. */
function redactDefinition(item: Json, key: string, walk: Walk): Json {
  const below = { ...walk, place: `${walk.place}${pointerPart(key)}`, parent: key }
  const name = defaults.has(key) ? (walk.parent ?? key) : key
  if (!isLeaf(item) || !isSecretKey(name) || isReference(item)) return redactPart(item, below)
  return walk.redactor.value(item, [name], { file: walk.file, place: below.place })
}

/** `{ name, value }` of a variable, `{ path, value }` of a patch: what the value is called. */
function namesBeside({ name, path }: JsonObject): readonly string[] {
  if (typeof name === 'string') return [name]
  if (typeof path !== 'string') return []
  const parts = path.split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  // A step may be called after a secret; its status is none.
  return parts[1] === 'steps' && parts[3] !== 'output' ? [] : parts
}

function isPath(key: string, { parent, isDefinition }: Walk): boolean {
  if (isDefinition) return false
  if (key === 'source') return parent === 'workflow' || parent === 'definition'
  return key === 'folder' && parent === 'place'
}

function isLeaf(item: Json): boolean {
  return typeof item === 'string' || typeof item === 'number'
}

function isReference(item: Json): boolean {
  return typeof item === 'string' && /^\s*\$\{\{[^}]*\}\}\s*$/.test(item)
}

const free: ReadonlySet<string> = new Set([
  'inputs',
  'variables',
  'output',
  'item',
  'items',
  'value',
  'values',
  'metadata',
])
const defaults: ReadonlySet<string> = new Set(['default', 'value', 'example'])
