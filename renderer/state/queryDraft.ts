// A query while it is written: terms that are finished stand as pieces, the rest is still text.
import { parseQuery, type QueryProblem, type Term } from '../../shared/core/query/parseQuery.ts'
import { splitTerms } from '../../shared/core/query/splitTerms.ts'

export type QueryParts = {
  /** Terms as they are written, in order. */
  readonly terms: readonly (Term | QueryProblem)[]
  /** All that is none. */
  readonly words: string
}

/** What the terms are called does not depend on when it is asked. */
export function partsOf(text: string): QueryParts {
  const { terms, problems } = parseQuery(text, 0)
  const found = [...terms, ...problems].toSorted((one, other) => one.from - other.from)
  const taken = new Set(found.map(({ from }) => from))
  const words = splitTerms(text).filter(({ from }) => !taken.has(from))
  return { terms: found, words: words.map(({ raw }) => raw).join(' ') }
}

export type Draft = {
  /** The query as far as it can be asked. */
  readonly text: string
  /** What is still in the field. */
  readonly typed: string
}

/**
 * Takes what is typed behind terms that stand already. A term is finished once the caret has left it (`caret` null: it has);
 * the one that is being written is not asked for yet.
 */
export function takeTyped(
  terms: readonly string[],
  { typed, caret }: { readonly typed: string; readonly caret: number | null },
): Draft {
  const { terms: written } = partsOf(typed)
  const isOpen = ({ from, to }: { readonly from: number; readonly to: number }): boolean =>
    caret !== null && from < caret && caret <= to
  const finished = written.filter((term) => !isOpen(term))
  const asked = splitTerms(typed).filter(({ from }) => !written.some((term) => term.from === from))
  return {
    text: [...terms, ...finished, ...asked]
      .map((one) => (typeof one === 'string' ? one : one.raw))
      .join(' '),
    typed: without(typed, finished),
  }
}

/** The text without these pieces, and without the space behind each. */
function without(
  text: string,
  pieces: readonly { readonly from: number; readonly to: number }[],
): string {
  let rest = text
  for (const { from, to } of pieces.toReversed())
    rest = rest.slice(0, from) + rest.slice(to).replace(/^\s/, '')
  return rest
}
