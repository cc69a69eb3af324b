import type { CheckResult } from '../../state/checkStore.ts'
import { severities, type Severity } from '../../../shared/core/integrity/finding.ts'

export function itemCount(count: number): string {
  return counted(count, ['run or document', 'runs and documents'])
}

/** `2 errors, 1 warning`. */
export function ruleCounts({ rules }: Pick<CheckResult, 'rules'>): string {
  return severities
    .flatMap((severity) => {
      const own = rules.filter((one) => one.severity === severity)
      const count = own.reduce((sum, one) => sum + one.count, 0)
      return count === 0 ? [] : [counted(count, words[severity])]
    })
    .join(', ')
}

const words: Readonly<Record<Severity, readonly [string, string]>> = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  info: ['note', 'notes'],
}

export function counted(count: number, [one, many]: readonly [string, string]): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`
}
