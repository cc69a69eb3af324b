import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { decodeHead } from '../../../../../shared/core/codec/decodeHead.ts'
import { check } from '../../../../../shared/core/integrity/check.ts'
import { ruleTable } from '../../../../../shared/core/integrity/ruleTable.ts'
import { rules } from '../../../../../shared/core/integrity/rules.ts'
import { notRepaired, stateRepairs } from '../../../../../shared/core/repair/state/stateRepairs.ts'
import { CheckpointId } from '../../../../../shared/schema/ids.ts'
import type { Run } from '../../../../../shared/schema/run.ts'
import {
  at,
  checkpointId,
  makeAttempt,
  makeCheckpoint,
  makeDefinition,
  makeRun,
  makeStep,
} from '../resume/makeRun.ts'
import { mend, told } from './mend.ts'
import { mendedRuns } from './mendedRuns.ts'
import { mendedTable } from './mendedTable.ts'
import { mendTable } from './mendTable.ts'
import { sha256 } from './storedRun.ts'

const fixtures = fileURLToPath(new URL('../../../../fixtures/integrity/', import.meta.url))

/** The runs of a fixture whose head reads well. */
function runsOf(rule: string): readonly Run[] {
  const files = readdirSync(join(fixtures, rule), { recursive: true, encoding: 'utf8' })
  return files
    .filter((path) => path.startsWith('runs') && path.endsWith('.json'))
    .flatMap((path) => {
      const decoded = decodeHead(readFileSync(join(fixtures, rule, path), 'utf8'), sha256)
      return decoded.kind === 'ok' ? [decoded.run] : []
    })
}

/** Where nothing tells why a step was skipped, or whether a missing one ran, nothing is set right: see their own tests. */
const onlySometimes = new Set(['I79', 'I11', 'I21'])
const repaired = Object.keys(stateRepairs).filter((id) => !onlySometimes.has(id))
const done = {
  build: makeStep('succeeded'),
  charge: makeStep('succeeded'),
  mail: makeStep('succeeded'),
}

