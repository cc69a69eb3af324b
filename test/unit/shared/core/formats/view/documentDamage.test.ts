import { expect, test } from 'vitest'
import type { FileSet, FormatRepair } from '../../../../../../shared/core/formats/format.ts'
import { documentDamage } from '../../../../../../shared/core/formats/view/documentDamage.ts'
import { salvageText } from '../../../../../../shared/core/formats/view/salvageText.ts'

function setWith(text: string, bytes?: Uint8Array): FileSet {
  const texts = new Map([['a.json', text]])
  const set = { document: 'a.json', item: null, files: [], texts }
  return bytes === undefined ? set : { ...set, bytes }
}

const damaged = `{"a": 'x', "b": 1,}`
const { items } = salvageText(damaged, {})
const bare = {
  id: 'spare',
  label: 'Take it',
  confidence: 'certain',
  losses: [],
  changes: [],
} as const
const salvage: FormatRepair = { ...bare, id: 'salvage', items }
const nothing = { repairs: [], items: [] }
const quotes = {
  file: 'document',
  kind: 'broken',
  offset: 6,
  sizeBytes: 3,
  fix: null,
  sentence: 'A text stands in single quotes. It gets double ones.',
}
const comma = {
  ...quotes,
  offset: 17,
  sizeBytes: 1,
  sentence: 'Nothing follows this comma. It goes.',
}

test('[F362] each damaged place leads to the item of the way that is shown, and to none of another way', () => {
  const shown = { repairs: [bare, salvage], items: items.slice(0, 1) }
  expect(documentDamage(setWith(damaged), shown)).toEqual([
    { ...quotes, fix: 'singleQuotes@6' },
    comma,
  ])
})

test('[F362] where no way keeps anything of it, the places are shown all the same', () => {
  expect(documentDamage(setWith(damaged), nothing)).toEqual([quotes, comma])
  expect(documentDamage(setWith(damaged), { repairs: [bare], items: [] })).toEqual([quotes, comma])
  const lines = '{"at": 1}\n{"at": 2}\n{'
  expect(documentDamage(setWith(lines), nothing)).toMatchObject([{ offset: 20, sizeBytes: 1 }])
})

test('[F362] of a document that is whole, or is not there, nothing is damaged', () => {
  expect(documentDamage(setWith('{"a": NaN}'), nothing)).toEqual([])
  expect(documentDamage({ ...setWith(damaged), document: 'b.json' }, nothing)).toEqual([])
})

test('[F362] of bytes the places count the bytes, and what is said of all of them has no place', () => {
  const wide = Buffer.from('[1,]', 'utf16le')
  expect(documentDamage(setWith('[1,]', wide), nothing)).toMatchObject([
    { offset: 4, sizeBytes: 2, sentence: comma.sentence },
  ])
  const [item] = items
  if (item === undefined) throw new Error('It is damaged.')
  const compressed = {
    ...salvage,
    items: [{ ...item, rule: 'F360' }, { ...item, rule: 'R51' }, item],
  }
  expect(documentDamage(setWith(damaged), { repairs: [compressed], items: [] })).toEqual([quotes])
})

test('[F362] of very many places the first two hundred are told', () => {
  const line = `["${'x'.repeat(8)}",]`
  const lines = ['[1]', '[2]', ...Array.from({ length: 210 }, () => line)].join('\n')
  const found = documentDamage(setWith(lines), nothing)
  expect([found.length, found.at(-1)?.offset]).toEqual([200, 8 + 199 * (line.length + 1) + 11])
})
