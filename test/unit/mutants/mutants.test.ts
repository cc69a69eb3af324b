import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readEquivalents } from '../../mutants/equivalents.ts'
import { findParts } from '../../mutants/parts.ts'
import { percentOf, readResults, scoreOf } from '../../mutants/results.ts'
import { collectTests, describe as group, test as declare } from '../../mutants/runner/tests.ts'

test('every file of the core with something to change is in one part, with a digest of its tests', () => {
  const parts = findParts()
  const files = parts.flatMap(({ sources }) => sources)
  expect(new Set(files).size).toBe(files.length)
  expect(files).toContain('shared/core/diff/diff.ts')
  expect(new Set(parts.map(({ name }) => name)).size).toBe(parts.length)
  const core = globSync('shared/core/**/*.ts').map((path) => path.replaceAll('\\', '/'))
  const left = core.filter((path) => !files.includes(path))
  for (const path of left) expect(readFileSync(path, 'utf8')).not.toMatch(/^export function/m)
})

test('results are of files that are there, and a loop without an end counts as killed', () => {
  const gone = readResults().filter(({ file }) => globSync(file).length === 0)
  expect(gone).toEqual([])
  const survivor = { line: 1, column: 0, mutator: 'StringLiteral', replacement: '""' }
  const result = { file: 'a.ts', hash: '', tests: '', killed: 2, timeouts: 1, survived: [survivor] }
  expect(percentOf(scoreOf([result]))).toBe(75)
})

test('what is explained stands where it is said to stand', () => {
  for (const { file, code, reason } of readEquivalents()) {
    const lines = readFileSync(file, 'utf8').split('\n')
    expect(lines.map((line) => line.trim())).toContain(code)
    expect(reason).toMatch(/\w+ .*\./)
  }
})

test('tests are collected with the titles of their groups and rows, and can be run again', async () => {
  const seen: unknown[] = []
  const collected = await collectTests('a.test.ts', async () => {
    group('sums', () => {
      declare.each([
        [1, 2],
        [3, 4],
      ])('%i and %i', (one, other) => seen.push([one, other]))
    })
    declare.each([{ a: 1 }])('rows', (row) => seen.push(row))
    declare('twice', () => seen.push('first'))
    declare('twice', () => seen.push('second'))
  })
  for (const { run } of collected) await run()
  expect(collected.map(({ id }) => id)).toEqual([
    'a.test.ts#sums 1 and 2 0',
    'a.test.ts#sums 3 and 4 1',
    'a.test.ts#rows { a: 1 } 0',
    'a.test.ts#twice',
    'a.test.ts#twice (2)',
  ])
  expect(seen).toEqual([[1, 2], [3, 4], { a: 1 }, 'first', 'second'])
})
