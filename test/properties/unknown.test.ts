import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readUnknown } from '../../shared/core/formats/unknown/readUnknown.ts'
import { itemsIn } from '../../shared/core/formats/unknown/readUnknown.ts'

const now = '2026-03-02T00:00:00.000Z'
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

const key = fc.oneof(
  fc.constantFrom(
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
  ),
  fc.string({ maxLength: 6 }),
)
const leaf = fc.oneof(
  fc.constantFrom(
    'failed',
    'done',
    'running',
    '2026-03-01T08:00:00Z',
    1_772_352_000,
    1e300,
    null,
    true,
  ),
  fc.string({ maxLength: 8 }),
  fc.integer(),
)
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    leaf,
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(key, tie('tree'), { maxKeys: 5 }),
  ),
}))

it('[F240] any JSON, and any text, is answered, and no guess is certain', () => {
  const texts = fc.oneof(
    tree.map((value) => JSON.stringify(value)),
    fc
      .array(tree, { minLength: 2, maxLength: 4 })
      .map((all) => all.map((one) => JSON.stringify(one)).join('\n')),
    fc.string(),
  )
  fc.assert(
    fc.property(texts, (text) => {
      const file = { path: 'a.json', sizeBytes: text.length, modifiedAt: now }
      const set = {
        document: 'a.json',
        item: null,
        files: [file],
        texts: new Map([['a.json', text]]),
      }
      const { guesses = [] } = readUnknown(set, { sha256, now })
      itemsIn(text)
      expect(guesses.every(({ confidence }) => ['likely', 'possible'].includes(confidence))).toBe(
        true,
      )
    }),
    { seed: 7, numRuns: 500 },
  )
})
