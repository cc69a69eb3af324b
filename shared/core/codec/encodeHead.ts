// The codec turns a run into one canonical text and back, and says of any other text what is wrong with it and where.
import type { Sha256 } from '../../schema/digest.ts'
import type { ListedFacts } from '../../schema/head.ts'
import type { Run } from '../../schema/run.ts'
import { putBeside } from './besideRun.ts'
import { runLayout } from './runLayout.ts'
import { headStart } from '../../schema/headWords.ts'
import { writeSummaryLine } from './summaryLine.ts'
import { writeCanonical, writeCanonicalSteps } from './writeCanonical.ts'

/** What stands between the bytes that the checksum covers and the checksum. */
export const checksumStart = ',\n"checksum": "sha256:'

/**
 * The head document of a run: equal runs have equal bytes, and `decodeHead` gives the run back as it was. `listed` goes
 * into the summary, as far as it fits, so that the list need not look into the journal.
 */
export function encodeHead(run: Run, sha256: Sha256, listed: ListedFacts = {}): string {
  const steps = encodeHeadSteps(run, sha256, listed)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** The same with pauses: a run of thousands of steps takes longer than others should wait. */
export function* encodeHeadSteps(
  run: Run,
  sha256: Sha256,
  listed: ListedFacts = {},
): Generator<void, string, void> {
  const { run: inside, beside } = putBeside(run)
  const start = `${headStart}${writeSummaryLine(run, sha256, listed)},\n"run": `
  yield
  const written = yield* writeCanonicalSteps(inside, runLayout)
  const more = beside.map(([key, value]) => `,\n${JSON.stringify(key)}: ${writeCanonical(value)}`)
  yield
  const covered = `${start}${written}${more.join('')}`
  return `${covered}${checksumStart}${sha256(covered)}"\n}\n`
}
