// Whether an error still matters: by what was tried and observed, by what a person said, and by what failed since.
import { assertNever } from '../../assert.ts'
import type { ErrorStanding, ErrorTry, KeptDecision } from '../../schema/errorGroup.ts'

export type ErrorHistory = {
  /** What a person said last; null: nothing. */
  readonly said: KeptDecision | null
  readonly tries: readonly ErrorTry[]
  /** When runs failed like this, in any order. */
  readonly failures: readonly string[]
  readonly now: string
}

type Standing = ErrorStanding
const open: Standing = {
  state: 'open',
  since: null,
  again: null,
  sentence: 'Nothing that was tried got past it yet.',
  solvedBy: null,
}

/** [G63, G64, G65] What was said and what was observed count in the order of time. */
export function errorStanding(history: ErrorHistory): ErrorStanding {
  const { said, tries } = history
  const saidAt = said === null || said.decision.kind === 'none' ? '' : said.at
  const solved = latest(tries.filter(isPast).filter(({ observedAt }) => observedAt > saidAt))
  if (solved !== null) return unlessAgain(history, solvedBy(solved))
  if (said === null) return untried(tries)
  const { decision } = said
  switch (decision.kind) {
    case 'none':
      return untried(tries)
    case 'open':
      return { ...open, sentence: `Reopened by ${said.by} at ${said.at}${why(said)}.` }
    case 'resolved': {
      const sentence = `Said to be resolved by ${said.by} at ${said.at}${why(said)}.`
      const resolved = { state: 'resolved', since: said.at, sentence } as const
      return unlessAgain(history, { ...open, ...resolved })
    }
    case 'muted':
      return muted(history, said, decision)
    default:
      return assertNever(decision)
  }
}

type Past = ErrorTry & { readonly observedAt: string }

function isPast(one: ErrorTry): one is Past {
  return one.outcome === 'past' && one.observedAt !== null
}

function latest(tries: readonly Past[]): Past | null {
  return tries.toSorted((a, b) => (a.observedAt < b.observedAt ? 1 : -1))[0] ?? null
}

function solvedBy(one: Past): Standing {
  const { kind, run, goesOn, edited, observedAt } = one
  const how = kind === 'fork' ? `fork ${goesOn}` : `${edited ? 'edit and resume' : kind} of ${run}`
  const sentence = `Resolved by ${how} at ${observedAt}: the step is behind it.`
  return { state: 'resolved', since: observedAt, again: null, sentence, solvedBy: one }
}

/** [G63] What fails like this after it was resolved makes it open again. */
function unlessAgain({ failures }: ErrorHistory, resolved: Standing): Standing {
  const again = failuresAfter(failures, resolved.since ?? '')
  const [first] = again
  if (first === undefined) return resolved
  const runs = again.length === 1 ? 'One run' : `${again.length} runs`
  const sentence = `Again since ${first}. ${runs} failed like this after it was resolved. Before: ${resolved.sentence}`
  return { ...open, again: first, sentence, solvedBy: resolved.solvedBy }
}

function untried(tries: readonly ErrorTry[]): Standing {
  return tries.length === 0 ? { ...open, sentence: 'Nothing was tried yet.' } : open
}

/** [G65] */
function muted(
  { failures, now }: ErrorHistory,
  said: KeptDecision,
  { more, until }: { readonly more: number | null; readonly until: string | null },
): Standing {
  const since = failuresAfter(failures, said.at)
  const last = more === null ? undefined : since[more - 1]
  const who = `${said.by} at ${said.at}${why(said)}`
  if (last !== undefined)
    return {
      ...open,
      again: since[0] ?? last,
      sentence: `Muted by ${who} until ${more} more, which failed by ${last}.`,
    }
  if (until !== null && now >= until)
    return { ...open, again: since[0] ?? null, sentence: `Muted by ${who} until ${until}.` }
  const left = more === null ? [] : [moreFail(more - since.length)]
  const ends = [...left, ...(until === null ? [] : [until])].join(' or ')
  const till = ends === '' ? 'until somebody reopens it' : `until ${ends}`
  return { ...open, state: 'muted', since: said.at, sentence: `Muted by ${who} ${till}.` }
}

function moreFail(count: number): string {
  return count === 1 ? 'one more fails like this' : `${count} more fail like this`
}

function failuresAfter(failures: readonly string[], at: string): readonly string[] {
  return failures.filter((one) => one > at).toSorted()
}

function why({ reason }: KeptDecision): string {
  return reason === null ? '' : ` (${reason})`
}
