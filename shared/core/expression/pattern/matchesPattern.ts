import { createBudget, spend, type Budget } from '../budget.ts'
import { ExpressionFailure, fail } from '../failure.ts'
import { maxPatternLength, type Compiled } from './compilePattern.ts'
import { compiledPattern } from './patternCache.ts'
import { patternSize } from './patternSize.ts'

/** Whether a part of the text matches the pattern. The time is at most that of the text times that of the pattern. */
export function matchesPattern(pattern: string, text: string, budget: Budget): boolean {
  return pay(pattern, text, budget).pattern.test(text)
}

/** Whether the whole text matches the pattern, or why that cannot be told. */
export function matchesWhole(
  pattern: string,
  text: string,
): { readonly matches: boolean } | { readonly problem: string } {
  const problem = checkPattern(pattern)
  if (problem !== null) return { problem }
  try {
    return { matches: pay(pattern, text, createBudget()).pattern.testExact(text) }
  } catch (error) {
    if (error instanceof ExpressionFailure)
      return { problem: 'the text is too long for this pattern.' }
    throw error
  }
}

/** What is wrong with a pattern; null when nothing is. */
export function checkPattern(pattern: string): string | null {
  const compiled = compiledPattern(pattern, 0)
  return 'problem' in compiled ? compiled.problem : null
}

/**
 * Pays for compiling the pattern and for the slowest match of the text. It costs the same whether the pattern was kept from an
 * earlier time or not: an expression that can be afforded once can be afforded always.
 */
function pay(pattern: string, text: string, budget: Budget): Compiled {
  if (pattern.length <= maxPatternLength) spend(budget, patternSize(pattern) * compileCost)
  const compiled = compiledPattern(pattern, text.length)
  if ('problem' in compiled) return fail(compiled.problem)
  spend(budget, Math.ceil((text.length * compiled.size) / instructionsPerCost))
  return compiled
}

const compileCost = 4
const instructionsPerCost = 8
