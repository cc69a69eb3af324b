import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findNode } from '../../../../electron/executor/findNode.ts'
import { createWorkbench } from './workbench.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'un stuck-node-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('[E230] the Node that a person named is used, and refused where it is none or too old', async () => {
  const path = join(folder, 'named')
  expect(await named('echo v24.1.0')).toEqual({ kind: 'found', path, flags: [] })
  expect(await named('echo v22.15.0')).toMatchObject({
    kind: 'found',
    flags: ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'],
  })
  expect(await named('echo v22.14.9')).toEqual({
    kind: 'missing',
    why: `UNSTUCK_NODE is ${path}, which is v22.14.9. Set it to a Node 22.15 or newer.`,
  })
  expect(await named('echo Python 3')).toMatchObject({
    why: expect.stringContaining('which does not say that it is Node'),
  })
  expect(await named('exit 1')).toMatchObject({
    why: expect.stringContaining('which does not start'),
  })
})

test('[E230] else the Node of the package, else the own program where that is Node', async () => {
  const packaged = { ...outside, folder: join(folder, 'app.asar', 'dist', 'main') }

  expect(findNode(packaged)).toMatchObject({
    kind: 'missing',
    why: expect.stringContaining(`${join(folder, 'node', 'node')}, which the package of Unstuck`),
  })
  const path = await program('node/node', 'echo never asked')
  expect(findNode(packaged)).toEqual({ kind: 'found', path, flags: [] })
  expect(findNode({ ...outside, isNode: true })).toMatchObject({ path: process.execPath })
  expect(findNode(outside)).toMatchObject({ why: expect.stringContaining('Set UNSTUCK_NODE') })
})

test('[E231] a step that needs Node where there is none is refused by name, and other steps run', async () => {
  const bench = await createWorkbench({
    node: () => ({ kind: 'missing', why: 'none is here. Set UNSTUCK_NODE.' }),
  })
  try {
    const run = await bench.run({
      line: { run: 'true' },
      call: { module: './never.mjs', needs: ['line'] },
    })
    expect(run.status).toBe('failed')
    expect(run.steps).toMatchObject({
      line: { status: 'succeeded' },
      call: {
        status: 'failed',
        attempts: [
          {
            error: {
              name: 'NodeNotFound',
              message: 'Step call needs Node: none is here. Set UNSTUCK_NODE.',
            },
          },
        ],
      },
    })
  } finally {
    await bench.close()
  }
})

/** A program that is not Node, in no package. */
const outside = { folder: '/somewhere/dist/cli', environment: {}, isNode: false }

async function named(says: string): Promise<ReturnType<typeof findNode>> {
  return findNode({ ...outside, environment: { UNSTUCK_NODE: await program('named', says) } })
}

async function program(name: string, line: string): Promise<string> {
  const path = join(folder, name)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, `#!/bin/sh\n${line}\n`)
  await chmod(path, 0o755)
  return path
}
