import { member, membersOf, numberOf, type TextNode } from '../text/parseText.ts'
import type { Breach } from '../view/findingAt.ts'
import { shapeProblem } from '../view/shape.ts'
import { recordShapes, storeTables, type RecordShape } from './recordShapes.ts'
import { idOf, list, recordOf, table, wholeOf, type Store } from './storeDocument.ts'

export function shapeBreaches(store: Store): readonly Breach[] {
  return [
    ...tableBreaches(store),
    ...recordShapes.flatMap((shape) =>
      [...table(store, shape.table)].flatMap(([key, node]) => recordBreaches(shape, key, node)),
    ),
    ...sequenceGaps(store).map(sequenceBreach),
  ]
}

/** [F142, F143] */
function tableBreaches(store: Store): readonly Breach[] {
  return [...membersOf(store.root)].flatMap(([key, node]): readonly Breach[] => {
    const word = Object.hasOwn(storeTables, key) ? storeTables[key] : undefined
    if (word === undefined) {
      const sentence = `The store has ${key}, which multyagents does not know: its next write drops it.`
      return [{ rule: 'F142', severity: 'warning', sentence, path: [key], remedy: null }]
    }
    const problem = shapeProblem(node, word)
    if (problem === null) return []
    const sentence = `${key} ${problem}: the API does not start.`
    return [{ rule: 'F143', severity: 'error', sentence, path: [key], remedy: null }]
  })
}

/** [F142, F143, F144] */
function recordBreaches(shape: RecordShape, key: string, node: TextNode): readonly Breach[] {
  const { table: name, word, required, later } = shape
  const found: Breach[] = []
  const add = (rule: string, sentence: string, ...path: readonly string[]) =>
    void found.push({
      rule,
      severity: 'error',
      sentence,
      path: [name, key, ...path],
      remedy: rule === 'F142' ? 'Take the field out.' : null,
    })
  if (node.kind !== 'object') {
    add('F143', `The ${word} ${key} is no object: the API does not start.`)
    return found
  }
  const known = { ...required, ...later }
  for (const [field, value] of membersOf(node)) {
    const expected = Object.hasOwn(known, field) ? known[field] : undefined
    if (expected === undefined) {
      const sentence = `The ${word} ${key} has ${field}, which multyagents does not know: the API does not start (TypeError).`
      add('F142', sentence, field)
      continue
    }
    const problem = shapeProblem(value, expected)
    if (problem !== null) add('F143', `${field} of the ${word} ${key} ${problem}.`, field)
  }
  for (const field of Object.keys(required)) {
    if (member(node, field) === null) {
      add('F143', `The ${word} ${key} has no ${field}: the API does not start.`, field)
    }
  }
  const id = idOf(member(node, 'id') ?? member(node, 'task_id'))
  if (id !== null && id !== key) {
    add(
      'F144',
      `The ${word} ${key} calls itself ${id}.`,
      name === 'isolated_sessions' ? 'task_id' : 'id',
    )
  }
  return found
}

/** A sequence is the next id. One that is not above all ids makes the next record overwrite one. */
export type SequenceGap = {
  readonly sequence: string
  readonly word: string
  readonly next: number
  readonly max: number
}

export function sequenceGaps(store: Store): readonly SequenceGap[] {
  const tables = recordShapes.flatMap(({ table: name, word, sequence }) =>
    sequence === null ? [] : [{ sequence, word, ids: [...table(store, name).keys()].map(Number) }],
  )
  const lists = [
    { sequence: 'event_seq', word: 'event', ids: listIds(store, 'events') },
    { sequence: 'artifact_seq', word: 'artifact', ids: listIds(store, 'artifacts') },
  ]
  return [...tables, ...lists].flatMap(({ sequence, word, ids }) => {
    const max = ids.filter(Number.isInteger).reduce((a, b) => Math.max(a, b), 0)
    const next = numberOf(recordOf(store, 'sequences', sequence)) ?? 1
    return max === 0 || next > max ? [] : [{ sequence, word, next, max }]
  })
}

function listIds(store: Store, name: string): readonly number[] {
  return list(store, name).flatMap((node) => wholeOf(node, 'id') ?? [])
}

/** [F145] */
function sequenceBreach({ sequence, word, next, max }: SequenceGap): Breach {
  return {
    rule: 'F145',
    severity: 'error',
    sentence: `${sequence} is ${next}, but the ${word} ${max} is there: the next ${word} takes the id of another one.`,
    path: ['sequences', sequence],
    remedy: `Set it to ${max + 1}.`,
  }
}
