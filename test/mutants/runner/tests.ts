// What `vitest` is to the test files while mutants are tried: tests are collected and can be run again and again.
import { format } from 'node:util'

export { expect, vi } from 'vitest'

export type CollectedTest = {
  /** Unique: `file#title`. */
  readonly id: string
  readonly file: string
  readonly title: string
  readonly run: () => unknown
}

type Body = (...row: readonly never[]) => unknown

let file = ''
let groups: readonly string[] = []
let collected: CollectedTest[] = []

/** The tests that a file declares while it is imported. */
export async function collectTests(
  from: string,
  importFile: () => Promise<unknown>,
): Promise<readonly CollectedTest[]> {
  file = from
  groups = []
  collected = []
  await importFile()
  return collected
}

export const test = Object.assign(declareTest, { each: eachOf(declareTest) })
export const it = Object.assign(declareSame, { each: eachOf(declareTest) })
export const describe = Object.assign(declareGroup, { each: eachOf(declareGroup) })

function declareTest(name: string, run: () => unknown): void {
  const title = [...groups, name].join(' ')
  const twins = collected.filter((known) => known.title === title).length
  const id = twins === 0 ? `${file}#${title}` : `${file}#${title} (${twins + 1})`
  collected.push({ id, file, title, run })
}

/** `it` is another word for it, and no second name of one export. */
function declareSame(name: string, run: () => unknown): void {
  declareTest(name, run)
}

function declareGroup(name: string, declare: () => unknown): void {
  const outer = groups
  groups = [...outer, name]
  declare()
  groups = outer
}

function eachOf(declare: (name: string, body: () => unknown) => void) {
  return (rows: readonly unknown[]) =>
    (name: string, body: Body): void => {
      rows.forEach((row, index) => {
        const values = Array.isArray(row) ? row : [row]
        declare(`${format(name, ...values)} ${index}`, () => body(...(values as never[]))) // as the table has it
      })
    }
}
