import { describe, expect, test } from 'vitest'
import { exportCommand } from '../../../../renderer/features/export/exportCommand.ts'
import { createBundleExportStore } from '../../../../renderer/state/bundleExportStore.ts'
import { createWorkspaceStore } from '../../../../renderer/state/workspaceStore.ts'
import { exportActions } from '../../../../renderer/state/exportActions.ts'
import { createExportStore } from '../../../../renderer/state/exportStore.ts'
import type { CallInput } from '../../../../shared/contract/contract.ts'
import { AppError } from '../../../../shared/errors.ts'
import { hostWith, until } from './hostWith.ts'

const end = { sizeBytes: 4, digest: 'sha256:x', redaction: null, problems: [] }
const plan = { name: 'pay-1.json', head: '{}', ...end }
const masked = { redact: true, reason: '' }
const unexpected = () => expect.unreachable()
const subject = { runs: ['pay-1'], checkpoints: [{ id: 'cp-1', name: 'start' }] }

test('[T156] what is chosen is planned at once, the latest choice counts, and a form asks only for what it has room for', async () => {
  const asked: CallInput<'export.plan'>[] = []
  const { client } = hostWith({
    'export.plan': async (input) => {
      asked.push(input)
      if (input.as === 'json') await new Promise(() => undefined)
      return plan
    },
  })
  const store = createExportStore(client, unexpected)
  store.getState().begin(subject)
  store.getState().pick('json', masked)
  store.getState().choose({ logs: true })
  store.getState().choose({ as: 'patch' })
  await until(() => store.getState().preview.kind === 'ready')

  expect(asked.at(-1)).toEqual({
    runs: ['pay-1'],
    documents: [],
    as: 'patch',
    from: 'cp-1',
    to: null,
    logs: false,
    redact: true,
  })
  expect(store.getState().preview).toEqual({ kind: 'ready', plan })
})

test('[L234] a bundle is planned by its own store, and what was said of secrets holds for the next kind too', async () => {
  const asked: unknown[] = []
  const none = { total: 0, values: 0, rules: [], rows: [], more: 0 }
  const { client } = hostWith({
    'export.plan': async (input) => {
      asked.push([input.as, input.redact])
      return plan
    },
    'bundle.export.plan': async (input) => {
      asked.push(['bundle', input.redact])
      const counts = { runs: 1, files: 1, sizeBytes: 1, redacted: input.redact, redaction: none }
      const bundle = { ready: true, rows: [], ...counts, problems: [] }
      return { plan: bundle, digest: 'd', rev: 'r', asOf: '2026-01-02T03:04:05.678Z' }
    },
  })
  const stores = {
    exports: createExportStore(client, unexpected),
    bundleExport: createBundleExportStore(client, unexpected),
    workspace: createWorkspaceStore(client, () => 0),
  }
  const actions = exportActions(stores)
  actions.begin(subject)
  await until(() => stores.bundleExport.getState().plan.kind === 'ready')
  await stores.bundleExport.getState().choose({ redact: false, reason: 'asked by the bank' })
  actions.pick('otlp')
  await until(() => stores.exports.getState().preview.kind === 'ready')

  expect(asked).toEqual([
    ['bundle', true],
    ['bundle', false],
    ['otlp', false],
  ])
  expect(stores.exports.getState().reason).toBe('asked by the bank')
  expect(stores.bundleExport.getState().runs).toEqual([])
})

describe('saving', () => {
  test('[T156] all pieces are read in their order and handed over as one file', async () => {
    const { client } = hostWith({
      'export.plan': async () => plan,
      'export.open': async () => ({ export: 'a1', name: 'pay-1.json' }),
      'export.read': async ({ piece }) => ({
        text: piece === 0 ? 'ab' : 'cd',
        done: piece,
        total: 1,
        end: piece === 0 ? null : end,
      }),
    })
    const saved: [Blob, string][] = []
    const store = createExportStore(client, (...one) => saved.push(one))
    store.getState().begin(subject)
    store.getState().pick('json', masked)
    await store.getState().save()

    expect(saved.map(([, name]) => name)).toEqual(['pay-1.json'])
    expect(await saved[0]?.[0].text()).toBe('abcd')
    expect(store.getState().work).toEqual({ kind: 'done', name: 'pay-1.json', end })
  })

  test('[T156] one that is cancelled is given up at the host and is no error; one that failed is', async () => {
    const closed: string[] = []
    const { client } = hostWith({
      'export.plan': async () => plan,
      'export.open': async () => ({ export: 'a1', name: 'pay-1.json' }),
      'export.read': async ({ piece }) => {
        if (piece === 0) store.getState().cancel()
        return { text: 'ab', done: 0, total: 1, end: null }
      },
      'export.close': async (input) => {
        closed.push(input.export)
        return {}
      },
    })
    const store = createExportStore(client, unexpected)
    store.getState().begin(subject)
    store.getState().pick('json', masked)
    await store.getState().save()
    expect(closed).toEqual(['a1'])
    expect(store.getState().work).toEqual({ kind: 'idle' })

    const refusing = hostWith({
      'export.plan': async () => plan,
      'export.open': () => Promise.reject(new AppError('io', 'The disk is full.')),
    })
    const other = createExportStore(refusing.client, unexpected)
    other.getState().begin(subject)
    other.getState().pick('json', masked)
    await other.getState().save()
    expect(other.getState().work).toMatchObject({ kind: 'failed', error: { code: 'io' } })
  })
})

test('[T156] the command line says the same', () => {
  const choice = { as: 'patch', from: 'cp-1', to: null, logs: false, redact: false } as const
  expect(exportCommand(['pay-1'], choice, "Ada's wish")).toBe(
    String.raw`unstuck export pay-1 --as patch --from cp-1 --no-redact --reason 'Ada'\''s wish'`,
  )
  const many = Array.from({ length: 51 }, (_, index) => `pay-${index}`)
  expect(exportCommand(many, { ...choice, redact: true }, '')).toBeNull()
})
