// The references are made of the sources. After a change: vitest run --config build/vitest.config.ts test/documents -u
import { expect, test } from 'vitest'
import { callReference } from './callReference.ts'
import { commandReference } from './commandReference.ts'
import { libraryReference } from './libraryReference.ts'

test('the reference of commands is what the program says of itself', async () => {
  await expect(await commandReference()).toMatchFileSnapshot('../../docs/reference/commands.md')
})

test('the reference of calls is the contract', async () => {
  await expect(await callReference()).toMatchFileSnapshot('../../docs/reference/calls.md')
})

test('the reference of the library is what the compiler declares', async () => {
  await expect(await libraryReference()).toMatchFileSnapshot('../../docs/reference/library.md')
})

test('every call and every export of the library says what it is', async () => {
  const calls = sections(await callReference(), '## ').filter(({ title }) => title !== 'Events')
  expect(calls.length).toBeGreaterThan(100)
  expect(calls.filter(({ text }) => text.replace(/^_[^_]*_/, '').trim() === '')).toEqual([])
  const exported = sections(await libraryReference(), '### ')
  expect(exported.length).toBeGreaterThan(30)
  expect(exported.filter(({ text }) => text.startsWith('```'))).toEqual([])
})

type Section = { readonly title: string; readonly text: string }

/** Heading and first paragraph of each part. */
function sections(document: string, heading: string): readonly Section[] {
  return document
    .split(`\n${heading}`)
    .slice(1)
    .map((part) => {
      const [title = '', text = ''] = part.split('\n').filter((line) => line.trim() !== '')
      return { title, text }
    })
}
