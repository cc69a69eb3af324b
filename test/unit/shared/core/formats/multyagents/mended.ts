import { multyagents } from '../../../../../../shared/core/formats/multyagents/multyagents.ts'
import { storeStyle } from '../../../../../../shared/core/formats/multyagents/editStore.ts'
import { openStore } from '../../../../../../shared/core/formats/multyagents/storeDocument.ts'
import { patchAsPython } from '../../../../../../shared/core/formats/view/patchAsPython.ts'
import { context, readFolder, setOf } from '../fileSet.ts'
import type { WayToMend } from './waysToMend.ts'

const samples = readFolder('multyagents')
const store = 'state.json'
const sampleOf = (name: string) => samples.get(`api-state.${name}.json`)

export type Mended = {
  /** Rule, place, sentence and what to do. */
  readonly findings: readonly string[]
  readonly points: readonly string[]
  /** Each way: what it is called, what is lost, and what it writes where. */
  readonly ways: readonly string[]
}

export function mended({ base, patches, temporary, cutAt, item }: WayToMend): Mended {
  const patched = patchAsPython(sampleOf(base) ?? '', patches, storeStyle)
  if (patched.kind === 'refused') throw new Error(patched.problem)
  const text = patched.text.slice(0, cutAt)
  const files = new Map([[store, text]])
  if (temporary !== undefined) files.set(`${store}.tmp`, sampleOf(temporary) ?? temporary)
  const set = setOf(multyagents, store, files, item ?? null)
  const { findings, points } = multyagents.read(set, context)
  return {
    findings: findings.map(
      ({ rule, severity, pointer, sentence, remedy }) =>
        `${rule} ${severity} ${pointer}: ${sentence} → ${remedy ?? 'nothing'}`,
    ),
    points: points.map(
      ({ id, label, kind, at, problem }) => `${id} ${kind} ${at}: ${label} ${problem ?? ''}`,
    ),
    ways: multyagents
      .repairs(set, context)
      .map(({ id, label, confidence, losses, changes }) =>
        [
          `${id} ${confidence}: ${label}`,
          ...losses,
          ...changes.flatMap(({ path, text: after, why }) => [
            `${path} (${why})`,
            ...(after === null ? ['goes'] : changesOf(text, after)),
          ]),
        ].join(' | '),
      ),
  }
}

const mostShown = 8

/** By pointer, in two levels, what is another value. */
function changesOf(before: string, after: string): readonly string[] {
  const [old, now] = [before, after].map(rowsOf)
  if (old === undefined || now === undefined) return []
  const keys = [...new Set([...old.keys(), ...now.keys()])]
  const changed = keys
    .filter((key) => old.get(key) !== now.get(key))
    .map((key) => `${key} = ${now.get(key) ?? 'nothing'}`.slice(0, 160))
  const more = changed.length - mostShown
  return [...changed.slice(0, mostShown), ...(more > 0 ? [`and ${more} more`] : [])]
}

function rowsOf(text: string): ReadonlyMap<string, string> {
  const rows = new Map<string, string>()
  for (const [table, records] of Object.entries(parsed(text)))
    for (const [key, record] of Object.entries(records as object))
      // a table
      for (const [field, value] of Object.entries(
        typeof record === 'object' && record !== null ? record : { '': record },
      ))
        rows.set(`${table}/${key}/${field}`, JSON.stringify(value))
  return rows
}

/** Of a text that is no JSON nothing is known. */
function parsed(text: string): object {
  return openStore(text).kind === 'broken' ? {} : (JSON.parse(text) as object) // a store
}
