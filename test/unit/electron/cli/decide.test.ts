import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CallInput } from '../../../../shared/contract/contract.ts'
import { StepId } from '../../../../shared/schema/ids.ts'
import { detailOf, listOf, rowOf, unstuck, type Said } from './cliDouble.ts'

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'unstuck-decide-'))
})
afterEach(() => rmSync(cwd, { recursive: true }))

const waiting = {
  id: StepId.parse('ask'),
  title: null,
  status: 'waiting',
  needs: [],
  attempts: [],
  sideEffects: 'none',
  skippedBy: null,
  inDoubt: false,
  startedAt: null,
  finishedAt: null,
  waitingOn: {
    kind: 'gate',
    since: '2026-01-02T03:04:05.678Z',
    who: null,
    fields: { text: { type: 'text' }, amount: { type: 'integer' } },
  },
} as const

async function approve(...argv: readonly string[]): Promise<Said & { readonly said: unknown }> {
  const decided: CallInput<'run.decide'>[] = []
  const said = await unstuck(
    ['approve', 'latest', ...argv],
    {
      'run.list': listOf([rowOf('gate-1')]),
      'run.get': async () => detailOf({}),
      'run.steps': async () => ({ steps: [{ ...waiting, needs: [], attempts: [] }], total: 1 }),
      'run.decide': async (input) => {
        decided.push(input)
        return { status: 'running', observed: true }
      },
    },
    { cwd },
  )
  return { ...said, said: decided.map(({ values }) => values) }
}

describe('an approval', () => {
  it('[X28] takes a value from a file as a start does', async () => {
    writeFileSync(join(cwd, 'note.txt'), 'all\nwell')
    const { said, exit } = await approve('--value', 'text=@note.txt', '--value', 'amount=3')
    expect([exit, said]).toEqual([0, [{ text: 'all\nwell', amount: 3 }]])
    expect((await approve('--value', 'text=@@ada')).said).toEqual([{ text: '@ada' }])
  })

  it('[X28] says which file is not there, and decides nothing', async () => {
    const { said, err, exit } = await approve('--value', 'text=@nowhere.txt')
    expect([exit, said]).toEqual([3, []])
    expect(err).toContain('--value text: there is no file nowhere.txt.')
  })
})
