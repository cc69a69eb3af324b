import { expect, test } from 'vitest'
import { createReconnectingClient } from '../../../../shared/rpc/createReconnectingClient.ts'
import { AppError } from '../../../../shared/errors.ts'
import { dialled, until } from '../../renderer/state/hostWith.ts'

/** A host that can go away, and a clock that is moved by hand. */
function world() {
  let isUp = true
  let refused: AppError | null = null
  let dials = 0
  let server: ReturnType<typeof dialled>['server'] | null = null
  const waiting: (() => void)[] = []
  const client = createReconnectingClient({
    open: async () => {
      dials += 1
      if (!isUp) throw new AppError('io', 'Nobody answers.')
      const made = dialled({
        'trash.list': async () => ({ entries: [], nextOffset: null, total: 0, sizeBytes: 0 }),
      })
      server = made.server
      return made.channel
    },
    after: (_, action) => {
      waiting.push(action)
      return () => undefined
    },
    refusal: () => refused,
  })
  return {
    client,
    dials: () => dials,
    emit: () => server?.emit('runs.changed', { runs: ['a'] }),
    goDown: () => {
      isUp = false
      server?.close()
    },
    comeBack: () => void (isUp = true),
    refuse: (error: AppError) => void (refused = error),
    waitIsOver: () => waiting.splice(0).forEach((action) => action()),
    isWaiting: () => waiting.length > 0,
  }
}

const list = (client: ReturnType<typeof createReconnectingClient>) => client.call('trash.list', {})

test('a call made before the first connection waits for it', async () => {
  await expect(list(world().client)).resolves.toEqual({
    entries: [],
    nextOffset: null,
    total: 0,
    sizeBytes: 0,
  })
})

test('while the connection is lost, calls fail at once and the state says so', async () => {
  const { client, goDown } = world()
  const states: string[] = []
  client.onState((state) => states.push(state))
  await list(client)
  goDown()
  await until(() => states.length > 0)
  expect(states).toEqual(['lost'])
  await expect(list(client)).rejects.toMatchObject({ code: 'io' })
})

test('it dials again until the host is back, and then says that anything may have changed', async () => {
  const { client, goDown, comeBack, waitIsOver, isWaiting } = world()
  const told: unknown[] = []
  const states: string[] = []
  client.on('runs.changed', (value) => told.push(value))
  client.onState((state) => states.push(state))
  await list(client)
  goDown()
  await until(isWaiting)
  waitIsOver()
  await until(isWaiting)
  comeBack()
  waitIsOver()
  await until(() => states.at(-1) === 'connected')
  await expect(list(client)).resolves.toEqual({
    entries: [],
    nextOffset: null,
    total: 0,
    sizeBytes: 0,
  })
  expect(told).toEqual([{ runs: null }])
})

test('events reach their listeners over every connection, until they unsubscribe', async () => {
  const { client, emit } = world()
  const told: unknown[] = []
  const stop = client.on('runs.changed', (value) => told.push(value))
  await list(client)
  emit()
  await until(() => told.length === 1)
  stop()
  emit()
  await list(client)
  expect(told).toEqual([{ runs: ['a'] }])
})

test('a refused page does not dial again, and every call says why', async () => {
  const { client, goDown, refuse, isWaiting, dials } = world()
  const states: string[] = []
  client.onState((state) => states.push(state))
  await list(client)
  refuse(new AppError('invalid-input', 'The token is wrong.'))
  goDown()
  await until(() => states.length > 0)
  await expect(list(client)).rejects.toThrow('The token is wrong.')
  expect(isWaiting()).toBe(false)
  expect(dials()).toBe(1)
})
