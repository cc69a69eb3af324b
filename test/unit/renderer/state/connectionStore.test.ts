import { expect, test } from 'vitest'
import { createDoubts } from '../../../../renderer/client/createDoubts.ts'
import { createConnectionStore } from '../../../../renderer/state/connectionStore.ts'
import { createWorkspaceStore } from '../../../../renderer/state/workspaceStore.ts'
import { AppError } from '../../../../shared/errors.ts'
import { createReconnectingClient } from '../../../../shared/rpc/createReconnectingClient.ts'
import { workspace } from '../../../contract/samples.ts'
import { dialled, until } from './hostWith.ts'

const lostAtMs = new Date(2026, 0, 2, 3, 12).getTime()
const facts = {
  hostName: 'build-7',
  user: 'flows',
  isRemote: true,
  address: null,
  people: { total: 1, shown: [] },
}

/** A host that can go away, with a client that finds it again. */
function world() {
  let server: ReturnType<typeof dialled>['server'] | null = null
  const under: { end: () => void } = { end: nothing }
  const said: (string | null)[] = []
  const waiting: (() => void)[] = []
  const doubts = createDoubts()
  const client = doubts.watch(
    createReconnectingClient({
      open: async () => {
        const made = dialled({
          'workspace.get': async () => workspace,
          'connection.get': async () => facts,
          'connection.active': async ({ name }) => {
            said.push(name)
            return {}
          },
          'workspace.trust': () => new Promise((_, reject) => (under.end = () => reject(gone()))),
        })
        server = made.server
        return made.channel
      },
      after: (_, action) => {
        waiting.push(action)
        return () => undefined
      },
    }),
  )
  return {
    client,
    doubts,
    said,
    goDown: () => {
      server?.close()
      under.end()
    },
    comeBack: () => waiting.splice(0).forEach((action) => action()),
  }
}

function nothing(): void {}

function gone(): AppError {
  return new AppError('io', 'It is gone.')
}

test('[I99] while the connection is lost what was known stays, and nothing can be changed, with the reason', async () => {
  const { client, goDown, comeBack } = world()
  const store = createWorkspaceStore(client, () => lostAtMs)
  store.getState().open()
  await until(() => store.getState().workspace.kind === 'ready')

  goDown()
  await until(() => store.getState().lostSinceMs !== null)
  const lost = store.getState().workspace
  comeBack()
  await until(() => {
    const { workspace: now } = store.getState()
    return now.kind === 'ready' && now.value.writable
  })

  expect(lost).toMatchObject({
    kind: 'ready',
    value: {
      name: workspace.name,
      writable: false,
      readOnlyReason: 'Not connected since 03:12. What you see is from then.',
    },
  })
  expect(store.getState().lostSinceMs).toBeNull()
})

test('[I99] a change that was under way is kept as in doubt until it was seen, and a name is said again', async () => {
  const { client, doubts, said, goDown, comeBack } = world()
  const keeper = new Map<string, string>()
  const store = createConnectionStore(client, {
    nowMs: () => lostAtMs,
    keeper: {
      getItem: (key) => keeper.get(key) ?? null,
      setItem: (key, value) => void keeper.set(key, value),
    },
    onDoubt: doubts.onDoubt,
  })
  store.getState().open()
  store.getState().setName(' Ada ')
  await until(() => said.includes('Ada') && store.getState().facts !== null)
  const changed = client.call('workspace.trust', { trusted: true })
  const refused = expect(changed).rejects.toMatchObject({ code: 'in-doubt' })
  await client.call('workspace.get', {})

  goDown()
  await refused
  const { link, inDoubt, sinceMs } = store.getState()
  comeBack()
  await until(() => said.length === 3)
  store.getState().forgetDoubts()

  expect({ link, inDoubt, sinceMs }).toEqual({
    link: 'lost',
    inDoubt: [{ call: 'workspace.trust', document: null, atMs: lostAtMs }],
    sinceMs: lostAtMs,
  })
  expect(store.getState()).toMatchObject({ link: 'connected', inDoubt: [], facts })
  expect(said).toEqual([null, 'Ada', 'Ada'])
})
