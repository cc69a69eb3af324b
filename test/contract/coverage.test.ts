import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { callNames } from '../../shared/contract/contract.ts'
import { callTests } from './calls.ts'
import { requirementIds } from './requirements.ts'

const suite = readFileSync(new URL('contract.test.ts', import.meta.url), 'utf8')

it('every requirement of the contract has a test, and every test a requirement', () => {
  const tested = new Set(Array.from(suite.matchAll(/\[(Q\d+)\]/g), ([, id]) => id))

  expect(tested).toEqual(new Set(requirementIds))
})

it('every call names the tests that exercise it, and no other call does', () => {
  expect(new Set(Object.keys(callTests))).toEqual(new Set(callNames))
})

it.each(callNames)('the tests that %s names exist and mention it', (name) => {
  const silent = callTests[name].filter((path) => !read(path).includes(`'${name}'`))

  expect(silent).toEqual([])
  expect(callTests[name].length).toBeGreaterThan(0)
})

function read(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
}
