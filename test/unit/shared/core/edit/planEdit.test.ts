import { describe, expect, it } from 'vitest'
import { diff } from '../../../../../shared/core/diff/diff.ts'
import { createRun } from '../../../../../shared/core/run/createRun.ts'
import { replay } from '../../../../../shared/core/run/replay.ts'
import { runAsJson } from '../../../../../shared/schema/run.ts'
import { WorkflowDefinition } from '../../../../../shared/schema/workflow.ts'
import { began, journalOf, moment, recordOf, started, succeeded } from '../run/sampleRun.ts'
import { edited, failedRun, journal, plan, runOf, set, stepIn, whereItBegan } from './editedRuns.ts'

const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`

/** Why a value that is nested so deeply is refused at this path; null: it is taken. */
const deepAt = (path: string, levels: number) =>
  plan([{ kind: 'set', path, json: nested(levels) }]).plan.rows[0]?.problem?.sentence ?? null

describe('values', () => {
  it('[N1] any value in inputs, variables and outputs can be set, added, removed and renamed', () => {
    const run = edited([
      set('/inputs/amount', 42),
      set('/variables', { only: true }),
      { kind: 'rename', path: '/inputs/options/fast', name: 'quick' },
      { kind: 'add', path: '/inputs/options/tags/1', json: '"new"' },
      { kind: 'add', path: '/steps/read/output/lines/-', json: '4' },
      { kind: 'remove', path: '/steps/read/output/lines/0' },
      set('/steps/read/output/id', null),
    ])

    expect(run.inputs).toEqual({
      amount: 42,
      note: null,
      options: { quick: true, tags: ['a', 'new', 'b'] },
    })
    expect(run.variables).toEqual({ only: true })
    expect(run.steps).toMatchObject({ read: { output: { id: null, lines: [2, 3, 4] } } })
  })

  it.each([
    [set('/status', 'completed'), 'Only inputs, variables and outputs'],
    [set('/steps/read/status', 'failed'), 'Only inputs, variables and outputs'],
    [{ kind: 'remove', path: '/inputs' }, '/inputs has to stay'],
    [{ kind: 'remove', path: '/steps/read/output' }, 'has to stay'],
    [set('/variables', [1]), '/variables has to be an object'],
    [set('/steps/nobody/output', 1), 'The run has no step nobody'],
    [set('/inputs/nothing/here', 1), 'There is nothing at /inputs/nothing/here'],
    [{ kind: 'remove', path: '/variables/none' }, 'There is nothing at /variables/none'],
    [{ kind: 'add', path: '/variables/tries', json: '2' }, 'There is a key "tries" already'],
    [{ kind: 'rename', path: '/variables/tries', name: 'a/b~c' }, 'There is a key "a/b~c" already'],
    [{ kind: 'rename', path: '/steps/read/output/lines/0', name: 'x' }, 'have no names'],
    [set('/steps/read/output/lines/9', 1), 'The list has 3 items, so none can stand at 9.'],
    [set('/steps/read/output/lines/4', 1), 'so none can stand at 4.'],
    [set('/steps/read/output/lines/01', 1), 'so none can stand at 01.'],
    [set('/steps/read/output/lines/1x', 1), 'so none can stand at 1x.'],
    [set('/steps/read/output/lines/x1', 1), 'so none can stand at x1.'],
    [set('/inputs/amount/deep', 1), 'There is nothing at /inputs/amount/deep'],
    [set('/inputs/note/deep', 1), 'There is nothing at /inputs/note/deep'],
    [{ kind: 'add', path: '/inputs/none/x', json: '1' }, 'There is nothing at /inputs/none/x'],
    [{ kind: 'rename', path: '/inputs/none', name: 'x' }, 'There is nothing at /inputs/none'],
    [{ kind: 'rename', path: '/inputs', name: 'x' }, '/inputs has to stay'],
    [{ kind: 'rename', path: '/inputs/note', name: 'note' }, 'It is called "note" already.'],
    [set('/inputs', null), '/inputs has to be an object'],
    [set('/inputs', 'x'), '/inputs has to be an object'],
    [set('/steps/read', {}), 'Only inputs, variables and outputs'],
    [set('/steps', {}), 'Only inputs, variables and outputs'],
    [set('/workflow/read/output', {}), 'Only inputs, variables and outputs'],
    [{ kind: 'set', path: '/inputs/amount', json: 'nul' }, 'a value'],
  ])('[N1] %j is refused with its place and why', (edit, sentence) => {
    const { plan: shown, outcome } = plan([edit])

    expect(outcome).toBeNull()
    expect(shown.rows[0]?.problem?.path).toBe(edit.path)
    expect(shown.rows[0]?.problem?.sentence).toContain(sentence)
  })

  it('[N5] a value that would be too deep for a document is refused', () => {
    const deep = `${'['.repeat(995)}${']'.repeat(995)}`

    expect(plan([{ kind: 'set', path: '/variables/tries', json: deep }]).plan).toMatchObject({
      ready: false,
      rows: [{ problem: { sentence: expect.stringContaining('nested too deeply') } }],
    })
  })

  it('[N5] the deepest value that a document holds is taken, at its place', () => {
    const tooDeep = 'The value is nested too deeply: a run has at most 1000 levels.'

    expect([
      deepAt('/variables/tries', 990),
      deepAt('/variables/tries', 991),
      deepAt('/variables/__proto__/x', 989),
      deepAt('/variables/__proto__/x', 990),
    ]).toEqual([null, tooDeep, null, tooDeep])
  })

  it('[N1] an item is put at the end by its number as well, and a list may be an output', () => {
    const { steps } = edited([
      set('/steps/read/output/lines/3', 4),
      set('/steps/mail/output', [1]),
      set('/steps/mail/output/-', 2),
    ])
    expect(steps).toMatchObject({
      read: { output: { lines: [1, 2, 3, 4] } },
      mail: { output: [1, 2] },
    })
  })

  it('[N17] a pointer names exactly its key, whatever that is', () => {
    const run = edited([
      set('/variables/a~1b~0c', 2),
      set('/variables/__proto__/x', 3),
      { kind: 'rename', path: '/inputs/options/fast', name: '__proto__' },
    ])

    expect(Object.entries(run.variables)).toEqual([
      ['tries', 1],
      ['a/b~c', 2],
      ['__proto__', { x: 3 }],
    ])
    expect(Object.keys(Object(run.inputs['options']))).toEqual(['tags', '__proto__'])
    expect(Object.getPrototypeOf(run.variables)).toBe(Object.prototype)
  })

  it('[N6] an input that does not fit the typed inputs is refused by its name', () => {
    const { plan: shown } = plan([
      set('/inputs/amount', 0),
      set('/inputs/amont', 1),
      set('/inputs/note', 7),
    ])

    expect(shown.problems.map(({ path, sentence }) => [path, sentence])).toEqual([
      ['/inputs/amont', 'Input `amont` is not asked for. Did you mean `amount`?'],
      ['/inputs/amount', 'Input `amount`: expected a whole number, 1 or more, found 0.'],
      ['/inputs/note', 'Input `note`: expected a text, found 7.'],
    ])
  })

  it('[N6] an input that the workflow asks for is not taken away', () => {
    expect(plan([{ kind: 'remove', path: '/inputs/options' }]).plan.problems).toMatchObject([
      {
        path: '/inputs/options',
        sentence: expect.stringContaining('is asked for by the workflow'),
      },
    ])
  })

  it('[N6] an input that was wrong before does not stand in the way of another one', () => {
    const run = { ...failedRun, inputs: { ...failedRun.inputs, amount: -1 } }

    expect(plan([set('/inputs/note', 'fine')], { run }).plan.problems).toEqual([])
  })

  it('[N7] an output fits the form of its gate, and the size that is kept', () => {
    const gate = plan([{ kind: 'succeed', step: 'sign', json: '{"who": 7}' }]).plan
    const mail = plan([
      { kind: 'succeed', step: 'mail', json: JSON.stringify('é'.repeat(20)) },
    ]).plan

    expect(gate.problems).toMatchObject([
      { path: '/steps/sign/output', sentence: expect.stringContaining('expected a text, found 7') },
    ])
    expect(mail.problems).toMatchObject([
      { path: '/steps/mail/output', sentence: expect.stringContaining('has 42 bytes') },
    ])
  })
})

describe('steps', () => {
  it('[N9] a step is marked succeeded with an output, and its attempts stay', () => {
    const charge = stepIn(
      edited([{ kind: 'succeed', step: 'charge', json: '{"ok":true}' }]),
      'charge',
    )

    expect(charge).toMatchObject({ status: 'succeeded', output: { ok: true } })
    expect(charge.attempts).toEqual(stepIn(failedRun, 'charge').attempts)
  })

  it('[N9] a step is marked failed: what it failed with stands in an attempt of its own', () => {
    const run = edited([
      { kind: 'fail', step: 'read', message: 'wrong bill' },
      { kind: 'skip', step: 'each' },
    ])

    expect(stepIn(run, 'read')).toMatchObject({
      status: 'failed',
      output: null,
      attempts: [
        { number: 1, outcome: 'succeeded' },
        { number: 2, outcome: 'failed', error: { message: 'wrong bill' }, finishedAt: moment(100) },
      ],
    })
    expect(stepIn(run, 'each')).toMatchObject({ status: 'skipped', skippedBy: 'person' })
  })

  it('[N9] the open attempt is closed, and unfinished items are cancelled', () => {
    const run = runOf([
      ...journal.slice(0, 7),
      recordOf(
        {
          type: 'stepWaiting',
          step: 'each',
          waitingOn: { kind: 'items', total: 2 },
          items: ['x', 'y'],
        },
        8,
      ),
      recordOf(began('each[0]'), 9),
      recordOf(succeeded('each[0]'), 10),
      recordOf(began('each[1]'), 11),
    ])
    const { plan: shown, outcome } = plan([{ kind: 'succeed', step: 'each', json: '[1,2]' }], {
      run,
    })

    expect(outcome?.run.steps).toMatchObject({
      each: { status: 'succeeded', waitingOn: null },
      'each[0]': { status: 'succeeded' },
      'each[1]': { status: 'cancelled', attempts: [{ outcome: 'cancelled' }] },
    })
    expect(shown.rows[0]?.also).toEqual(['1 unfinished item of it is cancelled.'])
  })

  it('[N8] reset takes with it what depends on the step, and says so', () => {
    const { plan: shown, outcome } = plan([{ kind: 'reset', step: 'read' }])

    expect(shown.steps).toEqual([
      { step: 'read', before: 'succeeded', after: 'pending' },
      { step: 'charge', before: 'failed', after: 'pending' },
    ])
    expect(shown.rows[0]?.also).toEqual(['Reset with it, because it depends on it: charge.'])
    expect(stepIn(outcome?.run ?? failedRun, 'read')).toMatchObject({
      output: null,
      attempts: [{ number: 1 }],
    })
  })

  it('[N9] several items that had not ended are cancelled together, and counted', () => {
    const items = recordOf(
      {
        type: 'stepWaiting',
        step: 'each',
        waitingOn: { kind: 'items', total: 3 },
        items: ['x', 'y', 'z'],
      },
      8,
    )
    const run = runOf([...journal.slice(0, 7), items, recordOf(began('each[0]'), 9)])
    const skipped = plan([{ kind: 'skip', step: 'each' }], { run })
    const reset = plan([{ kind: 'reset', step: 'each' }], {
      run: edited([{ kind: 'skip', step: 'each' }], { run }),
    })

    expect(skipped.plan.rows[0]?.also).toEqual(['3 unfinished items of it are cancelled.'])
    expect(reset.plan.rows[0]?.also).toEqual(['3 items begin anew.'])
  })

  it('[N8] of very many steps that begin anew with it the first ten are named', () => {
    const names = Array.from({ length: 13 }, (_, index) => `s${index}`)
    const steps = names.map((name) => [name, { run: 'true', needs: ['read'] }])
    const definition = WorkflowDefinition.parse({
      name: 'payment',
      steps: { read: { run: 'cat bill' }, ...Object.fromEntries(steps) },
    })
    const base = createRun({ ...whereItBegan, definition, inputs: {} })
    const records = names.flatMap((name) => [began(name), succeeded(name, 1)])
    const run = runOf(
      journalOf(
        { type: 'runCreated', run: base },
        started,
        began('read'),
        succeeded('read', 1),
        ...records,
      ),
    )

    const { plan: shown } = plan([{ kind: 'reset', step: 'read' }], { run })

    expect(shown.rows[0]?.also).toEqual([
      `Reset with it, because it depends on it: ${names.slice(0, 10).join(', ')} and 3 more.`,
    ])
  })

  it('[N9] a step is not marked succeeded with an output that is no JSON', () => {
    const { plan: shown, outcome } = plan([{ kind: 'succeed', step: 'charge', json: '{"id":' }])

    expect(outcome).toBeNull()
    expect(JSON.stringify([shown.rows, shown.problems])).toContain('/steps/charge/output')
  })

  it('[N8] reset without what depends on it leaves that as it is, and warns', () => {
    const run = edited([{ kind: 'succeed', step: 'charge', json: '{}' }])
    const { plan: shown } = plan([{ kind: 'reset', step: 'read', dependents: false }], { run })

    expect(shown.steps).toEqual([{ step: 'read', before: 'succeeded', after: 'pending' }])
    expect(shown.warnings.map(({ sentence }) => sentence)).toContain(
      'charge went on from the result of read and would not run again.',
    )
  })

  it('[N10] of many steps that ran with an earlier value the first five are named', () => {
    const names = Array.from({ length: 7 }, (_, index) => `s${index}`)
    const steps = names.map((name) => [name, { command: ['pay', '${{ inputs.amount }}'] }])
    const definition = WorkflowDefinition.parse({
      name: 'payment',
      inputs: { amount: { type: 'integer' } },
      steps: Object.fromEntries(steps),
    })
    const base = createRun({ ...whereItBegan, definition, inputs: { amount: 1 } })
    const records = names.flatMap((name) => [began(name), succeeded(name, 1)])
    const run = runOf(journalOf({ type: 'runCreated', run: base }, started, ...records))

    const { plan: shown } = plan([set('/inputs/amount', 2)], { run })

    expect(shown.warnings.map(({ sentence }) => sentence)).toContain(
      's0, s1, s2, s3, s4 and 2 more ran with the earlier value and keep their result. Reset them to run with the new one.',
    )
  })

  it('[N10] of a run that has no definition nothing is said of steps that it would tell', () => {
    const run = { ...failedRun, workflow: { ...failedRun.workflow, definition: null } }
    const edits = [set('/inputs/amount', 2), { kind: 'reset', step: 'read', dependents: false }]

    const { plan: shown } = plan(edits, { run })

    expect(shown.warnings.map(({ sentence }) => sentence)).toEqual([
      'The run stays failed until it is resumed.',
    ])
  })

  it('[N10] a missing output that others look at is told, and forbids nothing', () => {
    const { plan: shown } = plan([{ kind: 'skip', step: 'charge' }])

    expect(shown.ready).toBe(true)
    expect(shown.warnings).toContainEqual({
      rule: 'N10',
      path: '/steps/charge',
      sentence: 'The output of charge is read by mail, and there would be none.',
    })
  })

  it('[N10] an effect that would happen twice, values that were used, results that wait are told', () => {
    const again = plan([{ kind: 'reset', step: 'charge' }]).plan
    const used = plan([set('/inputs/amount', 3)], {
      run: edited([{ kind: 'succeed', step: 'charge', json: '{}' }]),
    }).plan
    const waiting = plan([{ kind: 'fail', step: 'charge', message: 'no' }], {
      traces: { charge: { kind: 'finished', exitCode: 0 } },
    }).plan

    const said = [again, used, waiting].map(({ warnings }) =>
      warnings.map(({ sentence }) => sentence).join(' '),
    )
    expect(said[0]).toContain('charge may have had an effect outside already')
    expect(said[1]).toContain('charge ran with the earlier value')
    expect(said[2]).toContain('left its result')
  })
})

describe('the plan', () => {
  it('[N2] an edit that makes the run contradict itself is refused with the place', () => {
    const run = { ...failedRun, status: 'completed' as const, error: null }
    const { plan: shown, outcome } = plan([{ kind: 'reset', step: 'read' }], { run })

    expect(outcome).toBeNull()
    expect(shown.problems).toContainEqual({
      rule: 'I1',
      path: '/steps/read/status',
      sentence: 'The run is completed, but its step read is pending.',
    })
  })

  it('[N2] what contradicted itself before does not stand in the way', () => {
    const run = { ...failedRun, status: 'completed' as const, error: null }

    expect(plan([set('/variables/tries', 2)], { run }).plan.problems).toEqual([])
  })

  it('[N11] a run that is held, and a step whose process lives, are refused with who and what to do', () => {
    const held = plan([set('/variables/tries', 2)], { held: 'Process 7 holds it. Pause it first.' })
    const alive = plan([{ kind: 'skip', step: 'charge' }], {
      traces: { charge: { kind: 'alive', pid: 9 } },
    })

    expect(held.plan.problems).toMatchObject([
      { rule: 'N11', sentence: 'Process 7 holds it. Pause it first.' },
    ])
    expect(alive.plan.problems).toMatchObject([
      { rule: 'N11', path: '/steps/charge', sentence: expect.stringContaining('(9) still lives') },
    ])
    expect([held.outcome, alive.outcome]).toEqual([null, null])
  })

  it('[N12] what changed since the edits were staged is told, and whether each still applies', () => {
    const base = { seq: 4, run: runOf(journal.slice(0, 4)) }
    const { plan: shown, outcome } = plan(
      [set('/variables/tries', 9), { kind: 'skip', step: 'charge' }, set('/variables/a~1b~0c', 1)],
      { base },
    )

    expect(outcome).toBeNull()
    expect(shown.meanwhile).toMatchObject({ records: 6 })
    expect(shown.meanwhile?.changes?.map(({ path }) => path)).toContain('/steps/charge/status')
    expect(shown.rows.map(({ conflict }) => conflict)).toEqual([
      null,
      'The step charge changed meanwhile.',
      null,
    ])
  })

  it('[N12] an item of a list whose items moved may be another one', () => {
    const run = edited([{ kind: 'add', path: '/steps/read/output/lines/0', json: '2' }])
    const now = { ...run, journal: { ...run.journal, seq: run.journal.seq + 1 } }
    const base = { seq: failedRun.journal.seq, run: failedRun }
    const { plan: shown } = plan([set('/steps/read/output/lines/1', 7)], { run: now, base })

    expect(shown.rows[0]?.conflict).toMatch(/lines\/1 was 2 and is 1 now|Items of .*lines came/)
  })

  it('[N12] records that are not there any more are said to be gone', () => {
    const { plan: shown } = plan([set('/variables/tries', 2)], { base: { seq: 1, run: null } })

    expect(shown).toMatchObject({ ready: false, meanwhile: { records: 9, changes: null } })
  })

  it('[N13] edits that change nothing are no edit', () => {
    expect(plan([set('/variables/tries', 1)]).plan).toMatchObject({
      ready: false,
      problems: [{ rule: 'N13' }],
    })
  })

  it('[N14] the record that is written leaves the run that was shown', () => {
    const { outcome } = plan([
      set('/inputs/options', { tags: [] }),
      { kind: 'reset', step: 'read' },
      { kind: 'succeed', step: 'sign', json: '{"who":"ada"}' },
    ])
    const record = recordOf({ type: 'edited', patch: outcome?.patch, by: 'ada', reason: 'why' }, 11)

    const after = replay([record], { from: failedRun })

    const { changes } = diff(runAsJson(after ?? failedRun), runAsJson(outcome?.run ?? failedRun))
    expect(changes.map(({ path }) => path)).toEqual(['/updatedAt', '/journal/seq', '/journal/sum'])
  })

  it('[N14] a run that waited for the step alone does not wait any more', () => {
    const waiting = runOf([
      ...journal.slice(0, 7),
      recordOf(
        { type: 'stepWaiting', step: 'sign', waitingOn: { kind: 'time', until: moment(9) } },
        8,
      ),
    ])

    expect(waiting.status).toBe('waiting')
    expect(edited([{ kind: 'skip', step: 'sign' }], { run: waiting }).status).toBe('running')
  })
})
