// What is tried together: the sources of one folder of the core, and the tests that are about it.
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export type Part = {
  /** Below `shared/core`. */
  readonly name: string
  readonly sources: readonly string[]
  readonly tests: readonly string[]
  /** Of the tests and what they are made of. */
  readonly testsDigest: string
}

const core = 'shared/core'
const mirror = `test/unit/${core}`

/** What decides about a person's evidence comes first. */
const first = ['diff', 'diagnose', 'repair', 'resume', 'cleanup', 'secrets', 'integrity', 'run']
/** Tests that have something done around each of them. */
const unfit = /\b(?:(?:before|after)(?:Each|All)|onTestFinished)\b/

/** What each format is made of is proved by the tests of all of them. */
const common = new Map([
  ['formats/text', 'formats'],
  ['formats/view', 'formats'],
])

/** Paths use `/` and are relative to the root, which is the working folder. */
export function findParts(): readonly Part[] {
  const sources = list(`${core}/**/*.ts`)
  const names = [...new Set(sources.map((path) => partOf(path)))]
  const properties = list('test/properties/*.test.ts').filter(isPure)
  const parts = names.map((name): Part => {
    const own = list(`${mirror}/${common.get(name) ?? name}/**/*.test.ts`).filter(isPure)
    const related = properties.filter((test) => leadsInto(test, `${core}/${name}/`))
    const tests = [...own, ...related]
    const mutable = sources.filter((path) => partOf(path) === name && hasCode(path))
    return { name, sources: mutable, tests, testsDigest: digestOf(tests) }
  })
  return parts.toSorted((one, other) => rankOf(one) - rankOf(other))
}

export function hashOf(source: string): string {
  return createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 12)
}

function digestOf(tests: readonly string[]): string {
  const hash = createHash('sha256')
  for (const path of closureOf(tests)) hash.update(path).update(readFileSync(path))
  return hash.digest('hex').slice(0, 12)
}

function list(pattern: string): readonly string[] {
  return globSync(pattern)
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted()
}

/** The folder below the core; of the formats, the one of the format. */
function partOf(path: string): string {
  const [room = '', format] = dirname(path.slice(core.length + 1)).split('/')
  return room === 'formats' && format !== undefined ? `${room}/${format}` : room
}

function rankOf({ name }: Part): number {
  const rank = first.indexOf(name)
  return rank < 0 ? first.length : rank
}

/** Files of types only have nothing to mutate. */
function hasCode(path: string): boolean {
  return /^(?:export )?(?:async )?(?:function|const|class)\b/m.test(readFileSync(path, 'utf8'))
}

function isPure(test: string): boolean {
  return !closureOf([test]).some((path) => unfit.test(readFileSync(path, 'utf8')))
}

function leadsInto(test: string, folder: string): boolean {
  return closureOf([test]).some((path) =>
    importsOf(path).some((target) => join(dirname(path), target).startsWith(folder)),
  )
}

/** Test files and what they import of the tests, directly or not; in order. */
function closureOf(tests: readonly string[]): readonly string[] {
  const found = new Set(tests)
  for (const path of found)
    for (const target of importsOf(path)) {
      const next = join(dirname(path), target).replaceAll('\\', '/')
      if (next.startsWith('test/') && existsSync(next)) found.add(next)
    }
  return [...found].toSorted()
}

function importsOf(path: string): readonly string[] {
  if (!path.endsWith('.ts')) return []
  const found = readFileSync(path, 'utf8').matchAll(/\bfrom '([^']+)'/g)
  return [...found].flatMap(([, target = '']) => target)
}
