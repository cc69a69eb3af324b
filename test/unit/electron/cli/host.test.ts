import { expect, it } from 'vitest'
import { hostFacts } from '../../../contract/hostFacts.ts'
import { hostWith, unstuck } from './cliDouble.ts'

it('[X26] host shows each cut batch row by row, and what needs a look first', async () => {
  const { exit, out } = await unstuck(['host'], { 'host.get': async () => hostFacts({ cut: 1 }) })

  expect(exit).toBe(0)
  expect(out).toContain(
    'Cut: batch 1, cleanup.apply, 2026-01-02 03:04:05 UTC by ada, cut: 1 of 3 done, 1 to be looked at, 1 not reached',
  )
  const rows = out.split('\n').filter((line) => /^ +\S+ +etl-\d/.test(line))
  expect(rows.map((line) => line.trim().split(/\s+/).slice(0, 2))).toEqual([
    ['unfinished', 'etl-2'],
    ['not-reached', 'etl-3'],
    ['done', 'etl-1'],
  ])
})

it('[X26] host --dismiss forgets all, or the one batch that is named', async () => {
  const asked: unknown[] = []
  const given = {
    'host.dismiss': async (input: unknown) => {
      asked.push(input)
      return hostFacts({ cut: 0 })
    },
  }
  await unstuck(['host', '--dismiss'], given)
  await unstuck(['host', '--dismiss', '--batch', '3', '--json'], given)

  expect(asked).toEqual([{ batches: null }, { batches: [3] }])
})

it('[X27] the state file is the one that is named, else that of the environment, else none', async () => {
  const files: unknown[] = []
  const given = { 'host.get': async () => hostFacts({ cut: 0 }) }
  const createHost = async ({ stateFile }: { readonly stateFile?: string }) => {
    files.push(stateFile)
    return hostWith(given)
  }
  const env = { UNSTUCK_STATE_FILE: '/var/state.json' }
  await unstuck(['host', '--state-file', 'own.json'], given, { createHost, env })
  await unstuck(['host'], given, { createHost, env })
  await unstuck(['host'], given, { createHost })
  await unstuck(['host'], given, { createHost, env: { UNSTUCK_STATE_FILE: '' } })

  expect(files).toEqual(['/flows/own.json', '/var/state.json', undefined, undefined])
})

it('[X26] a file that cannot be used is told with what to do', async () => {
  const { stateFile, ...facts } = hostFacts({ cut: 0 })
  if (stateFile === null) throw new Error('The double has a state file.')
  const shared = {
    ...stateFile,
    use: 'shared' as const,
    problem: 'Process 9 on b keeps its state.',
  }
  const given = { 'host.get': async () => ({ ...facts, stateFile: shared }) }
  const { out } = await unstuck(['host'], given)

  expect(out).toContain('kept by another host')
  expect(out).toContain('Process 9 on b keeps its state.')
})
