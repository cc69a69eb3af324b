import { describe, expect, test } from 'vitest'
import { at, makeAttempt, makeRun, makeStep } from '../resume/makeRun.ts'
import { calm, told } from './makeFacts.ts'

const mebibytes = 1024 * 1024
const resting = makeRun({ status: 'failed' })

describe('the disk', () => {
  const full = 'no space left on device'

  test('[G46] [G52] a step that failed by it: how, with what is free now', () => {
    const around = { ...calm, freeBytes: 3_600_000_000 }
    expect(told({ run: failedWith(full), around }, 'G46')).toEqual([
      'G46 attention @build: build failed because the disk was full.',
      '  Error: no space left on device',
      '  Free now: 3,600 MB',
      '  cleanUp: Make room',
      '  log build.1',
    ])
    expect(told({ run: failedWith('open: read-only file system') }, 'G46')).toEqual([
      'G46 attention @build: build failed because the disk was read-only.',
      '  Error: open: read-only file system',
      '  openStep: Look at build | build',
      '  log build.1',
    ])
    expect(told({ run: failedWith('x'.repeat(3000), 'ENOSPC') }, 'G46')[1]).toBe(
      `  Error: ${'x'.repeat(2000)}`,
    )
  })

  test.each([
    ['ENOSPC: write', null, 'cleanUp: Make room'],
    ['write EDQUOT', null, 'cleanUp: Make room'],
    ['No Space Left On Device', null, 'cleanUp: Make room'],
    ['Disk quota exceeded', null, 'cleanUp: Make room'],
    ['it failed', 'EDQUOT', 'cleanUp: Make room'],
    ['it failed', 'EROFS', 'openStep: Look at build | build'],
    ['EROFS, open', null, 'openStep: Look at build | build'],
    ['Read-only file system', null, 'openStep: Look at build | build'],
  ])('[G46] %s (code %s) is a matter of the disk', (message, code, action) => {
    expect(told({ run: failedWith(message, code) }, 'G46')).toContain(`  ${action}`)
  })

  test('[G46] so it is while the step waits to be tried again', () => {
    const error = { name: 'Error', message: full, code: null, stack: null }
    const attempts = [makeAttempt(1, { outcome: 'failed', error })]
    const run = makeRun({ steps: { build: makeStep('waiting', { attempts }) } })
    expect(told({ run }, 'G46')[0]).toBe(
      'G46 attention @build: build failed because the disk was full.',
    )
  })

  test('[G46] other errors, and steps that say none, are no matter of the disk', () => {
    for (const message of ['MYENOSPCX', 'BEROFSX', 'no space', 'null'])
      expect(told({ run: failedWith(message) }, 'G46')).toEqual([])
    const silent = makeRun({ status: 'failed', steps: { build: makeStep('failed', { tries: 0 }) } })
    expect(told({ run: silent }, 'G46')).toEqual([])
  })

  test('[G46] a workspace that cannot be written, and one with less than 64 MiB', () => {
    const free = (freeBytes: number) =>
      told({ run: resting, around: { ...calm, freeBytes } }, 'G46')
    expect(told({ run: resting, around: { ...calm, readOnly: 'Owned by root.' } }, 'G46')).toEqual([
      'G46 attention: Nothing can be written here, so the run cannot go on: Owned by root.',
      '  Reason: Owned by root.',
      '  none: Nothing to do',
    ])
    expect(free(64 * mebibytes - 1)).toEqual([
      'G46 attention: Only 67 MB are free on the disk of this workspace.',
      '  Free: 67 MB',
      '  cleanUp: Make room',
    ])
    expect(free(64 * mebibytes)).toEqual([])
    expect(free(0)[0]).toEqual('G46 attention: Only 0 MB are free on the disk of this workspace.')
    expect(told({ run: resting }, 'G46')).toEqual([])
  })

  test('[G46] why this very process let go of a run, until another carries it', () => {
    expect(told({ ...letGo('ENOSPC'), liveness: 'interrupted' }, 'G46')).toEqual([
      'G46 stuck: It was not carried on: ENOSPC',
      '  Problem: ENOSPC',
      '  cleanUp: Make room',
    ])
    expect(told({ ...letGo('It broke.'), liveness: 'interrupted' }, 'G46')).toEqual([
      'G46 stuck: It was not carried on: It broke.',
      '  Problem: It broke.',
      '  none: Nothing to do',
    ])
    expect(told({ ...letGo('It broke.'), liveness: 'alive' }, 'G46')).toEqual([])
  })
})

describe('the clock', () => {
  test('[G47] a last change that lies more than two minutes ahead', () => {
    expect(ahead(at(32))).toEqual([])
    expect(ahead('2026-01-02T00:32:00.001Z')).toEqual([
      'G47 attention: Its last change lies 2 min ahead: this clock was set back, or another one is ahead.',
      '  Last change: 2026-01-02T00:32:00.001Z',
      '  This clock: 2026-01-02T00:30:00.000Z',
      '  openHistory: Look at its records',
    ])
    const done = makeRun({ status: 'completed', updatedAt: at(50) })
    expect(told({ run: done }, 'G47')).toEqual([])
  })

  test('[G47] a record that is older than the one before it', () => {
    const clockBack = { seq: 12, from: at(25), to: at(5) }
    expect(told({ run: resting, clockBack }, 'G47')).toEqual([
      'G47 attention: The clock was set back by 20 min before record 12 was written.',
      '  Record: 12',
      '  Before: 2026-01-02T00:25:00.000Z',
      '  After: 2026-01-02T00:05:00.000Z',
      '  openHistory: Look at its records',
    ])
    expect(told({ run: resting, clockBack: null }, 'G47')).toEqual([])
    expect(told({ run: makeRun({ status: 'cancelled' }), clockBack }, 'G47')).toEqual([])
  })
})

function failedWith(message: string, code: string | null = null) {
  const error = { name: 'Error', message, code, stack: null }
  const attempts = [makeAttempt(1, { outcome: 'failed', error })]
  return makeRun({ status: 'failed', steps: { build: makeStep('failed', { attempts }) } })
}

function letGo(carryProblem: string) {
  return { around: { ...calm, carryProblem } }
}

function ahead(updatedAt: string) {
  return told({ run: makeRun({ updatedAt }) }, 'G47')
}
