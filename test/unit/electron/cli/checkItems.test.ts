import { describe, expect, it } from 'vitest'
import type { CallOutput } from '../../../../shared/contract/contract.ts'
import { AppError } from '../../../../shared/errors.ts'
import { ref } from '../../../contract/samples.ts'
import { unstuck } from './cliDouble.ts'

type Page = CallOutput<'run.checkAll'>

function pageAt(offset: number, total: number): Page {
  const counts = { error: 0, warning: 0, info: 0 }
  const item: Page['items'][number] = {
    ref,
    item: `run-${offset}`,
    health: 'ok',
    counts,
    findings: [],
    problem: null,
  }
  const next = offset + 1
  return { items: [item], around: [], nextOffset: next < total ? next : null, total }
}

describe('check --json of a folder', () => {
  it('[I92] prints each item before it asks for the next', async () => {
    const out: string[] = []
    const printed: string[][] = []
    const said = await unstuck(
      ['check', '--json'],
      {
        'run.checkAll': async ({ offset }) => {
          printed.push(
            [...out.join('').matchAll(/"item": "([^"]+)"/g)].map(([, item]) => item ?? ''),
          )
          return pageAt(offset, 3)
        },
      },
      { stdout: { write: (text) => out.push(text) } },
    )

    expect(printed).toEqual([[], ['run-0'], ['run-0', 'run-1']])
    expect(said.exit).toBe(0)
    expect(JSON.parse(out.join(''))).toEqual({
      items: [0, 1, 2].flatMap((at) => pageAt(at, 3).items),
      around: [],
      nextOffset: null,
      total: 3,
      counts: { error: 0, warning: 0, info: 0 },
    })
  })

  it('[I92] is whole JSON also when the checking fails, or finds nothing to check', async () => {
    const failed = await unstuck(['check', '--json'], {
      'run.checkAll': async ({ offset }) => {
        if (offset === 1) throw new AppError('io', 'The disk is gone.')
        return pageAt(offset, 2)
      },
    })
    const empty = await unstuck(['check', '--json'], {
      'run.checkAll': async () => ({ ...pageAt(0, 1), items: [], total: 0 }),
    })

    expect([failed.exit, JSON.parse(failed.out)]).toMatchObject([
      expect.any(Number),
      { items: [{ item: 'run-0' }], error: { code: 'io', message: 'The disk is gone.' } },
    ])
    expect(failed.exit).not.toBe(0)
    expect(JSON.parse(empty.out)).toMatchObject({ items: [], total: 0 })
  })
})
