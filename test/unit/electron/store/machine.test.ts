import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createMachine } from '../../../../electron/store/machine.ts'
import { readMachineId } from '../../../../electron/store/machineId.ts'
import { hasProgram } from '../../../hasProgram.ts'
import { onPlatform } from './onPlatform.ts'
import { createIds, temporaryFolder } from './storeFixtures.ts'

const isLinux = process.platform === 'linux'

describe('this machine', () => {
  test('[T20] tells a process by its pid and start time', async () => {
    const machine = await create()
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 900000)'])
    const pid = child.pid ?? 0
    const one = await machine.findProcess(pid)
    const again = await machine.findProcess(pid)
    child.kill('SIGKILL')
    await once(child, 'exit')

    expect(one).toMatchObject({ kind: 'found', startTime: expect.stringMatching(/./) })
    expect(again).toEqual(one)
    expect(await machine.findProcess(pid)).toEqual({ kind: 'none' })
    expect(await machine.findProcess(process.pid)).toEqual({
      kind: 'found',
      startTime: machine.identity.processStartTime,
    })
  })

  test.runIf(isLinux)('[T20] a killed process that nobody has collected is gone', async () => {
    const machine = await create()
    const parent = spawn('sh', ['-c', 'sleep 900 & echo $!; exec sleep 900'])
    onTestFinished(() => {
      parent.kill('SIGKILL')
    })
    const [output]: unknown[] = await once(parent.stdout, 'data')
    const zombie = Number(String(output))
    // Until then it is a shell, which collects.
    const parentIs = () => readFile(`/proc/${parent.pid}/comm`, 'latin1')
    await expect.poll(parentIs, { timeout: 60_000 }).toBe('sleep\n')
    process.kill(zombie, 'SIGKILL')
    const stateOf = async (): Promise<string> =>
      (await readFile(`/proc/${zombie}/stat`, 'latin1')).split(') ')[1]?.[0] ?? ''
    await expect.poll(stateOf, { timeout: 60_000 }).toBe('Z')

    expect(await machine.findProcess(zombie)).toEqual({ kind: 'none' })
  })

  test.runIf(isLinux && hasProgram('ps'))(
    '[T20] where there is no /proc a process is told by a command of the system',
    async () => {
      const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 20000)'])
      const pid = child.pid ?? 0
      onPlatform('darwin')
      const machine = await create()
      const found = await machine.findProcess(pid)
      const again = await machine.findProcess(pid)
      child.kill('SIGKILL')
      await once(child, 'exit')

      expect(found).toMatchObject({
        kind: 'found',
        startTime: expect.stringMatching(/\d\d:\d\d:\d\d/),
      })
      expect(again).toEqual(found)
      expect(await machine.findProcess(pid)).toEqual({ kind: 'none' })
      // This system has neither a boot id under that name nor namespaces there: what is not told proves nothing.
      expect(machine.identity).toMatchObject({ bootId: '', pidNamespace: '' })
    },
  )

  test.runIf(isLinux)(
    '[T20] where the command is not there a process is found, and no more',
    async () => {
      onPlatform('win32')
      const machine = await create()
      expect(await machine.findProcess(process.pid)).toEqual({ kind: 'found', startTime: null })
      expect(machine.identity).toMatchObject({ processStartTime: '', bootId: '' })
    },
  )

  test.runIf(isLinux)(
    '[T20] where processes of others are hidden one that lives is found, and no more',
    async () => {
      const machine = await create({ processFolder: await temporaryFolder() })
      const child = spawn(process.execPath, ['-e', ''])
      await once(child, 'exit')

      expect(await machine.findProcess(process.ppid)).toEqual({ kind: 'found', startTime: null })
      expect(await machine.findProcess(child.pid ?? 0)).toEqual({ kind: 'none' })
      expect(machine.identity.processStartTime).toBe('')
    },
  )

  test.runIf(isLinux)(
    '[T20] what the system says of a process and cannot be read is a failure, and proves nothing',
    async () => {
      const processFolder = await temporaryFolder()
      await mkdir(join(processFolder, `${process.ppid}/stat`), { recursive: true })
      const machine = await create({ processFolder })

      await expect(machine.findProcess(process.ppid)).rejects.toMatchObject({ code: 'EISDIR' })
    },
  )

  test.runIf(isLinux)(
    '[T20] a killed process of which a thread still writes is not gone',
    async () => {
      const processFolder = await temporaryFolder()
      const told = async (threads: number): Promise<unknown> => {
        await mkdir(join(processFolder, String(process.ppid)), { recursive: true })
        await writeFile(join(processFolder, `${process.ppid}/stat`), statOf('Z', threads))
        return machine.findProcess(process.ppid)
      }
      const machine = await create({ processFolder })

      expect(await told(2)).toEqual({ kind: 'found', startTime: '77' })
      expect(await told(1)).toEqual({ kind: 'none' })
    },
  )

  test('[T20] of two that keep an id at the same time one is kept', async () => {
    const configFolder = join(await temporaryFolder(), 'config')
    const randomId = createIds()
    const options = { configFolder, randomId, systemFiles: [] }
    const ids = await Promise.all([readMachineId(options), readMachineId(options)])
    expect(await readFile(join(configFolder, 'machine-id'), 'utf8')).toMatch(
      new RegExp(`^(${ids.join('|')})\n$`),
    )
  })

  test.each(['', 'uninitialized\n'])(
    '[T20] a file that holds %o is no id, and is not written over: nothing is proved then',
    async (text) => {
      const configFolder = await temporaryFolder()
      const kept = join(configFolder, 'machine-id')
      await writeFile(kept, text)

      expect(await readMachineId({ configFolder, randomId: createIds(), systemFiles: [] })).toBe('')

      expect(await readFile(kept, 'utf8')).toBe(text)
    },
  )

  test.runIf(isLinux)(
    '[T20] where no id may be read or kept there is none, and nothing is proved',
    async () => {
      // The kernel refuses both, also to root.
      const options = { configFolder: '/sys/unstuck', randomId: createIds() }

      expect(
        await readMachineId({ ...options, systemFiles: ['/proc/sys/vm/compact_memory'] }),
      ).toBe('')
    },
  )

  test('[T20] a place for the id that is none is told', async () => {
    const file = join(await temporaryFolder(), 'file')
    await writeFile(file, '')
    const configFolder = join(file, 'unstuck')
    const options = { configFolder, randomId: createIds(), systemFiles: [] }

    await expect(readMachineId(options)).rejects.toMatchObject({
      code: 'io',
      message: `The id of this machine could not be kept in ${configFolder}: a part of its path is not a folder (ENOTDIR).`,
    })
  })

  test('[T20] keeps an id of its own where the system has none', async () => {
    const configFolder = join(await temporaryFolder(), 'config')
    const randomId = createIds()
    const empty = join(configFolder, 'empty')
    const options = { configFolder, randomId, systemFiles: [empty, join(configFolder, 'none')] }
    await mkdir(configFolder)
    await writeFile(empty, '\n')

    const first = await readMachineId(options)

    expect(first).toHaveLength(32)
    expect(await readMachineId(options)).toBe(first)
    expect(await readdir(configFolder)).toEqual(['empty', 'machine-id'])
    expect(
      await readMachineId({ ...options, systemFiles: [join(configFolder, 'machine-id')] }),
    ).toBe(first)
  })
})

/** As Linux tells of a process; its name may hold brackets. */
function statOf(state: string, threads: number): string {
  const before = Array.from({ length: 16 }, () => '0').join(' ')
  return `7 (a) b) ${state} ${before} ${threads} 0 77 0`
}

async function create(options: { readonly processFolder?: string } = {}) {
  const configFolder = await temporaryFolder()
  return createMachine({ configFolder, randomId: createIds(), ...options })
}
