import { createHash } from 'node:crypto'
import {
  array,
  assert,
  constantFrom,
  dictionary,
  integer,
  letrec,
  oneof,
  property,
  string,
} from 'fast-check'
import { expect, it } from 'vitest'
import { readUnknown } from '../../shared/core/formats/unknown/readUnknown.ts'

const now = '2026-03-02T00:00:00.000Z'
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

const key = oneof(
  constantFrom(
    'status',
    'state',
    'steps',
    'tasks',
    'id',
    'name',
    'events',
    'type',
    'time',
    'next',
    'runs',
    'run_id',
    'needs',
    'edges',
    'current_step',
  ),
  string({ maxLength: 6 }),
)
const leaf = oneof(
  constantFrom(
    'failed',
    'done',
    'running',
    '2026-03-01T08:00:00Z',
    1_772_352_000,
    1e300,
    null,
    true,
  ),
  string({ maxLength: 8 }),
  integer(),
)
const { tree } = letrec((tie) => ({
  tree: oneof(
    { maxDepth: 5 },
    leaf,
    array(tie('tree'), { maxLength: 4 }),
    dictionary(key, tie('tree'), { maxKeys: 5 }),
  ),
}))

it('[F240] any JSON, and any text, is answered, and no guess is certain', () => {
  const texts = oneof(
    tree.map((value) => JSON.stringify(value)),
    array(tree, { minLength: 2, maxLength: 4 }).map((all) =>
      all.map((one) => JSON.stringify(one)).join('\n'),
    ),
    string(),
  )
  assert(
    property(texts, (text) => {
      const file = { path: 'a.json', sizeBytes: text.length, modifiedAt: now }
      const set = {
        document: 'a.json',
        item: null,
        files: [file],
        texts: new Map([['a.json', text]]),
      }
      const { guesses = [], items = [] } = readUnknown(set, { sha256, now })
      const [one] = items
      if (one !== undefined) readUnknown({ ...set, item: one.item }, { sha256, now })
      expect(guesses.every(({ confidence }) => ['likely', 'possible'].includes(confidence))).toBe(
        true,
      )
    }),
    { seed: 7, numRuns: 500 },
  )
})
