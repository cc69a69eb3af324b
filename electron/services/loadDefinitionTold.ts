import type { DefinitionProblem } from '../../shared/contract/workflows.ts'

/**
 * Problems with their places, in the order of the file. Of very many a part is told, and how many more there are: an answer is
 * a message, and each place is looked for.
 */
export function told<Problem>(
  problems: readonly Problem[],
  locate: (problem: Problem) => DefinitionProblem,
): readonly DefinitionProblem[] {
  const rows = problems
    .slice(0, mostTold)
    .map(locate)
    .toSorted((a, b) => a.line - b.line || a.column - b.column)
  const last = rows.at(-1)
  const more = problems.length - rows.length
  if (last === undefined || more === 0) return rows
  const message = `there ${more === 1 ? 'is 1 more problem' : `are ${more} more problems`}. Correct these first.`
  return [...rows, { ...last, message, path: '', suggestion: null }]
}

const mostTold = 500
