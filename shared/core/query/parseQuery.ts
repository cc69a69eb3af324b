// What a person writes to find runs, as one line: words, and terms such as `status:failed age>1h state:/inputs/orderId=42`.
import type { RunCondition } from '../../schema/runCondition.ts'
import { readTerm, type Told } from './readTerm.ts'
import { splitTerms, type Piece } from './splitTerms.ts'

export type Term = Piece & Told
export type QueryProblem = Piece & { readonly sentence: string }

export type Query = {
  readonly terms: readonly Term[]
  /** Terms that say nothing: they are left out, and told. */
  readonly problems: readonly QueryProblem[]
  /** Words that are looked for in what a row says. */
  readonly words: string
}

/** Reads a query; ages count back from now. */
export function parseQuery(text: string, nowMs: number): Query {
  const terms: Term[] = []
  const problems: QueryProblem[] = []
  const words: string[] = []
  for (const piece of splitTerms(text)) {
    const read = readTerm(piece.raw, nowMs)
    if (read.kind === 'word') words.push(read.text)
    else if (read.kind === 'problem') problems.push({ ...piece, sentence: read.sentence })
    else terms.push({ ...piece, ...read.term })
  }
  return { terms, problems, words: words.filter(Boolean).join(' ') }
}

/** What the host is asked for: the words and the conditions of a query. */
export function questionOf(
  text: string,
  nowMs: number,
): { readonly text: string; readonly filter: RunCondition[] } {
  const { terms, words } = parseQuery(text, nowMs)
  return {
    text: words.slice(0, mostText),
    filter: terms.slice(0, mostTerms).map((term) => term.condition),
  }
}

const mostText = 500
const mostTerms = 30
