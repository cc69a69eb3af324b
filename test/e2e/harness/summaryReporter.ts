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

/** A line a test, its error where it fails, and at the end the plain numbers and the targets that did not run. */
export default class SummaryReporter implements Reporter {
  #all: readonly TestCase[] = []

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#all = suite.allTests()
    process.stdout.write(`${this.#all.length} scenarios on ${targets(this.#all).join(', ')}\n`)
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const seconds = (result.duration / 1000).toFixed(1)
    process.stdout.write(`${words[result.status]} ${nameOf(test)} (${seconds} s)\n`)
    for (const error of result.errors) process.stdout.write(`${error.stack ?? error.message}\n`)
    const output = result.attachments.find((one) => one.name === 'output')?.body
    if (output?.length)
      process.stdout.write(`--- what the application said\n${output.toString()}\n`)
  }

  onError(error: { message?: string; stack?: string }): void {
    process.stdout.write(`${error.stack ?? error.message ?? 'unknown error'}\n`)
  }

  onEnd(result: FullResult): void {
    const count = (outcome: ReturnType<TestCase['outcome']>): number =>
      this.#all.filter((test) => test.outcome() === outcome).length
    const seconds = (result.duration / 1000).toFixed(0)
    const failed = count('unexpected') + count('flaky')
    process.stdout.write(
      `\ne2e: ${count('expected')} passed, ${failed} failed, ${count('skipped')} skipped (${seconds} s)\n`,
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
