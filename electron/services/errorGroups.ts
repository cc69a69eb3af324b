// Runs that failed alike, as one matter: how many, since when, what was tried, and whether it still matters.
import type { CancelSignal } from '../../shared/cancel.ts'
import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import type { ErrorGroup } from '../../shared/contract/errors.ts'
import { errorStanding } from '../../shared/core/diagnose/errorStanding.ts'
import type { ErrorNote, ErrorState, ErrorTry } from '../../shared/schema/errorGroup.ts'
import { ownValue } from '../../shared/schema/json.ts'
import type { RunFilter } from '../../shared/schema/runCondition.ts'
import type { ServiceContext } from './context.ts'
import { readDecisions } from './decideError.ts'
import { observeTries, readTries, type Tries } from './errorTries.ts'
import type { KnownFork, LoggedTry } from './listing/tryMemory.ts'
import { failedAlike, type FailedAlike } from './listing/failedAlike.ts'
import { withRows } from './queryRuns.ts'

type Options = { readonly signal: CancelSignal }

/** [X110] */
export async function listErrors(
  context: ServiceContext,
  { state, text, offset, limit }: HandlerInput<'error.list'>,
  { signal }: Pick<HandlerOptions<'error.list'>, 'signal'>,
): Promise<CallOutput<'error.list'>> {
  return withRows(context, signal, async () => {
    const gathered = await gather(context, { signal })
    const letters = text.toLowerCase()
    const errors = [...gathered.groups.keys()].filter((one) => one.toLowerCase().includes(letters))
    const groups: ErrorGroup[] = []
    for (const error of errors) {
      const group = await toGroup(context, gathered, error)
      if (isAny(group)) groups.push(group)
    }
    const counts = { open: 0, resolved: 0, muted: 0 }
    for (const { standing } of groups) counts[standing.state] += 1
    const wanted = groups
      .filter(({ standing }) => state === null || standing.state === state)
      .toSorted(mostFirst)
    return { groups: wanted.slice(offset, offset + limit), total: wanted.length, counts }
  })
}

/** Of an error of which no run is left only what was said or got past it is told. */
function isAny({ runs, standing }: ErrorGroup): boolean {
  return runs > 0 || standing.state !== 'open'
}

function mostFirst(one: ErrorGroup, other: ErrorGroup): number {
  return (
    stateOrder[one.standing.state] - stateOrder[other.standing.state] ||
    other.left - one.left ||
    other.runs - one.runs ||
    (one.error < other.error ? -1 : 1)
  )
}

const stateOrder = { open: 0, muted: 1, resolved: 2 } as const satisfies Record<ErrorState, number>

export type Gathered = {
  readonly groups: ReadonlyMap<string, FailedAlike>
  /** By error. */
  readonly logged: ReadonlyMap<string, readonly LoggedTry[]>
  readonly forks: ReadonlyMap<string, readonly KnownFork[]>
  readonly all: readonly LoggedTry[]
  readonly decisions: ErrorNote['decisions']
}

/** Errors of runs that are failed now, and those of which only the log or a person tells. */
export async function gather(context: ServiceContext, { signal }: Options): Promise<Gathered> {
  const { groups: failed, forks } = failedAlike(context.index.rows.save())
  const [all, decisions] = await Promise.all([readTries(context, signal), readDecisions(context)])
  const groups = new Map(failed)
  const logged = byText(all, (one) => one.failed.error)
  const others = [...logged.keys(), ...Object.keys(decisions)]
  for (const error of others) if (!groups.has(error)) groups.set(error, noRuns)
  return { groups, forks: byText(forks, ({ error }) => error), logged, all, decisions }
}

function byText<Item>(
  items: readonly Item[],
  textOf: (item: Item) => string,
): ReadonlyMap<string, readonly Item[]> {
  const found = new Map<string, Item[]>()
  for (const item of items) {
    const text = textOf(item)
    const known = found.get(text)
    if (known === undefined) found.set(text, [item])
    else known.push(item)
  }
  return found
}

export const noRuns: FailedAlike = { places: [], times: [], left: 0 }

const newestTries = 20

async function toGroup(
  context: ServiceContext,
  gathered: Gathered,
  error: string,
): Promise<ErrorGroup> {
  const limits = { limit: newestTries, enough: isPast }
  const { tries } = await observeTries(context, error, triesOf(gathered, error), limits)
  return groupOf(context, { gathered, error, tries })
}

function isPast({ outcome }: ErrorTry): boolean {
  return outcome === 'past'
}

export function triesOf({ forks, logged, all }: Gathered, error: string): Tries {
  return { ours: logged.get(error) ?? [], forks: forks.get(error) ?? [], all }
}

export function groupOf(
  { sha256, now }: ServiceContext,
  given: {
    readonly gathered: Gathered
    readonly error: string
    readonly tries: readonly ErrorTry[]
  },
): ErrorGroup {
  const { gathered, error, tries } = given
  const { times, left, places } = gathered.groups.get(error) ?? noRuns
  const said = ownValue(gathered.decisions, error) ?? null
  const known = times.length > 0 ? times : tries.map(({ at }) => at)
  const sorted = known.toSorted()
  return {
    id: errorId(error, sha256),
    error,
    left,
    runs: places.length,
    firstAt: sorted[0] ?? null,
    lastAt: sorted.at(-1) ?? null,
    standing: errorStanding({ said, tries, failures: times, now: now() }),
    filter: filterOf(error),
  }
}

/** Short enough to be typed. */
export function errorId(error: string, sha256: ServiceContext['sha256']): string {
  return sha256(error).slice(0, 10)
}

function filterOf(error: string): RunFilter[number][] {
  return [{ kind: 'words', field: 'error', values: [error], isNot: false }]
}
