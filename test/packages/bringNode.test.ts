import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { targetOf } from '../../build/package/targetOf.ts'

test('[B85] a program tells for which machine it is', async () => {
  const { platform, arch } = process
  expect(await targetOf(process.execPath)).toEqual({ platform, arch })
  const folder = await mkdtemp(join(tmpdir(), 'unstuck-target-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const told = async (bytes: Buffer): Promise<unknown> => {
    const path = join(folder, 'program')
    await writeFile(path, bytes)
    return targetOf(path)
  }
  const mac = Buffer.alloc(64)
  mac.writeUInt32LE(0xfeedfacf, 0)
  mac.writeUInt32LE(0x0100000c, 4)
  expect(await told(mac)).toEqual({ platform: 'darwin', arch: 'arm64' })
  expect(await told(windowsProgram(0x8664))).toEqual({ platform: 'win32', arch: 'x64' })
  expect(await told(windowsProgram(0x14c))).toEqual({ platform: 'win32', arch: 'machine 14c' })
  expect(await told(Buffer.from('#!/bin/sh\n'.padEnd(80)))).toBeNull()
  expect(await told(Buffer.from('MZ'))).toBeNull()
})

function windowsProgram(machine: number): Buffer {
  const bytes = Buffer.alloc(200)
  bytes.write('MZ', 0)
  bytes.writeUInt32LE(128, 60)
  bytes.write('PE\0\0', 128)
  bytes.writeUInt16LE(machine, 132)
  return bytes
}
