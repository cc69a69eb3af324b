import { assertNever } from '../../assert.ts'
import { maxJsonDepth, type Json } from '../../schema/json.ts'
import { pointer, tokensOf } from '../../schema/pointer.ts'
import { ownValue } from '../../schema/json.ts'
import type { Run, StepState } from '../../schema/run.ts'
import { runAsJson } from '../../schema/run.ts'
import { tryPatch, type PatchOperation } from '../run/applyPatch.ts'
import { resolvePointer } from '../tree/jsonTree.ts'
import type { ValueEdit } from './edit.ts'
import type { Applied } from './applied.ts'
import { isFixed, placeOf } from './editPlaces.ts'
import { readJson } from './readJson.ts'

/** Changes one value of a run. What the edit does not touch is shared with the run that was given. */
export function applyValueEdit(run: Run, edit: ValueEdit): Applied {
  const flaw = placeFlaw(run, edit)
  if (flaw !== null) return refused(edit.path, flaw)
  const operation = operationOf(runAsJson(run), edit)
  if (typeof operation === 'string') return refused(edit.path, operation)
  const patched = tryPatch(runAsJson(run), [operation])
  if (patched.kind === 'failed') return refused(edit.path, nothingThere(edit.path))
  // An operation inside inputs, variables and outputs leaves a run a run, so long as the two maps stay maps.
  const next = patched.value as unknown as Run
  return { kind: 'ok', run: next, also: [] }
}

function refused(path: string, sentence: string): Applied {
  return { kind: 'refused', path, sentence }
}

function placeFlaw(run: Run, edit: ValueEdit): string | null {
  const place = placeOf(edit.path)
  if (place === null)
    return 'Only inputs, variables and outputs of steps can be edited here. To change what a step is, mark it succeeded, failed or skipped, or reset it.'
  if (place.area === 'output' && ownValue<StepState>(run.steps, place.step) === undefined)
    return `The run has no step ${place.step}.`
  const isSet = edit.kind === 'set'
  if (isFixed(place) && !isSet) return `${edit.path} has to stay. Set it to another value instead.`
  return null
}

type JsonObject = { readonly [key: string]: Json }

/** A sentence where it cannot be done. */
function operationOf(root: Json, edit: ValueEdit): PatchOperation | string {
  const { path } = edit
  const there = resolvePointer(root, path)
  switch (edit.kind) {
    case 'set':
      return there === undefined ? added(root, edit, 'set') : valued('replace', edit)
    case 'add':
      return added(root, edit, 'add')
    case 'remove':
      return there === undefined ? nothingThere(path) : { op: 'remove', path }
    case 'rename':
      return there === undefined ? nothingThere(path) : renamed(root, edit)
    default:
      return assertNever(edit)
  }
}

function added(
  root: Json,
  edit: Extract<ValueEdit, { kind: 'set' | 'add' }>,
  kind: 'set' | 'add',
): PatchOperation | string {
  const { holder, key } = partsOf(root, edit.path)
  if (holder === undefined) return nothingThere(edit.path)
  if (isList(holder)) {
    const isPlace = key === '-' || (/^(0|[1-9]\d*)$/.test(key) && Number(key) <= holder.length)
    return isPlace
      ? valued('add', edit)
      : `The list has ${holder.length} items, so none can stand at ${key}.`
  }
  if (!isObject(holder)) return nothingThere(edit.path)
  if (kind === 'add' && Object.hasOwn(holder, key))
    return `There is a key ${JSON.stringify(key)} already. Set it, or choose another name.`
  return valued('add', edit)
}

function renamed(
  root: Json,
  { path, name }: Extract<ValueEdit, { kind: 'rename' }>,
): PatchOperation | string {
  const { holder, key } = partsOf(root, path)
  if (holder === undefined || !isObject(holder)) return 'Items of a list have no names.'
  if (name === key) return `It is called ${JSON.stringify(name)} already.`
  if (Object.hasOwn(holder, name)) return `There is a key ${JSON.stringify(name)} already.`
  const above = pointer(...tokensOf(path).slice(0, -1))
  return { op: 'move', from: path, path: `${above}${pointer(name)}` }
}

/** [N3] [N4] [N5] */
function valued(
  op: 'add' | 'replace',
  { path, json }: Extract<ValueEdit, { kind: 'set' | 'add' }>,
): PatchOperation | string {
  const read = readJson(json)
  if (read.kind === 'refused') return read.sentence
  const place = placeOf(path)
  const isMap = place !== null && place.area !== 'output' && place.name === null
  if (isMap && !isObject(read.value)) return `${path} has to be an object.`
  if (read.depth + tokensOf(path).length + headLevels > maxJsonDepth)
    return `The value is nested too deeply: a run has at most ${maxJsonDepth} levels.`
  return { op, path, value: read.value }
}

/** Levels of a head, or of a record with a patch, above the run. */
const headLevels = 8

function partsOf(
  root: Json,
  path: string,
): { readonly holder: Json | undefined; readonly key: string } {
  const tokens = tokensOf(path)
  return { holder: resolvePointer(root, pointer(...tokens.slice(0, -1))), key: tokens.at(-1) ?? '' }
}

function nothingThere(path: string): string {
  return `There is nothing at ${path}.`
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value)
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
