import { existsSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHost, type Host } from '../../../../electron/host/createHost.ts'
import { callNames, type CallName, type Client } from '../../../../shared/contract/contract.ts'
import { ref as sampleRef, validInputs } from '../../../contract/samples.ts'

const tapps = fileURLToPath(
  new URL('../../../fixtures/foreign/sets/tapps/healthy-mixed', import.meta.url),
)

/** Calls by which a person lets something run, or that run what Unstuck itself brings along. */
const byChoice: ReadonlySet<CallName> = new Set(['workspace.trust', 'sample.create'])

describe('a workspace that nobody trusts', () => {
  let folder: string
  let marker: string
  let host: Host
  let client: Client
  let run: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'unstuck-bait-'))
    marker = join(folder, 'ran')
    const workspace = join(folder, 'workspace')
    await cp(tapps, workspace, { recursive: true })
    await writeBait(workspace)
    const before = await createHost({
      path: workspace,
      host: 'cli',
      configFolder: join(folder, 'a'),
    })
    const owner = before.client()
    await owner.call('workspace.trust', { trusted: true })
    const { ref } = await owner.call('run.start', { definition: 'bait.yaml' })
    await owner.call('run.wait', { ref })
    run = ref.document
    await before.close()
    expect(await readFile(marker, 'utf8')).toBe('step\n') // a bait that is taken leaves a mark
    await rm(marker)
    host = await createHost({ path: workspace, host: 'cli', configFolder: join(folder, 'b') })
    client = host.client()
  })
  afterAll(async () => {
    client.close()
    await host.close()
    await rm(folder, { recursive: true })
  })

  test('[T164] none of all calls starts anything of it', async () => {
    const { id } = await client.call('workspace.get', {})
    const said: Partial<Record<CallName, string>> = {}
    for (const name of callNames) {
      if (byChoice.has(name)) continue
      said[name] = await client.call(name, inputOf(name, id) as never).then(
        () => 'answered',
        (error: { code: string }) => error.code,
      )
      expect({ name, ran: existsSync(marker) }).toEqual({ name, ran: false })
    }
    expect(said).toMatchObject({ 'run.start': 'untrusted', 'step.try': 'untrusted' })
  })

  test('[T164] a definition that is a program is not loaded, and no plan that was approved is carried out', async () => {
    const { id: workspace } = await client.call('workspace.get', {})
    const ref = { workspace, format: 'unstuck', document: run, item: null } as const
    await refused(client.call('workflow.read', { definition: 'bait.ts' }))
    await refused(client.call('run.start', { definition: 'bait.ts' }))
    for (const definition of ['recorded', 'current'] as const)
      for (const fork of [false, true]) {
        const input = { ref, definition, fork, decisions: { bait: { kind: 'rerun' } } } as const
        const shown = await client.call('resume.plan', input)
        expect(shown.plan.ready).toBe(false)
        await refused(client.call('resume.apply', { ...input, ...approvalOf(shown) }))
      }
    const shown = await client.call('resume.batch.plan', { view: 'failed' })
    const batch = client.call('resume.batch.start', { view: 'failed', ...approvalOf(shown) })
    await batch.catch(() => null) // it may begin, and finds every run blocked
    const { rows } = await client.call('run.list', {})
    const engine = rows.find((row) => row.ref.format === 'tapps')?.ref
    expect(engine).toBeDefined()
    if (engine !== undefined) {
      const plan = await client.call('document.resume.plan', { ref: engine })
      await refused(client.call('document.resume.apply', { ref: engine, ...approvalOf(plan) }))
    }
    expect(existsSync(marker)).toBe(false)
  })

  /** The sample of the contract, about what is really there. */
  function inputOf(name: CallName, workspace: string): unknown {
    const text = JSON.stringify(validInputs[name])
      .replaceAll('"workspace":"w"', `"workspace":${JSON.stringify(workspace)}`)
      .replaceAll(sampleRef.document, run)
      .replaceAll('etl-7', run)
      .replaceAll('"build"', '"bait"')
      .replaceAll('flow.yaml', 'bait.ts')
      .replaceAll('/srv/flows', folder)
    return JSON.parse(text)
  }

  async function writeBait(workspace: string): Promise<void> {
    const touch = `echo step >> ${JSON.stringify(marker)}`
    const settings = {
      version: 1,
      resume: { commands: { tapps: `/bin/sh -c '${touch}'`, awf: `/bin/sh -c '${touch}'` } },
      steps: { passEnvironment: ['*'] },
      cleanup: { schedule: 'hourly' },
    }
    await writeFile(join(workspace, 'unstuck.json'), JSON.stringify(settings))
    await writeFile(
      join(workspace, 'bait.yaml'),
      JSON.stringify({ name: 'bait', steps: { bait: { run: `${touch}; exit 1` } } }),
    )
    await writeFile(
      join(workspace, 'bait.ts'),
      `import { appendFileSync } from 'node:fs'
       appendFileSync(${JSON.stringify(marker)}, 'module')
       export default { name: 'bait', steps: { bait: { run: 'true' } } }`,
    )
  }
})

async function refused(call: Promise<unknown>): Promise<void> {
  const code: unknown = expect.stringMatching(/^(untrusted|invalid-input)$/)
  await expect(call).rejects.toMatchObject({ code })
}

function approvalOf(shown: {
  readonly rev: string
  readonly digest: string
  readonly asOf: string
}): { readonly rev: string; readonly digest: string; readonly asOf: string } {
  const { rev, digest, asOf } = shown
  return { rev, digest, asOf }
}
