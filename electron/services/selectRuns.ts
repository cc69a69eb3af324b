import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import type { SelectedRun } from '../../shared/contract/selection.ts'
import { whyNot } from '../../shared/core/batch/whyNot.ts'
import { RunId } from '../../shared/schema/ids.ts'
import { BatchAction } from '../../shared/schema/batchAction.ts'
import type { ServiceContext } from './context.ts'
import { findPlaces } from './queryRuns.ts'

type Input = HandlerInput<'run.select'>
type Output = CallOutput<'run.select'>

/** What a choice means now, page by page: many runs are chosen by what they have in common, and never named all at once. */
export async function selectRuns(
  context: ServiceContext,
  input: Input,
  options: Pick<HandlerOptions<'run.select'>, 'signal'>,
): Promise<Output> {
  const matching = await findPlaces(context, input, options)
  const found = input.documents === null ? [...matching] : placesOf(context, input.documents)
  const except = new Set(placesOf(context, input.except))
  const places = found.filter((place) => !except.has(place))

  const rows = pageOf(context, places, input)
  const next = input.offset + rows.length
  return {
    rows: [...rows],
    nextOffset: next < places.length && rows.length > 0 ? next : null,
    total: places.length,
    ...sumsOf(context, places),
  }
}

/** Of what is not there any more nothing is found. */
export function placesOf(
  { index, store }: ServiceContext,
  documents: readonly string[],
): readonly number[] {
  const places = documents.map((document) => {
    const run = RunId.safeParse(document)
    const native = run.success ? index.rows.placeOf(store.layout.head(run.data)) : -1
    return native === -1 ? index.rows.placeOf(document) : native
  })
  return [...new Set(places)].filter((place) => place !== -1)
}

function pageOf(
  context: ServiceContext,
  places: readonly number[],
  { offset, limit }: Input,
): readonly SelectedRun[] {
  const rows: SelectedRun[] = []
  let characters = 0
  for (const place of places.slice(offset, offset + limit)) {
    const row = selectedAt(context, place)
    characters += JSON.stringify(row).length
    if (rows.length > 0 && characters > mostCharacters) break
    rows.push(row)
  }
  return rows
}

/** Each may take three bytes, and a message no more than a million. */
const mostCharacters = 300_000

function selectedAt({ index }: ServiceContext, place: number): SelectedRun {
  const { id, ref } = index.rows.rowAt(place)
  const path = index.rows.documentAt(place)
  return { id, document: ref.document, path, ...index.rows.batchFactsAt(place) }
}

function sumsOf(
  { index }: ServiceContext,
  places: readonly number[],
): Pick<Output, 'able' | 'sizeBytes'> {
  const able: Output['able'] = { archive: 0, unarchive: 0, trash: 0, migrate: 0, repair: 0 }
  let sizeBytes = 0
  for (const place of places) {
    const facts = index.rows.batchFactsAt(place)
    sizeBytes += facts.sizeBytes
    for (const action of BatchAction.options) if (whyNot(action, facts) === null) able[action] += 1
  }
  return { able, sizeBytes }
}
