import { readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

type Context = { readonly key: string; readonly log: (text: string) => void }
type Customer = {
  readonly line: number
  readonly name: string
  readonly email: string
  readonly since: string
}
type Row = Customer & { readonly problem: string | null }

/** Counts what fits, and says of the rest what is wrong. */
export function check({ file }: { readonly file: string }, { log }: Context) {
  const rows = readRows(file)
  const problems = rows.flatMap(({ line, problem }) =>
    problem === null ? [] : [`line ${line}: ${problem}`],
  )
  for (const problem of problems) log(problem)
  return {
    good: rows.length - problems.length,
    bad: problems.length,
    problems: problems.slice(0, 5),
  }
}

type Load = {
  readonly file: string
  readonly database: string
  readonly batch: string
  readonly skipBad: boolean
}

/** All or nothing. The key is the same in every attempt and after every resume of this step. */
export function load({ file, database: path, batch, skipBad }: Load, { key, log }: Context) {
  const rows = readRows(file)
  const bad = rows.find(({ problem }) => problem !== null)
  if (bad !== undefined && !skipBad)
    throw Object.assign(new Error(`Line ${bad.line} of ${file}: ${bad.problem}.`), {
      name: 'BadRow',
    })
  const good = rows.filter(({ problem }) => problem === null)

  const database = new DatabaseSync(path)
  database.exec(schema)
  database.exec('BEGIN IMMEDIATE')
  const isKnown = database.prepare('SELECT 1 FROM batches WHERE key = ?').get(key) !== undefined
  if (!isKnown) {
    database.prepare('INSERT INTO batches (key, name) VALUES (?, ?)').run(key, batch)
    const insert = database.prepare(
      'INSERT INTO customers (email, name, since, batch) VALUES (?, ?, ?, ?)',
    )
    for (const { email, name, since } of good) insert.run(email, name, since, batch)
  }
  database.exec('COMMIT')
  const total = database.prepare('SELECT count(*) AS total FROM customers').get()?.['total'] ?? 0
  database.close()
  log(isKnown ? `Batch ${batch} was loaded before.` : `Loaded ${good.length} customers.`)
  return { loaded: good.length, skipped: rows.length - good.length, total: Number(total) }
}

const schema = `
  CREATE TABLE IF NOT EXISTS customers (email TEXT PRIMARY KEY, name TEXT, since TEXT, batch TEXT);
  CREATE TABLE IF NOT EXISTS batches (key TEXT PRIMARY KEY, name TEXT)`

function readRows(file: string): readonly Row[] {
  const [, ...lines] = readFileSync(file, 'utf8').trimEnd().split(/\r?\n/)
  return lines.map((text, index) => {
    const [name = '', email = '', since = ''] = text.split(',').map((cell) => cell.trim())
    const customer = { line: index + 2, name, email, since }
    return { ...customer, problem: problemOf(customer) }
  })
}

function problemOf({ name, email, since }: Customer): string | null {
  if (name === '') return 'there is no name'
  if (!/^[^@\s]+@[^@\s]+$/.test(email)) return `${JSON.stringify(email)} is no address`
  return /^\d{4}-\d{2}-\d{2}$/.test(since) ? null : `${JSON.stringify(since)} is no day`
}
