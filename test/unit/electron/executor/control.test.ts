import { chmod, mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createControlServer } from '../../../../electron/executor/controlServer.ts'
import type { ControlCommand } from '../../../../electron/executor/executor.ts'
import { sendControl } from '../../../../electron/executor/sendControl.ts'
import { AppError } from '../../../../shared/errors.ts'
import { RunId } from '../../../../shared/schema/ids.ts'
import { createWorkbench, randomId, until } from './workbench.ts'

const command: ControlCommand = {
  run: RunId.parse('a-run'),
  command: 'pause',
  by: 'ada',
  reason: null,
}
let directory: string

beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'unstuck-control-')), 'control')
})
afterEach(() => rm(dirname(directory), { recursive: true, force: true }))

describe('the control socket', () => {
  test('[E35] that a killed process left goes with the next host; a living one and a young one stay', async () => {
    const living = await createControlServer({ directory, randomId, onCommand: () => undefined })
    await leaveSocket(join(directory, 'old.sock'))
    await leaveSocket(join(directory, 'young.sock'))
    const twoMinutesAgo = new Date(Date.now() - 120_000)
    for (const path of [join(directory, 'old.sock'), living.address])
      await utimes(path, twoMinutesAgo, twoMinutesAgo)

    const next = await createControlServer({ directory, randomId, onCommand: () => undefined })
    const left = await readdir(directory)
    await living.close()
    await next.close()

    expect(left.toSorted()).toEqual(
      [basename(living.address), basename(next.address), 'young.sock'].toSorted(),
    )
  })

  test('[E19] takes commands in a folder of the user alone, and leaves no file behind', async () => {
    const taken: ControlCommand[] = []
    const server = await createControlServer({
      directory,
      randomId,
      onCommand: (one) => taken.push(one),
    })
    await sendControl(server.address, command)
    expect(taken).toEqual([command])
    expect((await stat(directory)).mode & 0o777).toBe(0o700)
    expect(Buffer.byteLength(server.address)).toBeLessThan(100)
    await server.close()
    expect(await readdir(directory)).toEqual([])
  })

  test('[E19] answers what it cannot do with the error, and nonsense too', async () => {
    const server = await createControlServer({
      directory,
      randomId,
      onCommand: () => {
        throw new AppError('not-found', 'No such run here.')
      },
    })
    await expect(sendControl(server.address, command)).rejects.toMatchObject({
      code: 'not-found',
      message: 'No such run here.',
    })
    expect(await talk(server.address, '{"run": 7}\n')).toContain('"error"')
    expect(await talk(server.address, 'x'.repeat(2_000_000))).toBe('')
    await server.close()
  })

  test('[E19] a folder that others may use, or a path that is too long, is not used', async () => {
    await mkdir(directory, { mode: 0o777 })
    await chmod(directory, 0o777)
    const made = await createControlServer({ directory, randomId, onCommand: () => undefined })
    expect((await stat(dirname(made.address))).mode & 0o077).toBe(0)
    await made.close()

    const long = join(directory, 'x'.repeat(90))
    const other = await createControlServer({
      directory: long,
      randomId,
      onCommand: () => undefined,
    })
    expect(Buffer.byteLength(other.address)).toBeLessThan(100)
    expect((await stat(dirname(other.address))).mode & 0o777).toBe(0o700)
    await other.close()
    await rm(dirname(other.address), { recursive: true })
  })

  test('[E19] a socket that a killed process left says that nobody answers', async () => {
    await mkdir(directory)
    const stale = join(directory, 'stale.sock')
    await writeFile(stale, '')
    for (const address of [stale, join(directory, 'none.sock')])
      await expect(sendControl(address, command)).rejects.toMatchObject({
        code: 'io',
        message: expect.stringContaining('does not answer'),
      })
  })

  test('[E19] a run is paused through the socket of the process that carries it', async () => {
    const bench = await createWorkbench()
    const id = await bench.start({
      a: { run: 'echo > a.began; sleep 0.3' },
      b: { run: 'true', needs: ['a'] },
    })
    const live = bench.executor.find(id)
    await until('a began', async () => (await bench.text('a.began').catch(() => '')) !== '')
    await bench.executor.send(bench.context.controlSocket ?? '', { ...command, run: id })
    expect(await live?.done).toBe('paused')
    await expect(
      bench.executor.send(bench.context.controlSocket ?? '', { ...command, run: id }),
    ).rejects.toMatchObject({ code: 'not-found' })
    await bench.close()
  })

  test('[E13] a closed executor leaves its steps to their wrappers and frees the lock', async () => {
    const bench = await createWorkbench()
    const id = await bench.start({
      a: { run: 'echo > a.began; sleep 0.5; echo > a.done' },
      b: { run: 'echo > b.done', needs: ['a'] },
    })
    await until('a began', async () => (await bench.text('a.began').catch(() => '')) !== '')
    await bench.executor.close()
    expect((await bench.store.read(id)).holder).toBeNull()
    expect((await bench.read(id)).status).toBe('running')
    await until('a ended', async () => (await bench.text('a.done').catch(() => '')) !== '')
    expect(await bench.text('b.done').catch(() => 'never')).toBe('never')
    await bench.close()
  })
})

function talk(address: string, text: string): Promise<string> {
  return new Promise((resolve) => {
    let said = ''
    const socket = connect(address, () => socket.write(text))
    socket.setEncoding('utf8')
    socket.on('data', (part: string) => {
      said += part
      socket.end()
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(said))
  })
}

/** A socket as a process leaves it that is killed while it listens. */
async function leaveSocket(path: string): Promise<void> {
  const script = `require('net').createServer().listen(${JSON.stringify(path)}, () => console.log('on'))`
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'close')
}
