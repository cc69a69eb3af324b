// One error, whole: its runs, when they failed, what the newest of them says, and what was tried.
import type { HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import type { ErrorDetail } from '../../shared/contract/errors.ts'
import { countOverTime } from '../../shared/core/diagnose/countOverTime.ts'
import { AppError } from '../../shared/errors.ts'
import { RunId, StepId } from '../../shared/schema/ids.ts'
import { ownValue } from '../../shared/schema/json.ts'
import type { ServiceContext } from './context.ts'
import { errorId, gather, groupOf, noRuns, triesOf, type Gathered } from './errorGroups.ts'
import { observeTries } from './errorTries.ts'
import { shownRow } from './listing/shownRows.ts'
import { readStoredRun } from './openStoredRun.ts'
import { withRows } from './queryRuns.ts'

/** [X110] */
export async function getError(
  context: ServiceContext,
  { error: asked }: HandlerInput<'error.get'>,
  { signal }: Pick<HandlerOptions<'error.get'>, 'signal'>,
): Promise<ErrorDetail> {
  return withRows(context, signal, async () => {
    const gathered = await gather(context, { signal })
    const error = findError(context, gathered, asked)
    const limits = { limit: shownTries, enough: () => false }
    const { tries, total } = await observeTries(context, error, triesOf(gathered, error), limits)
    const group = groupOf(context, { gathered, error, tries })
    const { times, places } = gathered.groups.get(error) ?? noRuns
    const newest = places.slice(0, shownRuns).map((place) => shownRow(context, place))
    return {
      ...group,
      ...(await failureOf(context, newest[0]?.ref.document ?? null)),
      bars: barsOf(times, context.now()),
      workflows: workflowsOf(context, places),
      examples: newest,
      tries: [...tries],
      triesTotal: total,
      said: ownValue(gathered.decisions, error) ?? null,
    }
  })
}

const shownTries = 50
const shownRuns = 5
const bars = 24

function barsOf(times: readonly string[], now: string): ErrorDetail['bars'] {
  const counted = countOverTime(times, { now, bars })
  return counted === null ? null : { ...counted, counts: [...counted.counts] }
}

function findError({ sha256 }: ServiceContext, { groups }: Gathered, asked: string): string {
  if (groups.has(asked)) return asked
  const found = [...groups.keys()].filter((one) => errorId(one, sha256) === asked)
  if (found[0] !== undefined) return found[0]
  throw new AppError(
    'not-found',
    `No run is failed like this: ${asked}. It may have been resumed, or moved to the trash. Look at the list of errors.`,
  )
}

type Failure = Pick<ErrorDetail, 'step' | 'message' | 'newest'>

/** What the newest of them says itself, and the attempt whose log tells more. */
async function failureOf(context: ServiceContext, document: string | null): Promise<Failure> {
  const nothing = { step: null, message: null, newest: null }
  const id = RunId.safeParse(document)
  if (!id.success) return nothing
  const { run } = await readStoredRun(context, id.data)
  if (run === null) return nothing
  const message = run.error?.message.slice(0, messageCharacters) ?? null
  const failed = Object.entries(run.steps).find(([, state]) => state?.status === 'failed')
  const step = StepId.safeParse(failed?.[0])
  const attempt = failed?.[1]?.attempts.at(-1)?.number
  if (!step.success || attempt === undefined) return { ...nothing, message }
  const workspace = context.workspace.id
  const ref = { workspace, format: 'unstuck', document: id.data, item: null } as const
  return { step: step.data, message, newest: { ref, step: step.data, attempt } }
}

const messageCharacters = 2000

function workflowsOf(
  { index }: ServiceContext,
  places: readonly number[],
): ErrorDetail['workflows'] {
  const { columns, pools } = index.rows.save()
  const counts = new Map<string, ErrorDetail['workflows'][number]>()
  for (const place of places) {
    const codes = [columns.workflow[place] ?? 0, columns.version[place] ?? 0] as const
    const [workflow, version] = codes.map((code) => pools.texts.textOf(code))
    const known = counts.get(codes.join())
    const count = (known?.count ?? 0) + 1
    counts.set(codes.join(), { workflow: workflow ?? null, version: version ?? null, count })
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count).slice(0, workflowsShown)
}

const workflowsShown = 20
