import { existsSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import type { Ref } from '../../shared/contract/call.ts'
import type { CompareSide } from '../../shared/contract/compare.ts'
import type { CallInput, Client } from '../../shared/contract/contract.ts'
import type { RunRow } from '../../shared/contract/runs.ts'
import { AppError } from '../../shared/errors.ts'
import type { Checkpoint } from '../../shared/schema/run.ts'

export type Where = {
  readonly client: Client
  readonly workspace: string
  readonly cwd: string
  /** Opens what is encrypted in the archive. Left out or null: none was given. */
  readonly passphrase?: string | null
}

/**
 * The row that RUN means: a run id, the start of one, `latest`, or a file of the workspace. One that is encrypted is open to be
 * read then, where a passphrase was given.
 */
export async function findRun(where: Where, text: string): Promise<RunRow> {
  const row = await findRow(where, text)
  const { client, passphrase = null } = where
  if (passphrase !== null && row.archived === true)
    await client.call('archive.unlock', { ref: row.ref, passphrase })
  return row
}

async function findRow(where: Where, text: string): Promise<RunRow> {
  if (text === 'latest') return findLatest(where.client)
  const rows = await readRows(where.client, { text })
  const exact = rows.find((row) => row.id === text || row.ref.document === text)
  if (exact) return exact
  const item = await findItem(where, text)
  if (item) return item
  const starting = rows.filter((row) => row.id.startsWith(text))
  if (starting.length > 1) throw ambiguous(text, starting)
  const found = starting[0] ?? (await findFile(where, text))
  if (found) return found
  const message = `There is no run or file "${text}" in ${where.workspace}. "unstuck list" shows what is there.`
  throw new AppError('not-found', message, { run: text })
}

export async function findRef(where: Where, text: string): Promise<Ref> {
  return (await findRun(where, text)).ref
}

/** [R95] A row of the list, or any other file of the workspace, such as its settings. */
export async function findAny(where: Where, text: string): Promise<Ref> {
  try {
    return await findRef(where, text)
  } catch (error) {
    const document = fileOf(where, text)
    if (!(error instanceof AppError) || error.code !== 'not-found' || document === null) throw error
    const { id } = await where.client.call('workspace.get', {})
    return { workspace: id, format: 'unknown', document, item: null }
  }
}

/** As the shell names it, or as the workspace does. */
function fileOf(where: Where, text: string): string | null {
  const paths = [resolve(where.cwd, text), resolve(where.workspace, text)]
  const path = paths.find((one) => existsSync(one) && insideWorkspace(one, where) !== null)
  return path === undefined ? null : insideWorkspace(path, where)
}

/** Every row that matches, page by page. */
export async function readRows(
  client: Client,
  input: CallInput<'run.list'>,
): Promise<readonly RunRow[]> {
  const rows: RunRow[] = []
  for (;;) {
    const page = await client.call('run.list', { ...input, offset: rows.length, limit: 500 })
    rows.push(...page.rows)
    if (page.rows.length === 0 || rows.length >= page.total) return rows
  }
}

/** One side of a comparison: `RUN`, or `RUN@CHECKPOINT` with a checkpoint's id, the start of it, or its name. */
export async function findSide(where: Where, text: string): Promise<CompareSide> {
  const at = text.lastIndexOf('@')
  if (at <= 0) return { ref: await findRef(where, text), checkpoint: null }
  const ref = await findRef(where, text.slice(0, at))
  return { ref, checkpoint: await findCheckpoint(where.client, ref, text.slice(at + 1)) }
}

/** The id of the checkpoint that the text means. */
export async function findCheckpoint(client: Client, ref: Ref, text: string): Promise<string> {
  const all = await readCheckpoints(client, ref)
  const exact = all.find(({ id }) => id === text)
  if (exact) return exact.id
  const found = all.filter(({ id, name }) => id.startsWith(text) || name === text)
  if (found.length === 1 && found[0]) return found[0].id
  const shown = (found.length > 1 ? found : all).slice(-10).map(({ id, name }) => `${id} (${name})`)
  const problem = found.length > 1 ? 'means more than one checkpoint' : 'is no checkpoint'
  throw new AppError(
    found.length > 1 ? 'invalid-input' : 'not-found',
    `"${text}" ${problem} of ${ref.document}. It has: ${shown.join(', ') || 'none'}.`,
    { run: ref.document, checkpoint: text },
  )
}

export async function readCheckpoints(client: Client, ref: Ref): Promise<readonly Checkpoint[]> {
  const all: Checkpoint[] = []
  for (;;) {
    const page = await client.call('run.checkpoints', { ref, offset: all.length, limit: 500 })
    all.push(...page.checkpoints)
    if (page.checkpoints.length === 0 || all.length >= page.total) return all
  }
}

/** A path as the workspace names it, or null when it lies outside. */
export function insideWorkspace(
  path: string,
  { workspace, cwd }: Omit<Where, 'client'>,
): string | null {
  const inside = relative(workspace, resolve(cwd, path))
  return inside === '' || inside.startsWith('..') || resolve(inside) === inside
    ? null
    : inside.split(sep).join('/')
}

async function findLatest(client: Client): Promise<RunRow> {
  const sort = { column: 'createdAt', descending: true } as const
  const { rows } = await client.call('run.list', { sort, limit: 1 })
  const newest = rows[0]
  if (newest?.createdAt) return newest
  throw new AppError('not-found', 'There is no run yet. "unstuck run FILE" starts one.')
}

/** `FILE#ITEM`: one of the runs in a document that holds many. */
async function findItem(where: Where, text: string): Promise<RunRow | null> {
  const at = text.lastIndexOf('#')
  if (at <= 0) return null
  const file = text.slice(0, at)
  const rows = await readRows(where.client, { text: file })
  const row = rows.find(({ ref }) => ref.document === file) ?? (await findFile(where, file))
  return row === null ? null : { ...row, ref: { ...row.ref, item: text.slice(at + 1) } }
}

/** The run or document whose file that is: a head and a journal both belong to the run. */
async function findFile(where: Where, text: string): Promise<RunRow | null> {
  const document = insideWorkspace(text, where)
  if (document === null || !existsSync(resolve(where.cwd, text))) return null
  const run = /^runs\/[^/]+\/([^/]+)\.jsonl?$/.exec(document)?.[1] ?? document
  for (const view of ['all', 'parts'] as const) {
    const rows = await readRows(where.client, { text: run, view })
    const found = rows.find(({ ref }) => ref.document === document || ref.document === run)
    if (found !== undefined) return found
  }
  return null
}

function ambiguous(text: string, rows: readonly RunRow[]): AppError {
  const ids = rows.map(({ id }) => id)
  const shown = ids.slice(0, 10).join('\n  ')
  const more = ids.length > 10 ? `\n  and ${ids.length - 10} more` : ''
  const message = `"${text}" is the start of ${ids.length} run ids. Give more of it:\n  ${shown}${more}`
  return new AppError('invalid-input', message, { run: text, candidates: ids.slice(0, 100) })
}
