import type {
  FullConfig,
  FullResult,
  Reporter,
  Suite,
  TestCase,
  TestResult,
} from 'playwright/types/testReporter'
import { electron } from './machine.ts'
import { onlyElectron } from './onlyElectron.ts'

/**
 * A line a test, and at the end what failed, the plain numbers and the targets that did not run. What fails goes to the
 * standard error, which nobody keeps back: it is read at once, also where the rest is told later.
 */
export default class SummaryReporter implements Reporter {
  #all: readonly TestCase[] = []

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#all = suite.allTests()
    process.stdout.write(`${this.#all.length} scenarios on ${targets(this.#all).join(', ')}\n`)
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const seconds = (result.duration / 1000).toFixed(1)
    const lines = [`${words[result.status]} ${nameOf(test)} (${seconds} s)`]
    for (const error of result.errors) lines.push(error.stack ?? error.message ?? 'unknown error')
    const output = result.attachments.find((one) => one.name === 'output')?.body
    if (output?.length) lines.push(`--- what the application said\n${output.toString()}`)
    const stream = result.status === test.expectedStatus ? process.stdout : process.stderr
    stream.write(`${lines.join('\n')}\n`)
  }

  onError(error: { message?: string; stack?: string }): void {
    process.stderr.write(`${error.stack ?? error.message ?? 'unknown error'}\n`)
  }

  onEnd(result: FullResult): void {
    const count = (outcome: ReturnType<TestCase['outcome']>): number =>
      this.#all.filter((test) => test.outcome() === outcome).length
    const seconds = (result.duration / 1000).toFixed(0)
    const failed = this.#all.filter((test) => !test.ok() || test.outcome() === 'flaky')
    process.stdout.write('\n')
    for (const test of failed) process.stdout.write(`failed: ${nameOf(test)}\n`)
    process.stdout.write(
      `e2e: ${count('expected')} passed, ${failed.length} failed, ${count('skipped')} skipped (${seconds} s)\n`,
    )
    if (electron.missing === '') return
    process.stdout.write(
      `Not run: target "electron", because ${electron.missing}. Only it proves:\n`,
    )
    for (const sentence of onlyElectron) process.stdout.write(`  - ${sentence}\n`)
  }

  printsToStdio(): boolean {
    return true
  }
}

const words = {
  passed: 'ok     ',
  failed: 'FAILED ',
  timedOut: 'TIMEOUT',
  skipped: 'skipped',
  interrupted: 'stopped',
} as const

function nameOf(test: TestCase): string {
  const [, project = '', , ...titles] = test.titlePath()
  return `[${project}] ${titles.join(' > ')}`
}

function targets(tests: readonly TestCase[]): readonly string[] {
  return [...new Set(tests.map((test) => test.titlePath()[1] ?? ''))]
}
