import { expect, test } from 'vitest'
import { awf } from '../../../../../../../shared/core/formats/awf/awf.ts'
import type { FileSet } from '../../../../../../../shared/core/formats/format.ts'
import type { Run } from '../../../../../../../shared/schema/run.ts'
import { awfText, context, sampleSet, samples, sampleText, setOf, type Sample } from '../awfSets.ts'

const workflows: Partial<Record<Sample, string>> = { cancelled: 'nofail' }

function roundTrip(
  sample: Sample,
  change: (run: Run) => Run = (run) => run,
  damage: (text: string) => string = (text) => text,
): string {
  const set: FileSet = setOf(samples[sample][0], damage(sampleText(sample)))
  const definition = awfText(`sets/awf/workflows/${workflows[sample] ?? 'deploy'}.yaml`)
  const made = awf.toRun(set, { definition, commands: {}, id: 'imported' }, context)
  if (made.kind === 'refused') throw new Error(made.problems.join(' '))
  const back = awf.fromRun(set, change(made.run), context)
  if (back.kind === 'refused') throw new Error(back.problems.join(' '))
  expect(back.changes.map(({ path }) => path)).toEqual([set.document])
  return back.changes[0]?.text ?? ''
}

test.each(['failed', 'completed', 'resumed', 'cancelled', 'pending', 'old'] as const)(
  '[F45] %s, imported and exported unmodified, is byte for byte the original',
  (sample) => {
    expect(roundTrip(sample)).toBe(sampleText(sample))
  },
)

const never = (text: string) =>
  text.replace('2026-11-21T08:36:48.040450878Z', '0001-01-01T00:00:00Z')

test('[F45] also a state without an end of a step goes back as it was', () => {
  expect(roundTrip('failed', (run) => run, never)).toBe(never(sampleText('failed')))
})

test('[F45] an edited input, status and output are patched in, and nothing else save the times', () => {
  const text = roundTrip('failed', (run) => ({
    ...run,
    status: 'cancelled',
    inputs: { ...run.inputs, env: 'a<b', replicas: 3 },
    steps: { ...run.steps, build: { ...run.steps['build' as never], output: 'built' } as never },
  }))
  const rows = sampleText('failed').split('\n')
  expect(text.split('\n').flatMap((row, index) => (row === rows[index] ? [] : [row]))).toEqual([
    '  "Status": "cancelled",',
    '  "CurrentStep": "test",',
    String.raw`    "env": "a\u003cb",`,
    '    "replicas": 3',
    String.raw`      "Output": "built\n",`,
    '  "UpdatedAt": "2026-11-21T08:36:48.044Z",',
    '  "CompletedAt": "2026-11-21T08:36:48.044Z",',
  ])
})

function finished(run: Run): Run {
  return {
    ...run,
    steps: {
      ...run.steps,
      test: {
        status: 'succeeded',
        output: 'ok',
        waitingOn: null,
        skippedBy: null,
        attempts: [
          {
            number: 2,
            startedAt: '2026-11-22T01:00:00.500Z',
            finishedAt: '2026-11-22T01:00:01.000Z',
            outcome: 'succeeded',
            error: null,
            exitCode: 0,
            process: null,
          },
        ],
      },
    } as Run['steps'], // ids of steps in a test
  }
}

test('[F45] a new result has the keys that its version writes, in their order', () => {
  const text = roundTrip('old', finished)
  expect(text).toContain(
    `    "test": {
      "Name": "test",
      "Status": "completed",
      "Output": "ok\\n",
      "Stderr": "",
      "ExitCode": 0,
      "Attempt": 2,
      "Error": "",
      "StartedAt": "2026-11-22T01:00:00.5Z",
      "CompletedAt": "2026-11-22T01:00:01Z"
    }`,
  )
})

test('[F45] a run that was not imported from this state is refused', () => {
  const made = awf.read(sampleSet('failed'), context).run
  if (made === null) throw new Error('It reads.')
  expect(awf.fromRun(sampleSet('failed'), made, context).kind).toBe('refused')
  const other = {
    ...made,
    importedFrom: { format: 'awf', id: 'x', document: 'x', ends: {}, added: [] },
  }
  expect(awf.fromRun(sampleSet('failed'), other, context)).toMatchObject({
    problems: [expect.stringContaining('was imported from x') as string],
  })
})
