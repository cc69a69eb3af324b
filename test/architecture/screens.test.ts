import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readSources } from './source.ts'

/** Packages that are large beside what a screen needs of them; the host answers instead. */
const hostOnly = ['re2js', 'yaml']

/** What is loaded only where somebody has written patterns of secrets. */
const onDemand = 'renderer/state/secretRulesOf.ts shared/core/secrets/compileRules.ts'

test('nothing that the screens load at once leads to a package that only the host needs', () => {
  const sources = new Map(readSources(['renderer', 'shared']).map((one) => [one.path, one]))
  const open = [...sources.keys()].filter((path) => path.startsWith('renderer/'))
  const seen = new Set(open)
  const wrong: string[] = []
  for (let path = open.pop(); path !== undefined; path = open.pop())
    for (const { target } of sources.get(path)?.imports ?? []) {
      if (`${path} ${target}` === onDemand) continue
      if (hostOnly.includes(target)) wrong.push(`${path} imports ${target}`)
      if (sources.has(target) && !seen.has(target)) open.push(target)
      seen.add(target)
    }
  expect(seen.size).toBeGreaterThan(100)
  expect(wrong).toEqual([])
})

test('the screens are built for production, whoever builds them', () => {
  const folder = fileURLToPath(new URL('../../dist/renderer/assets/', import.meta.url))
  const scripts = readdirSync(folder).filter((name) => /^index-.*\.js$/.test(name))
  const isForDevelopment = (name: string) =>
    readFileSync(folder + name, 'utf8').includes('react_stack_bottom_frame')
  expect(scripts).toHaveLength(1)
  expect(scripts.filter(isForDevelopment)).toEqual([])
})
