import { afterEach, describe, expect, test } from 'vitest'
import { isCheckpointDue } from '../../../../electron/executor/checkpointPolicy.ts'
import type { Settings } from '../../../../shared/schema/settings.ts'
import { createWorkbench, type Workbench } from './workbench.ts'

let bench: Workbench | null = null
afterEach(async () => {
  await bench?.close()
  bench = null
})

async function writesOf(checkpoint: Settings['checkpoint']): Promise<readonly string[]> {
  const writes: string[] = []
  bench = await createWorkbench({
    checkpoint,
    wrapWriter: (writer) => ({
      ...writer,
      append: (bodies, how) => {
        const types = bodies.map(({ type }) => type).join(' ')
        writes.push(`${types}${how.durable ? ' (durable)' : ''}`)
        return writer.append(bodies, how)
      },
    }),
  })
  await bench.run({
    safe: { run: 'true', sideEffects: 'idempotent' },
    pay: { run: 'true', needs: ['safe'], sideEffects: 'external' },
    undeclared: { run: 'false', needs: ['pay'] },
  })
  return writes.slice(1)
}

function due(frequency: Settings['checkpoint']['frequency'], interval: number): readonly boolean[] {
  return [1, 2, 3].map((steps) =>
    isCheckpointDue({ frequency, interval }, { steps, ms: steps * 1000 }),
  )
}

describe('what is on disk before anything depends on it', () => {
  test('[E17] intents and results of external steps, checkpoints, and the end', async () => {
    expect(await writesOf({ frequency: 'manual', interval: 1 })).toEqual([
      'stepStarted',
      'stepSucceeded',
      'stepStarted (durable)',
      'stepSucceeded (durable)',
      'stepStarted (durable)',
      'stepFailed (durable)',
      'runFailed (durable)',
      'keyframe (durable)',
    ])
  })

  test('[E17] every step that succeeds, where each makes a checkpoint', async () => {
    expect((await writesOf({ frequency: 'every_step', interval: 1 })).slice(0, 4)).toEqual([
      'stepStarted',
      'stepSucceeded checkpoint (durable)',
      'stepStarted (durable)',
      'stepSucceeded checkpoint (durable)',
    ])
  })

  test('[E17] checkpoints come as often as the settings say', () => {
    expect(due('every_step', 5)).toEqual([true, true, true])
    expect(due('every_n_steps', 2)).toEqual([false, true, true])
    expect(due('time_based', 3)).toEqual([false, false, true])
    expect(due('on_gates', 1)).toEqual([false, false, false])
    expect(due('manual', 1)).toEqual([false, false, false])
  })
})
