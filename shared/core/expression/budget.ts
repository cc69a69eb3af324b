import { fail } from './failure.ts'

/** What an evaluation may still cost. Each step of it, each value it makes and each text it joins is paid for. */
export type Budget = { left: number }

/** About 0.2 s of work; what a workflow asks for costs a few hundred. */
export const evaluationBudget = 2_000_000

export function createBudget(left: number = evaluationBudget): Budget {
  return { left }
}

export function spend(budget: Budget, cost: number): void {
  budget.left -= cost
  if (budget.left < 0)
    fail('it asks for too much work: more than 2,000,000 steps. Do this in a step of the workflow.')
}

/** A text is cheaper than a value: it is copied, not looked at. */
export function spendText(budget: Budget, length: number): void {
  spend(budget, 1 + Math.ceil(length / 16))
}
