import { describe, expect, it } from 'vitest'
import { encodeHead } from '../../../../../shared/core/codec/encodeHead.ts'
import { makeDefinition, makeRun, makeStep, step } from '../resume/makeRun.ts'
import { planOf, runWith } from '../resume/planOf.ts'
import { filesOf, history, planFor, sha256 } from './storedRun.ts'

const definition = makeDefinition({
  build: { sideEffects: 'none' },
  charge: { needs: [step('build')], sideEffects: 'external' },
  mail: { needs: [step('charge')], sideEffects: 'external' },
  report: { needs: [step('mail')], sideEffects: 'external' },
})

/** The plan of a head that ends at this text in its steps, with no journal. */
function cutAt(run: ReturnType<typeof makeRun>, text: string, behind = 0) {
  const whole = encodeHead(run, sha256)
  const at = whole.indexOf(text, whole.indexOf('"steps": {\n')) + behind
  const head = Buffer.from(whole.slice(0, at))
  return planFor({ head, journal: null }, { source: 'salvage' })
}

const states = {
  build: makeStep('succeeded'),
  charge: makeStep('succeeded'),
  mail: makeStep('pending'),
  report: makeStep('pending'),
}
const ofSteps = (steps: Record<string, ReturnType<typeof makeStep>>, given = {}) =>
  runWith(definition, steps, given)

const sound = filesOf()

describe('steps that a cut head does not tell whole', () => {
  it('[R90] are in doubt where the summary leaves room for them to have begun', () => {
    const { plan, outcome } = cutAt(ofSteps(states), '"charge": {', 20)
    // One step more was done than can be read: `mail` may have begun behind it, `report` not.
    expect(plan.inDoubt).toEqual(['charge', 'mail'])
    expect(outcome?.run.steps).toMatchObject({
      build: { status: 'succeeded' },
      charge: { status: 'running', attempts: [{ number: 1, outcome: null }] },
      mail: { status: 'running' },
    })
    expect(outcome?.edit?.run.steps[step('report')]?.status).toBe('pending')
    const resumed = planOf({ run: outcome?.run ?? makeRun(), definition })
    expect(resumed.steps.map(({ step: name, action }) => [name, action])).toContainEqual([
      'charge',
      'ask',
    ])
  })

  it('[R90] are not where the summary counts every attempt among the others', () => {
    const steps = { ...states, charge: makeStep('failed') }
    const { plan } = cutAt(ofSteps(steps, { status: 'failed' }), '"mail": {', 20)
    expect(plan.inDoubt).toEqual([])
  })

  it('[R90] keep the number of the last attempt of which there is a log', () => {
    const head = Buffer.from(encodeHead(ofSteps(states), sha256))
    const at = head.indexOf('"charge": {', head.indexOf('"steps": {\n')) + 20
    const given = { source: 'salvage', lastAttempts: { charge: 3 } }
    const { outcome } = planFor({ head: head.subarray(0, at), journal: null }, given)
    expect(outcome?.run.steps[step('charge')]?.attempts).toMatchObject([{ number: 3 }])
  })

  it('[R77] a head that is cut behind its steps is a source with the checkpoints that are whole', () => {
    const whole = sound.head?.toString() ?? ''
    const head = Buffer.from(whole.slice(0, whole.indexOf('"cp-7"') + 20))
    const { plan, outcome } = planFor(
      { head, journal: null },
      { source: 'salvage', rejected: ['R10@cp-5'] },
    )
    expect(plan.inDoubt).toEqual([])
    expect(outcome?.run.checkpoints.map(({ id }) => id)).toEqual(['cp-5'])
    expect(outcome?.run.steps[step('build')]?.status).toBe('succeeded')
  })

  it('[R18] of very many the plan names the first, and tells how many there are', () => {
    const names = Array.from({ length: 5_000 }, (_, index) => `step-${index}`)
    const many = makeDefinition(Object.fromEntries(names.map((name) => [name, {}])))
    const all = Object.fromEntries(names.map((name) => [name, makeStep('succeeded')]))
    const { plan, outcome } = cutAt(runWith(many, all), '"step-0": {', 20)
    expect(plan.fixes.filter(({ rule }) => rule === 'R90').at(-1)?.sentence).toContain(
      'So are 4900 more steps.',
    )
    expect(Object.values(outcome?.run.steps ?? {}).map(({ status }) => status)).toEqual(
      names.map(() => 'running'),
    )
    expect(JSON.stringify(plan).length).toBeLessThan(900_000)
  })

  it('[R90] cannot be left out', () => {
    const head = Buffer.from(encodeHead(ofSteps(states), sha256))
    const at = head.indexOf('"charge": {', head.indexOf('"steps": {\n')) + 20
    const given = { source: 'salvage', rejected: ['R90@charge'] }
    const { plan } = planFor({ head: head.subarray(0, at), journal: null }, given)
    expect(plan).toMatchObject({ ready: false })
    expect(plan.problems[0]).toContain('Nothing can be taken from salvage without this fix: ')
  })

  it('[R91] without a definition it is told how many there are', () => {
    const run = makeRun({ steps: states })
    const bare = { ...run, workflow: { ...run.workflow, definition: null } }
    const { plan, outcome } = cutAt(bare, '"charge": {', 40)
    expect(plan.inDoubt).toEqual(['charge'])
    expect(plan.lost).toMatchObject({ unnamed: 2 })
    expect(plan.lost?.sentence).toContain('2 steps are lost of which nothing tells the name')
    expect(outcome?.lost).toMatchObject({ unnamed: 2 })
    const salvaged = plan.sources.find(({ id }) => id === 'salvage')
    expect(salvaged?.loses.join(' ')).toContain('2 steps are lost')
  })
})

