import { readFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { taskRunner } from '../../../../shared/core/formats/taskRunner/taskRunner.ts'
import { createWorkbench, type Workbench } from '../executor/workbench.ts'
import { formatContext, oneFile, resumeImported, statusesOf, writeImported } from './importedRun.ts'

let bench: Workbench
afterEach(() => bench.close())

test('[F180] an imported snapshot does what had failed or was skipped, and repeats no task that succeeded', async () => {
  bench = await createWorkbench()
  const text = readFileSync(
    new URL('../../../fixtures/foreign/task-runner/snapshot.failed.json', import.meta.url),
    'utf8',
  )
  const set = oneFile('tasks/snapshot.failed.json', text)
  const commands = Object.fromEntries(
    ['notify-slack', 'train-model', 'evaluate', 'send-email', 'charge-card', 'report'].map(
      (task) => [task, `echo ${task} >> done; echo ${task} again`],
    ),
  )
  const made = taskRunner.toRun(set, { definition: null, commands, id: 'imported' }, formatContext)
  const run = await writeImported(bench, made)
  expect(taskRunner.fromRun(set, run, formatContext)).toMatchObject({ changes: [{ text }] })

  const completed = await resumeImported(bench, run)
  expect([completed.status, statusesOf(completed)]).toEqual([
    'completed',
    {
      'cleanup-tmp': 'skipped',
      'fetch-data': 'succeeded',
      'notify-slack': 'succeeded',
      'train-model': 'succeeded',
      evaluate: 'succeeded',
      'send-email': 'succeeded',
      'charge-card': 'succeeded',
      'after-notify': 'succeeded',
      report: 'succeeded',
    },
  ])
  const done = (await bench.text('done')).trim().split('\n')
  expect(done.toSorted()).toEqual(
    ['notify-slack', 'train-model', 'evaluate', 'send-email', 'report'].toSorted(),
  )
  expect(done.indexOf('train-model')).toBeLessThan(done.indexOf('evaluate'))
  expect(done.indexOf('evaluate')).toBeLessThan(done.indexOf('send-email'))

  const back = taskRunner.fromRun(set, completed, formatContext)
  if (back.kind === 'refused') throw new Error(back.problems.join(' '))
  const results: unknown = JSON.parse(back.changes[0]?.text ?? '')
  expect(results).toMatchObject({
    'cleanup-tmp': { status: 'skipped', message: 'Skipped by condition evaluation.' },
    'train-model': { status: 'success', data: 'train-model again' },
    'charge-card': { status: 'success', data: { chargeId: 'ch_1' } },
    report: { status: 'success', data: 'report again' },
  })
  expect(
    taskRunner.read(oneFile('a.json', back.changes[0]?.text ?? ''), formatContext).findings,
  ).toEqual([])
})
