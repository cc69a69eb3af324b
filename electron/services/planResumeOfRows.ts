import type { ResumePlan, ResumeStep } from '../../shared/core/resume/resumePlan.ts'

/** The plan as it can be sent: of very many steps those that are asked about or not simply reused come first. */
export function shortened(whole: ResumePlan): ResumePlan {
  const plan = { ...whole, problems: some(whole.problems) }
  const sizes = plan.steps.map((row) => JSON.stringify(row).length)
  if (sizes.reduce((sum, size) => sum + size, 0) <= mostCharacters) return plan
  const ranked = plan.steps
    .map((row, index) => ({ index, rank: rankOf(row) }))
    .toSorted((a, b) => a.rank - b.rank || a.index - b.index)
  const kept = new Set<number>()
  let characters = 0
  for (const { index } of ranked) {
    characters += sizes[index] ?? 0
    if (characters > mostCharacters) break
    kept.add(index)
  }
  const steps = plan.steps.filter((_, index) => kept.has(index))
  return { ...plan, steps, unlisted: plan.steps.length - steps.length }
}

function some(problems: readonly string[]): string[] {
  const more = problems.length - mostProblems
  return [...problems.slice(0, mostProblems), ...(more > 0 ? [`And ${more} more problems.`] : [])]
}

function rankOf({ action, options }: ResumeStep): number {
  if (options.length > 0 && action !== 'reuse') return 0
  if (action === 'reuse' || action === 'skip') return options.length > 0 ? 2 : 3
  return 1
}

// A message has at most a million bytes, and notes, problems and the envelope come on top.
const mostCharacters = 600_000
const mostProblems = 200
