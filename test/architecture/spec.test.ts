import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { listFiles, readText, root } from './source.ts'

const specFile = 'shared/SPEC.md'
const rules = readRules()
const titled = readTitles()

describe('rules of the core', () => {
  test('each rule has one line in shared/SPEC.md', () => {
    const seen = rules.filter((rule, index) => rules.indexOf(rule) !== index)
    expect(rules.length, `${specFile} has no rules`).toBeGreaterThan(0)
    expect(seen).toEqual([])
  })

  test('each rule has a test whose title begins with it', () => {
    expect(rules.filter((rule) => !titled.has(rule))).toEqual([])
  })

  test('each title and each comment cites a rule that exists', () => {
    const cited = [...titled, ...readCitations()]
    expect([...new Set(cited)].filter((rule) => !rules.includes(rule))).toEqual([])
  })

  test('each control of the threat model names its rule, and the rule exists', () => {
    const rows = readText('docs/threat-model.md')
      .split('\n')
      .filter((line) => /^\|.*\|$/.test(line))
      .map((line) => line.split('|').at(-2)?.trim() ?? '')
    const named = rows.flatMap((cell) => cell.match(/\b[A-Z]\d{1,3}\b/g) ?? [])
    expect(named.length).toBeGreaterThan(50)
    expect(named.filter((rule) => !rules.includes(rule))).toEqual([])
  })
})

function readRules(): readonly string[] {
  if (!existsSync(join(root, specFile))) return []
  return [...readText(specFile).matchAll(/^- ([A-Z]+\d+):/gm)].map((match) => match[1] ?? '')
}

/** `test('[D3] …')`, `it.each(…)('[D3] …')` and the like; a title may begin with several rules. */
function readTitles(): ReadonlySet<string> {
  const titles = listFiles('test', /\.test\.tsx?$/).flatMap((path) =>
    [...readText(path).matchAll(/\(\s*['"`]((?:\[[A-Z]+\d+\] ?)+)/g)].map(
      (match) => match[1] ?? '',
    ),
  )
  return new Set(titles.flatMap(idsIn))
}

/** `// [R4]` and `// [R4, R5]` in the code of the core. */
function readCitations(): readonly string[] {
  return listFiles('shared', /\.ts$/).flatMap((path) =>
    [...readText(path).matchAll(/\/[/*].*?\[([A-Z]+\d+(?:, ?[A-Z]+\d+)*)\]/g)].flatMap((match) =>
      idsIn(match[1] ?? ''),
    ),
  )
}

function idsIn(text: string): readonly string[] {
  return text.match(/[A-Z]+\d+/g) ?? []
}
