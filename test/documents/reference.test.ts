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