describe('records that are lost', () => {
  const whole = sound

  it('[R91] name the steps that so few of them can have begun', () => {
    // A whole line behind the last valid record: with the bytes of one, only `charge` can have begun in it.
    const kept = whole.lines.slice(0, 6).map(({ bytes }) => bytes)
    const bytes = Buffer.from(`${'x'.repeat(160)}\n`)
    const journal = Buffer.concat([...kept, bytes])
    const offset = journal.byteLength - bytes.byteLength
    const { plan } = planFor({ head: null, journal }, { lines: [{ offset, bytes }] })
    expect(plan.lost).toMatchObject({ maybe: ['charge'], records: 1, unnamed: 0 })
  })

  it('[R91] a last line that was cut while it was written is none: its step had not begun', () => {
    const journal = Buffer.concat([whole.journal, Buffer.from('{"seq":9,"at":"20')])
    expect(planFor({ ...whole, journal }).plan.lost).toBeNull()
  })

  it('[R91] an end that holds zeros may have been whole records', () => {
    const kept = Buffer.concat(whole.lines.slice(0, 6).map(({ bytes }) => bytes))
    const offset = kept.byteLength
    const bytes = Buffer.alloc(4096)
    const journal = Buffer.concat([kept, bytes])
    const { plan } = planFor({ head: null, journal }, { lines: [{ offset, bytes }] })
    expect(plan.lost).toMatchObject({ maybe: ['charge'], records: 27 })
  })

  it('[R91] nothing limits them where the journal is gone', () => {
    const head = filesOf(history.slice(0, 5)).head
    expect(planFor({ head, journal: null }).plan.lost).toMatchObject({ records: null })
  })

  it('[R92] a resume is ready only when somebody says that they know of it', () => {
    const run = ofSteps({ ...states, charge: makeStep('pending') }, { status: 'paused' })
    const lost = { maybe: ['charge', 'mail'], unnamed: 0, records: 4 }
    const asked = planOf({ run, definition, lost })
    expect(asked).toMatchObject({
      ready: false,
      loss: { steps: ['charge', 'mail'], accepted: false },
    })
    expect(asked.problems).toEqual([
      'A repair could not save everything. Up to 4 records are lost: 2 steps charge, mail may have run in them. Look at what they did, then say that you know of it.',
    ])
    expect(planOf({ run, definition, lost, acceptLoss: true })).toMatchObject({
      ready: true,
      loss: { accepted: true },
    })
    // What is not run again cannot be repeated.
    const over = { ...states, mail: makeStep('succeeded') }
    const done = ofSteps(over, { status: 'paused' })
    expect(planOf({ run: done, definition, lost }).loss).toBeNull()
  })
})