describe('mendState', () => {
  it('[R60] every rule of integrity is repaired in the state, says why not, or is one of the files', () => {
    const ofState = new Set([...Object.keys(stateRepairs), ...Object.keys(notRepaired)])
    const left = ruleTable.map(({ id }) => id).filter((id) => !ofState.has(id))
    const byFiles = /^(?:C\d+|J\d+|F\d+|I2[6-9]|I3[0-4]|I3[67])$/
    expect(left.filter((id) => !byFiles.test(id))).toEqual([])
    expect(Object.keys(stateRepairs).filter((id) => id in notRepaired)).toEqual([])
    const known = new Set(ruleTable.map(({ id }) => id))
    expect([...ofState].filter((id) => !known.has(id))).toEqual([])
  })

  it('[R60] why a rule is not repaired is said in whole sentences', () => {
    for (const [id, why] of Object.entries(notRepaired))
      expect(`${id} ${why}`).toMatch(/^[A-Z]\d+ [A-Z][^.]+\w\.$/)
  })

  it.each(repaired)(
    '[R73] the fixture of %s is set right, and nothing else comes of it',
    (rule) => {
      const runs = runsOf(rule).filter((run) => check(run).some((one) => one.rule === rule))
      expect(runs).not.toEqual([])
      for (const run of runs) {
        const before = new Set(check(run).map((one) => one.rule))
        const { run: after, fixes } = mend(run)
        expect(told(run, { run: after, fixes })).toEqual(mendedRuns[rule])
        expect(check(after).map((one) => one.rule)).not.toContain(rule)
        expect(check(after).filter((one) => !before.has(one.rule))).toEqual([])
      }
    },
  )

  it.each(mendTable.map(([name, run, now = null]) => [name, run, now] as const))(
    '[R60] %s',
    (name, run, now) => {
      expect(told(run, mend(run, [], now))).toEqual(mendedTable[name])
    },
  )

  it('[R72] a decision that a person keeps does not keep the next one', () => {
    const run = mendTable.find(([name]) => name === 'decisions behind the last record')?.[1]
    const { fixes } = mend(run ?? makeRun(), ['I47@decision-90-mail'])
    expect(fixes.map(({ id, accepted, needs }) => ({ id, accepted, needs }))).toEqual([
      { id: 'I47@decision-90-mail', accepted: false, needs: [] },
      { id: 'I47@decision-91-mail', accepted: true, needs: [] },
    ])
  })

  it('[R73] a sound run has no fix, and stays the very same', () => {
    const run = makeRun()
    expect(mend(run)).toEqual({ run, fixes: [] })
    expect(mend(run).run).toBe(run)
  })

  it('[R72] a fix that is rejected is told and not made, and the others are', () => {
    const run = makeRun({
      steps: { ...done, build: makeStep('succeeded', { skippedBy: 'person' }) },
      status: 'completed',
      finishedAt: null,
      startedAt: at(1),
    })
    const all = mend(run)
    expect(all.fixes.map(({ id }) => id)).toEqual(['I11@/steps/build/skippedBy', 'I4@/finishedAt'])
    const [first] = all.fixes
    const some = mend(run, [first?.id ?? ''])
    expect(some.fixes.map(({ accepted }) => accepted)).toEqual([false, true])
    expect(check(some.run).map(({ rule }) => rule)).toEqual(['I11'])
  })

  it('[R61] a status is taken from the steps; a step that runs is never taken to have ended', () => {
    const given = { status: 'completed', startedAt: at(1), finishedAt: at(9) } as const
    const statusWith = (charge: ReturnType<typeof makeStep>) =>
      mend(makeRun({ ...given, steps: { ...done, charge } })).run
    expect(statusWith(makeStep('failed')).status).toBe('failed')
    expect(statusWith(makeStep('pending'))).toMatchObject({ status: 'paused', finishedAt: null })
    const running = makeStep('running', { attempts: [makeAttempt(1)] })
    expect(statusWith(running)).toMatchObject({ status: 'running', finishedAt: null })
    expect(statusWith(running).steps['charge' as never]).toEqual(running)
  })

  it('[R62] an end that is not told is the last time of the steps', () => {
    const attempt = makeAttempt(1, { finishedAt: at(5), outcome: 'succeeded' })
    const build = makeStep('succeeded', { attempts: [attempt] })
    const run = makeRun({ status: 'completed', startedAt: at(1), steps: { ...done, build } })
    expect(mend(run).run.finishedAt).toBe(at(5))
  })

  it('[R63] a step that runs without an attempt never began', () => {
    const run = makeRun({ steps: { ...done, mail: makeStep('running', { attempts: [] }) } })
    expect(mend(run).run.steps['mail' as never]).toMatchObject({ status: 'pending' })
  })

  it('[R64] an attempt that was left open is closed as interrupted, when the next began', () => {
    const attempts = [makeAttempt(1), makeAttempt(2, { finishedAt: at(4), outcome: 'succeeded' })]
    const run = makeRun({ steps: { ...done, build: makeStep('succeeded', { attempts }) } })
    const first = mend(run).run.steps['build' as never]
    expect(JSON.stringify(first)).toContain('"outcome":"cancelled"')
    expect(check(mend(run).run)).toEqual([])
  })

  it('[R65] marks that a step has outlived go', () => {
    const waits = makeStep('succeeded', {
      waitingOn: { kind: 'time', until: at(3) },
      skippedBy: 'person',
    })
    const { run, fixes } = mend(makeRun({ steps: { ...done, build: waits } }))
    expect(fixes.map(({ confidence }) => confidence)).toEqual(['certain', 'certain'])
    expect(run.steps['build' as never]).toMatchObject({ waitingOn: null, skippedBy: null })
  })

  it('[R66] [R67] what names something that is not there is cut loose, or leaves when it is not there itself', () => {
    const checkpoints = [
      makeCheckpoint(1, { parent: CheckpointId.parse('gone') }),
      makeCheckpoint(2, { seq: 990, parent: checkpointId(1) }),
      makeCheckpoint(3, { seq: 991, parent: checkpointId(2) }),
    ]
    const { run, fixes } = mend(makeRun({ checkpoints }))
    expect(fixes.map(({ id }) => id)).toEqual(['I16@cp-2', 'I16@cp-3', 'I14@cp-1'])
    expect(run.checkpoints).toMatchObject([{ id: 'cp-1', parent: null }])
  })

  it('[R68] [R69] steps of the definition that are missing come as pending, unless the run is completed', () => {
    const definition = makeDefinition({ build: {}, extra: {} })
    const workflow = { ...makeRun().workflow, name: 'shop', definition, digest: 'none' }
    const steps = { build: makeStep('pending') }
    const { run } = mend(makeRun({ workflow, steps, status: 'paused' }))
    expect(run.steps['extra' as never]).toMatchObject({ status: 'pending', attempts: [] })
    expect(run.workflow.digest).toBeNull()
    const ended = { status: 'completed', startedAt: at(1), finishedAt: at(2) } as const
    const completed = makeRun({ workflow, steps: { build: makeStep('succeeded') }, ...ended })
    expect(mend(completed).fixes.map(({ rule }) => rule)).toEqual(['R69'])
  })

  it('[R70] [R71] times are moved as little as the others allow', () => {
    const attempt = makeAttempt(1, { startedAt: at(4), finishedAt: at(2), outcome: 'succeeded' })
    const build = makeStep('succeeded', { attempts: [attempt] })
    const run = makeRun({ steps: { ...done, build } })
    expect(JSON.stringify(mend(run).run.steps)).toContain(`"finishedAt":"${at(4)}"`)
    const future = makeRun({ startedAt: '2030-01-01T00:00:00.000Z' })
    const { run: now } = mend(future, [], at(600))
    expect(now.startedAt !== null && now.startedAt <= at(600)).toBe(true)
    expect(rules.some(({ id }) => id === 'I79')).toBe(false)
  })
})
