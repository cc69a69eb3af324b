import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { throwIfCancelled, type CancelSignal } from '../../shared/cancel.ts'
import type { Ref } from '../../shared/contract/call.ts'
import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import { placeFinding } from '../../shared/core/integrity/checkPlace.ts'
import { severities, type Finding } from '../../shared/core/integrity/finding.ts'
import { ruleTable } from '../../shared/core/integrity/ruleTable.ts'
import { AppError, needsPassphrase } from '../../shared/errors.ts'
import { RunId } from '../../shared/schema/ids.ts'
import { places } from '../store/layout.ts'
import { checkItem } from './checkRun.ts'
import type { ServiceContext } from './context.ts'
import { findPlaces } from './queryRuns.ts'
import { placesOf } from './selectRuns.ts'

type Input = HandlerInput<'run.checkAll'>
type Output = CallOutput<'run.checkAll'>
type Item = Output['items'][number]

/** Checks many, one after the other: each reads whole files. What cannot be checked is an item too. */
export async function checkRuns(
  context: ServiceContext,
  input: Input,
  { signal, progress }: Pick<HandlerOptions<'run.checkAll'>, 'signal' | 'progress'>,
): Promise<Output> {
  const { rows } = context.index
  const matching = await findPlaces(context, input, { signal })
  const found = input.documents === null ? [...matching] : placesOf(context, input.documents)

  const items: Item[] = []
  let characters = 0
  for (const place of found.slice(input.offset, input.offset + input.limit)) {
    throwIfCancelled(signal, 'Checking')
    const { id, ref: row } = rows.rowAt(place)
    const ref = { workspace: context.workspace.id, item: null, ...row }
    progress({ done: input.offset + items.length, total: found.length, item: id })
    const item = await itemOf(context, { id, ref })
    characters += JSON.stringify(item).length
    if (items.length > 0 && characters > mostCharacters) break
    items.push(item)
  }

  const next = input.offset + items.length
  const nextOffset = next < found.length && items.length > 0 ? next : null
  const isWhole = nextOffset === null && input.documents === null
  const around = isWhole ? await findStrays(context, signal) : []
  return {
    items,
    around,
    rules: rulesOf([
      ...items.flatMap(({ findings }) => findings),
      ...around.map(({ finding }) => finding),
    ]),
    nextOffset,
    total: found.length,
  }
}

function rulesOf(findings: readonly Finding[]): NonNullable<Output['rules']> {
  const told = new Set(findings.map(({ rule }) => rule))
  return ruleTable.flatMap(({ id, sentence, remedy }) =>
    told.has(id) ? [{ id, sentence, remedy }] : [],
  )
}

/** Each may take three bytes, and a message no more than a million. */
const mostCharacters = 300_000
const shownOfEach = 20

async function itemOf(
  context: ServiceContext,
  { id: item, ref }: { readonly id: string; readonly ref: Ref },
): Promise<Item> {
  try {
    const { health, findings } = await checkItem(context, ref, { around: false })
    const worst = severities.flatMap((one) => findings.filter(({ severity }) => severity === one))
    const shown = worst.slice(0, shownOfEach)
    return { ref, item, health, counts: countOf(findings), findings: shown, problem: null }
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'bug' || error.code === 'cancelled')
      throw error
    const problem = error.message
    // [E219] Nothing says that it is damaged.
    const health = needsPassphrase(error) ? 'ok' : 'unreadable'
    return { ref, item, health, counts: countOf([]), findings: [], problem }
  }
}

function countOf(findings: readonly Finding[]): Item['counts'] {
  const count = (severity: Finding['severity']) =>
    findings.filter((finding) => finding.severity === severity).length
  return { error: count('error'), warning: count('warning'), info: count('info') }
}

/** Left-over temporary files, and folders of logs and steps whose run is not here. */
async function findStrays(
  context: ServiceContext,
  signal: CancelSignal,
): Promise<Output['around']> {
  if (context.workspace.document !== null) return []
  const temporaries = await context.store.temporaries({ signal })
  const left = temporaries.flatMap(({ path, sizeBytes, owner }) => {
    if (owner !== 'gone') return []
    const sentence = `The temporary file ${path} (${sizeBytes} bytes) was left over.`
    return [{ path, finding: placeFinding('I74', { sentence, file: 'temporary', ...fileStart }) }]
  })
  const folders = await Promise.all([places.steps, places.logs].map((one) => strayIn(context, one)))
  return [...left, ...folders.flat()].slice(0, mostStrays)
}

const mostStrays = 1_000
const fileStart = { offset: 0, line: 1, column: 1, pointer: '' }

async function strayIn(context: ServiceContext, folder: string): Promise<Output['around']> {
  const [listed] = await Promise.allSettled([
    readdir(join(context.store.root, folder), { withFileTypes: true }),
  ])
  // Nothing was written there yet, or it may not be looked at.
  const children = listed.status === 'fulfilled' ? listed.value : []
  const found: Output['around'] = []
  for (const child of children) {
    const run = RunId.safeParse(child.name)
    if (!child.isDirectory() || !run.success) continue
    if ((await context.store.entry(run.data)) !== null) continue
    const path = `${folder}/${child.name}`
    const sentence = `The folder ${path} belongs to a run that is not here.`
    found.push({
      path,
      finding: placeFinding('I76', { sentence, file: 'temporary', pointer: null }),
    })
  }
  return found
}
