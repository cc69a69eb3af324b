import { expect, test } from 'vitest'
import { errorCommand } from '../../../../renderer/state/actionCommands.ts'
import { createErrorsStore } from '../../../../renderer/state/errorsStore.ts'
import { decodeRoute } from '../../../../renderer/state/decodeRoute.ts'
import { encodeRoute, errorsRoute } from '../../../../renderer/state/route.ts'
import type { HandlerInput } from '../../../../shared/contract/contract.ts'
import type { ErrorDetail } from '../../../../shared/contract/errors.ts'
import { AppError } from '../../../../shared/errors.ts'
import type { ErrorDecision } from '../../../../shared/schema/errorGroup.ts'
import { hostWith, until } from './hostWith.ts'

const nowMs = Date.parse('2026-01-02T03:04:05.678Z')
const none = { state: null, text: '' } as const

function detailOf(error: string): ErrorDetail {
  const standing = {
    state: 'open',
    since: null,
    again: null,
    sentence: '',
    solvedBy: null,
  } as const
  return {
    id: `id of ${error}`,
    error,
    left: 1,
    runs: 1,
    firstAt: null,
    lastAt: null,
    standing,
    filter: [],
    step: null,
    message: null,
    bars: null,
    workflows: [],
    examples: [],
    newest: null,
    tries: [],
    triesTotal: 0,
    said: null,
  }
}

function start(chosen: string | null, isKept = true) {
  const decided: HandlerInput<'error.decide'>[] = []
  const listed: HandlerInput<'error.list'>[] = []
  const host = hostWith({
    'error.list': async (input) => {
      listed.push(input)
      return {
        groups: [detailOf('a'), detailOf('b')],
        total: 2,
        counts: { open: 2, resolved: 0, muted: 0 },
      }
    },
    'error.get': async ({ error }) => detailOf(error),
    'error.decide': async (input) => {
      decided.push(input)
      if (!isKept) throw new AppError('locked', 'Another process decides.')
      return { said: null, observed: true }
    },
  })
  const store = createErrorsStore(host.client, { filter: none, chosen }, () => nowMs)
  const close = store.getState().open()
  const shown = (): string | null => {
    const { detail } = store.getState()
    return detail.kind === 'ready' ? detail.value.error : null
  }
  return { host, store, close, decided, listed, shown }
}

test('[L231] the first error is looked at where none is chosen, and another one once it is', async () => {
  const { store, close, shown } = start(null)
  await until(() => shown() === 'a')
  store.getState().choose('b')
  await until(() => shown() === 'b')
  close()
})

test('[L231] how long an error is muted counts from now, and the list is read again', async () => {
  const { store, close, decided, listed, shown } = start('a')
  await until(() => shown() === 'a')
  const before = listed.length
  const muted = { kind: 'muted', more: 3, forMs: 60_000 } as const

  expect(await store.getState().decide('a', muted, 'known')).toBe(true)

  const decision: ErrorDecision = { kind: 'muted', more: 3, until: '2026-01-02T03:05:05.678Z' }
  expect(decided).toEqual([{ error: 'a', decision, reason: 'known' }])
  expect(listed.length).toBeGreaterThan(before)
  close()
})

test('[L231] what is not kept is told, and is no decision', async () => {
  const { store, close, shown } = start('a', false)
  await until(() => shown() === 'a')
  expect(await store.getState().decide('a', { kind: 'resolved' }, null)).toBe(false)
  expect(store.getState().problem?.code).toBe('locked')
  close()
})

test('[L231] the address says which error, whatever letters it has, and what the list is narrowed to', () => {
  const route = { ...errorsRoute('load: GET <url> answered <n>/100% #?'), state: 'muted' } as const
  expect(decodeRoute(encodeRoute(route))).toEqual(route)
  expect(decodeRoute('#/errors')).toEqual(errorsRoute())
})

test('[L231] what is said of an error can be said on a command line', () => {
  expect(errorCommand('mute', '3f2a9c01be', { more: 3, days: 0.125, reason: 'known outage' })).toBe(
    "unstuck errors mute 3f2a9c01be --more 3 --until 3h --reason 'known outage'",
  )
  expect(errorCommand('resolve', '3f2a9c01be')).toBe('unstuck errors resolve 3f2a9c01be')
})
