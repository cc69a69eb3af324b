import { expect, it } from 'vitest'
import type { CancelSignal } from '../../../../shared/cancel.ts'
import type { Handlers } from '../../../../shared/contract/contract.ts'
import { AppError } from '../../../../shared/errors.ts'
import { deferred } from '../../../contract/deferred.ts'
import { ref } from '../../../contract/samples.ts'
import { unstuck } from './cliDouble.ts'

/** Ctrl-C as a function. */
function keyboard() {
  const listeners = new Set<() => void>()
  return {
    press: () => {
      for (const listener of listeners) listener()
    },
    onInterrupt: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    listeners,
  }
}

async function aborted(signal: CancelSignal): Promise<never> {
  await new Promise<void>((resolve) => signal.addEventListener('abort', resolve, { once: true }))
  throw new AppError('cancelled', 'It was cancelled.')
}

it('[X8] Ctrl-C cancels what is called, and ends with 130', async () => {
  const { press, onInterrupt, listeners } = keyboard()
  const handlers: Partial<Handlers> = {
    'run.list': async (_, { signal }) => {
      setImmediate(press)
      return aborted(signal)
    },
  }

  const said = await unstuck(['list'], handlers, { onInterrupt })

  expect([said, listeners.size]).toEqual([
    { exit: 130, out: '', err: 'unstuck: It was cancelled.\n' },
    0,
  ])
})

it('[X8] the first Ctrl-C pauses the run, and its rest is waited for', async () => {
  const { press, onInterrupt } = keyboard()
  const rested = deferred()
  const handlers: Partial<Handlers> = {
    'run.start': async () => ({ ref }),
    'run.wait': async () => {
      setImmediate(press)
      await rested.promise
      return { status: 'paused', liveness: 'none', error: null }
    },
    'run.pause': async () => {
      rested.resolve()
      return { status: 'paused', observed: true }
    },
  }

  const { exit, out } = await unstuck(['run', 'flow.yaml'], handlers, { onInterrupt })

  expect(exit).toBe(9)
  expect(out).toContain('Pausing: what runs may end')
})

it('[X8] the second Ctrl-C cancels the run, and its end is waited for', async () => {
  const { press, onInterrupt } = keyboard()
  const ended = deferred()
  const reasons: unknown[] = []
  const handlers: Partial<Handlers> = {
    'run.start': async () => ({ ref }),
    'run.wait': async () => {
      setImmediate(() => {
        press()
        press()
      })
      await ended.promise
      return { status: 'cancelled', liveness: 'none', error: null }
    },
    'run.pause': async () => ({ status: 'running', observed: false }),
    'run.cancel': async ({ reason }) => {
      reasons.push(reason)
      ended.resolve()
      return { status: 'cancelled', observed: true }
    },
  }

  const { exit, out } = await unstuck(['run', 'flow.yaml'], handlers, { onInterrupt })

  expect([exit, reasons]).toEqual([130, ['cancelled from the command line']])
  expect(out).toContain('Cancelling.')
})

it('[X8] the third Ctrl-C stops waiting', async () => {
  const { press, onInterrupt } = keyboard()
  const handlers: Partial<Handlers> = {
    'run.start': async () => ({ ref }),
    'run.wait': async (_, { signal }) => {
      setImmediate(() => {
        press()
        press()
        press()
      })
      return aborted(signal)
    },
    'run.pause': async (_, { signal }) => aborted(signal),
    'run.cancel': async (_, { signal }) => aborted(signal),
  }

  const { exit, err } = await unstuck(['run', 'flow.yaml'], handlers, { onInterrupt })

  expect([exit, err]).toEqual([130, expect.stringContaining('Stopped waiting for run')])
})

it('[X8] a run that completed before the pause has completed', async () => {
  const { press, onInterrupt } = keyboard()
  const handlers: Partial<Handlers> = {
    'run.start': async () => ({ ref }),
    'run.wait': async () => {
      press()
      return { status: 'completed', liveness: 'none', error: null }
    },
    'run.pause': async () => {
      throw new AppError('invalid-input', 'It has ended already.')
    },
  }

  expect(await unstuck(['run', 'flow.yaml'], handlers, { onInterrupt })).toMatchObject({ exit: 0 })
})

it('[X8] a refused pause is told', async () => {
  const { press, onInterrupt } = keyboard()
  const refused = deferred()
  const handlers: Partial<Handlers> = {
    'run.start': async () => ({ ref }),
    'run.wait': async () => {
      press()
      await refused.promise
      return { status: 'failed', liveness: 'none', error: null }
    },
    'run.pause': async () => {
      refused.resolve()
      throw new AppError('locked', 'Run a is held by build-3.')
    },
  }

  expect(await unstuck(['run', 'flow.yaml'], handlers, { onInterrupt })).toMatchObject({
    exit: 5,
    err: 'unstuck: Run a is held by build-3.\n',
  })
})
