import { expect, test } from 'vitest'
import { createWorkspaceStore, lockedBundle } from '../../../../renderer/state/workspaceStore.ts'
import { AppError } from '../../../../shared/errors.ts'
import { hostWith, until } from './hostWith.ts'

function workspace(trusted: boolean) {
  return {
    id: 'w',
    name: 'flows',
    path: '/flows',
    document: null,
    writable: true,
    readOnlyReason: null,
    trusted,
    isSample: false,
    application: { version: '0.1.0', host: 'browser' as const },
    settingsProblem: null,
  }
}

test('trust is shown as the host answers it, and the question closes', async () => {
  const host = hostWith({
    'workspace.get': async () => workspace(false),
    'workspace.trust': async ({ trusted }) => workspace(trusted),
  })
  const store = createWorkspaceStore(host.client, () => 0)
  await store.getState().refresh()
  store.getState().askTrust(true)
  await store.getState().setTrust(true)
  const { workspace: shown, asksTrust } = store.getState()
  expect(shown.kind === 'ready' && shown.value.trusted).toBe(true)
  expect(asksTrust).toBe(false)
})

test('refused trust keeps the question open with its reason', async () => {
  const host = hostWith({
    'workspace.get': async () => workspace(false),
    'workspace.trust': async () => {
      throw new AppError('read-only', 'This connection is read-only.')
    },
  })
  const store = createWorkspaceStore(host.client, () => 0)
  await store.getState().refresh()
  store.getState().askTrust(true)
  await store.getState().setTrust(true)
  expect(store.getState().asksTrust).toBe(true)
  expect(store.getState().trustProblem?.message).toBe('This connection is read-only.')
})

test('a lost connection is shown with since when', async () => {
  const host = hostWith({ 'workspace.get': async () => workspace(true) })
  const store = createWorkspaceStore(host.client, () => 1234)
  store.getState().open()
  await until(() => store.getState().workspace.kind === 'ready')
  expect(store.getState().lostSinceMs).toBe(null)
  host.close()
  await until(() => store.getState().lostSinceMs !== null)
  expect(store.getState().lostSinceMs).toBe(1234)
})

test('the sample tells what it is doing, and its failure', async () => {
  const host = hostWith({
    'workspace.get': async () => workspace(true),
    'sample.create': async (_, { progress }) => {
      progress({ sentence: 'Running a report' })
      throw new AppError('io', 'The disk is full.')
    },
  })
  const store = createWorkspaceStore(host.client, () => 0)
  const sentences: string[] = []
  store.subscribe(({ sample }) => {
    if (sample.kind === 'running') sentences.push(sample.sentence)
  })
  await store.getState().createSample()
  const { sample } = store.getState()
  expect(sentences).toContain('Running a report')
  expect(sample.kind === 'failed' && sample.error.message).toBe('The disk is full.')
})

test('[L164] what stands in the way of the file manager is told', async () => {
  expect(await reveal(async () => ({ shown: true }))).toBeNull()
  expect(await reveal(async () => ({ shown: false }))).toMatchObject({ code: 'io' })
  expect(await reveal(refuse)).toMatchObject({ message: 'The connection is closed.' })
})

function reveal(answer: () => Promise<{ readonly shown: boolean }>): Promise<AppError | null> {
  const { client } = hostWith({ 'workspace.reveal': answer })
  return createWorkspaceStore(client, () => 0)
    .getState()
    .reveal()
}

async function refuse(): Promise<never> {
  throw new AppError('io', 'The connection is closed.')
}

test('[X95] an encrypted bundle is told apart, a wrong passphrase from another failure, and the page begins anew when it opens', async () => {
  let isOpen = false
  let begun = 0
  const needs = { needs: 'passphrase', bundle: 'x.unstuck' }
  const host = hostWith({
    'workspace.get': async () => {
      if (isOpen) return workspace(false)
      throw new AppError('invalid-input', 'The bundle is encrypted.', needs)
    },
    'workspace.unlock': async ({ passphrase }) => {
      if (passphrase === 'broken') throw new AppError('corrupt', 'The bundle is refused.')
      if (passphrase !== 'right') throw new AppError('invalid-input', 'It does not open.', needs)
      isOpen = true
      return { name: 'x.unstuck' }
    },
  })
  const store = createWorkspaceStore(
    host.client,
    () => 0,
    () => void (begun += 1),
  )
  await store.getState().refresh()
  expect(lockedBundle(store.getState())).toBe('x.unstuck')
  await store.getState().unlock('wrong')
  expect(store.getState().lock).toMatchObject({ kind: 'failed', isWrong: true })
  await store.getState().unlock('broken')
  expect(store.getState().lock).toMatchObject({ kind: 'failed', isWrong: false })
  expect(begun).toBe(0)
  await store.getState().unlock('right')
  expect(begun).toBe(1)
})
