import { describe, expect, it } from 'vitest'
import { deriveLiveness } from '../../../../../shared/core/diagnose/deriveLiveness.ts'
import { makeRun, type RunParts } from '../resume/makeRun.ts'

const holders = ['alive', 'gone', 'unknown', null] as const

function row(given: RunParts) {
  return holders.map((holder) => deriveLiveness(makeRun(given), holder))
}

describe('deriveLiveness', () => {
  it.each(['completed', 'failed', 'cancelled', 'paused'] as const)(
    '[G32] a run that is %s needs no process, whoever holds it',
    (status) => {
      expect(row({ status })).toEqual(['none', 'none', 'none', 'none'])
    },
  )

  it.each(['running', 'waiting'] as const)(
    '[G32] a run that is %s without a living process was interrupted',
    (status) => {
      expect(row({ status })).toEqual(['alive', 'interrupted', 'unknown', 'interrupted'])
    },
  )

  it('[B43] what a thread asks waits for its program, unless a process holds it', () => {
    expect(row({ kind: 'thread', status: 'waiting' })).toEqual(['alive', 'none', 'unknown', 'none'])
    expect(row({ kind: 'thread', status: 'running' })[3]).toBe('interrupted')
  })

  it('[G32] a run that was never started waits for nobody', () => {
    expect(row({ status: 'pending' })).toEqual(['alive', 'none', 'unknown', 'none'])
  })

  it('[G32] what cannot be read is held by whoever holds its lock', () => {
    expect(holders.map((holder) => deriveLiveness(null, holder))).toEqual([
      'alive',
      'none',
      'unknown',
      'none',
    ])
  })
})
